import Database from 'better-sqlite3';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { request, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { agencies, openYear, years } from '../src/cli/demo-city.ts';
import { editions } from '../src/forms/editions.ts';
import { putAgencies } from '../src/operations/put-agencies.ts';
import { buildRulebook, buildService } from '../src/operations/service.ts';
import { openStore } from '../src/sqlite/store.ts';
import { root, run, startService } from './support/process.ts';
import { tester } from './support/store.ts';

/** A database that does not exist yet. */
function newFile(t: Test): string {
  return join(t.testdir({}), 'nianbao.db');
}

async function agenciesStatus(url: string, key?: string): Promise<number> {
  const { status } = await fetch(`${url}/v1/agencies`, key === undefined ? {} : { headers: bearer(key) });
  return status;
}

function bearer(key: string): Record<string, string> {
  return { authorization: `Bearer ${key}` };
}

// Processes take their time to start: two of them do at once.
t.jobs = 2;

const ownKey = 'a-key-of-the-operators-own-0123456789';

void t.test('the first start makes an admin key and shows it once', async (t) => {
  const file = newFile(t);
  const first = await startService(t, { NIANBAO_DB: file });
  const shown = first.stderr().match(/\bnb_\S+/g) ?? [];
  t.equal(shown.length, 1, 'on standard error, one key');
  const key = shown[0] as string;
  t.equal(await agenciesStatus(first.url), 401);
  t.equal(await agenciesStatus(first.url, key), 200, 'it works');
  t.equal(await first.stop(), 0);

  const second = await startService(t, { NIANBAO_DB: file });
  t.equal(await agenciesStatus(second.url, key), 200, 'it works ever after');
  t.equal(await second.stop(), 0);
  t.equal(second.stderr(), '', 'and is not shown again');
  t.notMatch(first.stdout() + second.stdout(), key, 'nor is it ever in the log');
  t.notOk(readFileSync(file).includes(key), 'nor in the database');

  const third = await startService(t, { NIANBAO_DB: file, NIANBAO_ADMIN_KEY: ownKey });
  t.equal(await agenciesStatus(third.url, ownKey), 200, 'NIANBAO_ADMIN_KEY is the admin key');
  t.equal(await agenciesStatus(third.url, key), 401, 'and the only one');
  t.equal(await third.stop(), 0);
  t.equal(third.stderr(), '', 'what the operator knows is not shown');
});

void t.test('a log for machines: JSON lines, an answer each, no key', async (t) => {
  const service = await startService(t, { NIANBAO_DB: newFile(t), NIANBAO_ADMIN_KEY: ownKey });
  const wrong = 'a-key-nobody-has-0123456789-0123456789';
  await fetch(`${service.url}/v1/years`, { headers: bearer(ownKey) });
  await fetch(`${service.url}/v1/years`, { headers: bearer(wrong) });
  const pair = Buffer.from(`calendar:${ownKey}`).toString('base64');
  await fetch(`${service.url}/v1/years`, { headers: { authorization: `Basic ${pair}` } });
  service.child.kill('SIGINT');
  t.equal(await service.ended, 0, 'an interrupt from the keyboard stops it as well');

  const lines = service.stdout().trimEnd().split('\n');
  const answered = lines
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter(({ msg }) => msg === 'answered');
  t.same(
    answered.map(({ method, url, status, key }) => ({ method, url, status, key })),
    [
      { method: 'GET', url: '/v1/years', status: 200, key: 'admin' },
      { method: 'GET', url: '/v1/years', status: 401, key: undefined },
      { method: 'GET', url: '/v1/years', status: 200, key: 'admin' },
    ],
  );
  for (const secret of [ownKey, wrong, pair, 'Bearer', 'Basic']) t.notMatch(service.stdout(), secret);
});

void t.test('the process and its database are measured', async (t) => {
  const service = await startService(t, { NIANBAO_DB: newFile(t), NIANBAO_ADMIN_KEY: ownKey });
  const measured = await (await fetch(`${service.url}/metrics`, { headers: bearer(ownKey) })).text();
  t.match(measured, /^process_cpu_seconds_total \d/m);
  t.match(measured, /^nianbao_database_bytes\{file="main"\} [1-9]/m);
  t.match(measured, /^nianbao_database_bytes\{file="wal"\} [1-9]/m);
  t.equal((await fetch(`${service.url}/metrics`)).status, 401);
  t.equal(await service.stop(), 0, 'what is sampled does not keep it from stopping');
});

void t.test('a request under way when the service is told to stop is answered', async (t) => {
  const file = newFile(t);
  const service = await startService(t, { NIANBAO_DB: file, NIANBAO_ADMIN_KEY: ownKey });
  const body = JSON.stringify({ name: '舞阳县人民政府办公室', level: 'county', kind: 'office' });
  const headers = {
    ...bearer(ownKey),
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    expect: '100-continue',
  };
  const slow = request(`${service.url}/v1/agencies/wuyang-office`, { method: 'PUT', headers });
  const answer = once(slow, 'response') as Promise<[IncomingMessage]>;
  slow.flushHeaders();
  await once(slow, 'continue');
  slow.write(body.slice(0, 20));

  service.child.kill('SIGTERM');
  await service.said(/"msg":"stopping"/);
  slow.end(body.slice(20));
  const [response] = await answer;
  t.equal(response.statusCode, 201, 'the rest of the body is waited for');
  t.equal(response.headers.connection, 'close', 'the caller learns that this was the last answer');
  response.resume();

  t.equal(await service.ended, 0, 'then the process ends as it should');
  t.match(service.stdout(), /"msg":"stopped"/);
  t.notOk(existsSync(`${file}-wal`), 'the database was closed');
  const database = new Database(file, { readonly: true });
  t.teardown(() => database.close());
  t.equal(database.pragma('integrity_check', { simple: true }), 'ok');
  t.equal(database.prepare('SELECT count(*) FROM agencies').pluck().get(), 1, 'and what was answered is in it');
});

void t.test('an environment it cannot start with is named in a sentence', async (t) => {
  const file = newFile(t);
  const environment = { NIANBAO_DB: file, PORT: 'three-thousand', NIANBAO_ADMIN_KEY: 'too-short-a-secret' };
  const refused = run(t, { args: ['src/start.js'], environment });
  t.equal(await refused.ended, 1);
  t.match(refused.stderr(), /^nianbao: .*\bPORT must be integer/, 'each variable that is wrong');
  t.match(refused.stderr(), /\bNIANBAO_ADMIN_KEY must/);
  isSentence(t, refused.stderr());
  t.notMatch(refused.stderr(), /too-short-a-secret|three-thousand/, 'what a variable says may be a secret');
  t.notOk(existsSync(file), 'nothing was made');
});

void t.test('a database newer than the program is refused', async (t) => {
  const file = newFile(t);
  await openStore(file).close();
  const database = new Database(file);
  database.prepare('INSERT INTO migrations (number, file, checksum) VALUES (9999, ?, ?)').run('9999-later.sql', 'x');
  database.close();

  const refused = run(t, { args: ['src/start.js'], environment: { NIANBAO_DB: file, PORT: '0' } });
  t.equal(await refused.ended, 1);
  t.match(refused.stderr(), /^nianbao: The database is newer than this program: .*9999-later\.sql/);
  isSentence(t, refused.stderr());
});

void t.test('the demo is there to be served', async (t) => {
  const file = newFile(t);
  const demo = run(t, { args: ['src/start.js', 'demo'], environment: { NIANBAO_DB: file } });
  t.equal(await demo.ended, 0, demo.stderr());
  t.match(demo.stdout(), `${agencies.length} agencies, ${years.length} years`);

  const { url } = await startService(t, { NIANBAO_DB: file, NIANBAO_ADMIN_KEY: ownKey });
  const city = await fetch(`${url}/v1/agencies/shili`, { headers: bearer(ownKey) });
  t.match(await city.json(), { id: 'shili', name: '示例市人民政府' });
  const published = (await (await fetch(`${url}/v1/reports?limit=500`)).json()) as { items: { year: number }[] };
  t.equal(published.items.length, agencies.length * (years.length - 1), 'what is published needs no key');
  t.notOk(published.items.some(({ year }) => year === openYear));
});

void t.test('the demo is not mixed with anybody’s reports', async (t) => {
  const file = newFile(t);
  const store = openStore(file);
  const service = buildService(buildRulebook(editions, 'test'), store, () => new Date());
  await putAgencies(service, { act: 'putAgencies', by: tester }, [
    { id: 'wuyang-office', name: '舞阳县人民政府办公室', level: 'county', kind: 'office' },
  ]);
  await store.close();

  const demo = run(t, { args: ['src/start.js', 'demo'], environment: { NIANBAO_DB: file } });
  t.equal(await demo.ended, 1);
  t.match(demo.stderr(), /^nianbao: .*NIANBAO_DB=/, 'it says where to load it instead');
  isSentence(t, demo.stderr());
});

void t.test('an unknown command is answered with those there are', async (t) => {
  // A name every object of JavaScript knows.
  const environment = { NIANBAO_DB: newFile(t) };
  const unknown = run(t, { args: ['src/start.js', 'toString'], environment });
  t.equal(await unknown.ended, 2);
  t.equal(unknown.stdout(), '');
  const asked = run(t, { args: ['src/start.js', '--help'], environment });
  t.equal(await asked.ended, 0);
  t.equal(asked.stderr(), '');
  for (const said of [unknown.stderr(), asked.stdout()]) t.match(said, /\bserve\b[^]*\bdemo\b/);
});

void t.test('package.json starts what is tested here', async (t) => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  t.match(scripts, { start: 'node src/start.js', demo: 'node src/start.js demo' });
});

/** One line for a person: no stack. */
function isSentence(t: Test, said: string): void {
  t.equal(said.trimEnd().split('\n').length, 1, 'it is one line');
  t.notMatch(said, /\bat .*\.(js|ts):\d/, 'and no stack');
}
