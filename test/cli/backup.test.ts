import Database from 'better-sqlite3';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { recheckReports } from '../../src/operations/recheck-reports.ts';
import { buildRulebook, buildService } from '../../src/operations/service.ts';
import { editions } from '../../src/forms/editions.ts';
import { openStore } from '../../src/sqlite/store.ts';
import { version } from '../../src/version.ts';
import { adminKey } from '../support/app.ts';
import { run, startService, type RunningService } from '../support/process.ts';
import { filled, saveAgencies, saveYears } from '../support/store.ts';

/** Runs a command on a database; answers with what it said and its exit status. */
async function nianbao(t: Test, file: string, ...args: string[]) {
  const program = run(t, { args: ['src/start.js', ...args], environment: { NIANBAO_DB: file } });
  const status = await program.ended;
  return { status, stdout: program.stdout().trimEnd(), stderr: program.stderr().trimEnd() };
}

const agencies = ['a', 'b', 'c', 'd'];
const year = 2022;

/** A database with some agencies and a year, judged by this program's rules. */
async function registered(t: Test): Promise<string> {
  const file = join(t.testdir(), 'nianbao.db');
  const store = openStore(file);
  await recheckReports(buildService(buildRulebook(editions, version), store, () => new Date()));
  await saveAgencies(store, Object.fromEntries(agencies.map((id) => [id, {}])));
  await saveYears(store, year);
  await store.close();
  return file;
}

/** The one line about a file in which everything is as it should be. */
const sound = (file: string) =>
  new RegExp(`^${file}: ${agencies.length} reports, last event \\d+ \\(\\w{64}\\), 0 faults$`);

const headers = { authorization: `Bearer ${adminKey}`, 'content-type': 'application/json', 'if-match': '*' };

/** Hands in a report with another figure each time; answers with its revision. */
async function put({ url }: RunningService, agency: string, received: number): Promise<number> {
  const body = JSON.stringify(filled('2021', { 'requests.received.natural': received }));
  const answer = await fetch(`${url}/v1/agencies/${agency}/reports/${year}`, { method: 'PUT', headers, body });
  if (!answer.ok) throw new Error(await answer.text());
  return ((await answer.json()) as { revision: number }).revision;
}

/** Writes without a pause until it is told to stop; `acknowledged` is the last revision of each agency's report. */
function writing(service: RunningService) {
  const acknowledged = new Map<string, number>();
  let stopped = false;
  const all = agencies.map(async (agency) => {
    for (let n = 1; !stopped; n++) acknowledged.set(agency, await put(service, agency, n));
  });
  const stop = async () => {
    stopped = true;
    await Promise.all(all);
  };
  return { acknowledged, stop };
}

function revisionsIn(file: string): Map<string, number> {
  const database = new Database(file, { readonly: true });
  const rows = database.prepare<[], [string, number]>('SELECT agency_id, revision FROM reports').raw().all();
  database.close();
  return new Map(rows);
}

await t.test('backups while others write: one moment each, with all that was answered before', async (t) => {
  const file = await registered(t);
  const service = await startService(t, { NIANBAO_DB: file, NIANBAO_ADMIN_KEY: adminKey });
  await Promise.all(agencies.map((agency) => put(service, agency, 0)));
  const { acknowledged, stop } = writing(service);
  const backups = ['first.db', 'second.db'].map((name) => join(t.testdirName, name));
  for (const backup of backups) {
    const before = new Map(acknowledged);
    const { status, stdout, stderr } = await nianbao(t, file, 'backup', backup);
    t.equal(status, 0, stderr);
    const { size, mode } = statSync(backup);
    t.match(stdout, `${backup}: ${size} bytes, ${agencies.length} reports, last event `);
    t.equal(mode & 0o777, 0o600, 'for nobody else to read');
    t.ok(
      agencies.every((agency) => (acknowledged.get(agency) ?? 0) > (before.get(agency) ?? 0)),
      'everybody went on writing meanwhile',
    );
    const kept = revisionsIn(backup);
    for (const [agency, revision] of before) t.ok((kept.get(agency) ?? 0) >= revision, `${agency}: ${revision}`);
  }
  const live = await nianbao(t, file, 'verify', file);
  t.equal(live.status, 0, live.stdout);
  t.match(live.stdout, sound(file), 'so is the database in use verified');
  await stop();
  t.equal(await service.stop(), 0);
  t.same(readdirSync(t.testdirName).sort(), ['first.db', 'nianbao.db', 'second.db'], 'and nothing else is left');

  for (const backup of backups) {
    const before = readFileSync(backup);
    const { status, stdout } = await nianbao(t, file, 'verify', backup);
    t.match(stdout, sound(backup));
    t.equal(status, 0);
    t.ok(before.equals(readFileSync(backup)), 'it is not touched');
  }
});

await t.test('what is restored is served as it was', async (t) => {
  const file = await registered(t);
  const service = await startService(t, { NIANBAO_DB: file, NIANBAO_ADMIN_KEY: adminKey });
  for (const agency of agencies) await put(service, agency, 7);
  const backup = join(t.testdirName, 'backup.db');
  // Killed, it leaves what it answered in the write-ahead log.
  service.child.kill('SIGKILL');
  await service.ended;
  t.ok(statSync(`${file}-wal`).size > 0);
  t.equal((await nianbao(t, file, 'backup', backup)).status, 0);

  const restored = join(t.testdirName, 'elsewhere', 'nianbao.db');
  const { status, stdout } = await nianbao(t, restored, 'restore', backup);
  t.match(stdout, sound(restored));
  t.equal(status, 0);
  t.equal(statSync(restored).mode & 0o777, 0o600);
  t.same(readdirSync(join(t.testdirName, 'elsewhere')), ['nianbao.db']);

  // No key is given: the one of before is in the backup, as a hash.
  const again = await startService(t, { NIANBAO_DB: restored });
  for (const agency of agencies) {
    const answer = await fetch(`${again.url}/v1/agencies/${agency}/reports/${year}`, { headers });
    t.match(await answer.json(), { revision: 1, sections: { requests: { received: { natural: 7 } } } });
  }
  t.equal(await again.stop(), 0);
});

await t.test('nothing is ever overwritten', async (t) => {
  const file = await registered(t);
  const backup = join(t.testdirName, 'backup.db');
  writeFileSync(backup, 'somebody’s');
  const refused = await nianbao(t, file, 'backup', backup);
  t.equal(refused.status, 1);
  t.match(refused.stderr, /^nianbao: .*backup\.db is there already/);
  t.equal(readFileSync(backup, 'utf8'), 'somebody’s');

  const good = join(t.testdirName, 'sound.db');
  t.equal((await nianbao(t, file, 'backup', good)).status, 0);
  const taken = await nianbao(t, file, 'restore', good);
  t.equal(taken.status, 1);
  t.match(taken.stderr, /^nianbao: .*nianbao\.db is there already/);

  writeFileSync(join(t.testdirName, 'new.db-wal'), 'left over');
  const leftOver = await nianbao(t, join(t.testdirName, 'new.db'), 'restore', good);
  t.match(leftOver.stderr, /new\.db-wal is there already/, 'a log of another database would be taken for its own');
});

await t.test('a backup at fault is named, and not restored', async (t) => {
  const file = join(t.testdir(), 'nianbao.db');
  const backup = join(t.testdirName, 'backup.db');
  t.equal((await nianbao(t, file, 'demo')).status, 0);
  t.equal((await nianbao(t, file, 'backup', backup)).status, 0);
  const database = new Database(backup);
  const { changes } = database.prepare("UPDATE reports SET answer = x'7b7d'").run();
  database.close();

  const verified = await nianbao(t, file, 'verify', backup);
  t.equal(verified.status, 1);
  const lines = verified.stdout.split('\n').map((line) => line.replace(`${backup}: `, ''));
  t.equal(lines.length, 22, 'the first twenty, and how many there are');
  t.match(lines[0], /^shili\S* \d{4}: the answer is not what its content and its state give$/);
  t.equal(lines.at(-2), `… and ${changes - 20} more`);
  t.match(lines.at(-1), new RegExp(`^${changes} reports, .*, ${changes} faults$`));

  const restored = join(t.testdirName, 'elsewhere', 'nianbao.db');
  const { status, stderr } = await nianbao(t, restored, 'restore', backup);
  t.equal(status, 1);
  t.match(stderr, /^nianbao: .*backup\.db is not as it should be: nothing was restored\.$/);
  t.same(readdirSync(join(t.testdirName, 'elsewhere')), [], 'nor is anything left');
});

await t.test('what cannot be done is said in a sentence', async (t) => {
  const file = join(t.testdir(), 'none.db');
  const missing = await nianbao(t, file, 'backup', join(t.testdirName, 'backup.db'));
  t.equal(missing.status, 1);
  t.match(missing.stderr, /^nianbao: There is no file .*none\.db\.$/);
  for (const command of ['backup', 'restore', 'verify']) {
    const { status, stderr } = await nianbao(t, file, command);
    t.equal(status, 2);
    t.match(stderr, /^nianbao \[serve\]/, 'a file is wanted');
  }
  t.same(readdirSync(t.testdirName), [], 'nothing was made');
});
