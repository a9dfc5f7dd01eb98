import { existsSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { openStore } from '../../src/sqlite/store.ts';
import { run, startService } from '../support/process.ts';
import { saveAgencies } from '../support/store.ts';

const adminKey = 'a-key-of-the-operators-own-0123456789';

async function databaseOf(t: Test): Promise<string> {
  const file = join(t.testdir({}), 'data.db');
  const store = openStore(file);
  await saveAgencies(store, { office: { name: '舞阳县人民政府办公室', kind: 'office' } });
  await store.close();
  return file;
}

async function runKeys(t: Test, file: string, ...args: readonly string[]) {
  const program = run(t, { args: ['src/start.js', 'keys', ...args], environment: { NIANBAO_DB: file } });
  const status = await program.ended;
  return { status, stdout: program.stdout(), stderr: program.stderr() };
}

async function statusWith(url: string, secret: string): Promise<number> {
  return (await fetch(`${url}/v1/agencies/office`, { headers: { authorization: `Bearer ${secret}` } })).status;
}

// Processes take their time to start: two of them do at once.
t.jobs = 2;

void t.test('a key is issued, rotated and revoked while the service runs', async (t) => {
  const file = await databaseOf(t);
  const service = await startService(t, { NIANBAO_DB: file, NIANBAO_ADMIN_KEY: adminKey });
  const issued = await runKeys(t, file, 'create', '--role', 'reporter', '--agency', 'office', '--id', 'office-clerk');
  t.equal(issued.status, 0);
  t.match(issued.stdout, /^nb_[\w-]{43}\n$/, 'the secret and nothing else');
  t.match(issued.stderr, /^nianbao: 已发放密钥“office-clerk”（reporter）/);
  t.notMatch(issued.stderr, issued.stdout.trim());
  t.equal(await statusWith(service.url, issued.stdout.trim()), 200);

  const rotated = await runKeys(t, file, 'rotate', 'office-clerk', '--language', 'en');
  t.match(rotated, { status: 0, stdout: /^nb_[\w-]{43}\n$/, stderr: /new secret.*works until \d{4}-/ });
  for (const secret of [issued, rotated]) t.equal(await statusWith(service.url, secret.stdout.trim()), 200);
  t.match(
    await runKeys(t, file, 'rotate', 'office-clerk', '--language', 'en'),
    { status: 2, stdout: '' },
    'not so soon',
  );

  t.match(await runKeys(t, file, 'revoke', 'office-clerk', '--language', 'en'), { status: 0, stdout: '' });
  // What another process revoked works for a second at most.
  while ((await statusWith(service.url, rotated.stdout.trim())) === 200);
  t.equal(await statusWith(service.url, rotated.stdout.trim()), 401);
  t.match(await runKeys(t, file, 'revoke', 'office-clerk'), { status: 0, stderr: /先前已撤销/ });

  const shown = await fetch(`${service.url}/v1/keys/office-clerk`, {
    headers: { authorization: `Bearer ${adminKey}` },
  });
  t.match(await shown.json(), { createdBy: 'cli', revokedAt: /./, secrets: [] });
  t.equal(await service.stop(), 0);
});

void t.test('keys are listed, a line each', async (t) => {
  const file = await databaseOf(t);
  await runKeys(t, file, 'create', '--role', 'reader', '--id', 'portal', '--name', '市门户', '--expires', '2999-12-31');
  const { stdout } = await runKeys(t, file, 'list', '--language', 'en');
  t.same(
    stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.split('\t')),
    [
      ['id', 'role', 'agency', 'standing', 'last used', 'name'],
      ['portal', 'reader', '-', 'valid until 2999-12-31T16:00:00.000Z', '-', '市门户'],
    ],
    'a day is that day to its end in China',
  );
});

void t.test('what cannot be done is said in a sentence, and nothing is on standard output', async (t) => {
  const file = await databaseOf(t);
  const cases: readonly (readonly [readonly string[], RegExp])[] = [
    [['create', '--role', 'reporter'], /\/agencyId: 填报人/],
    [['create', '--role', 'root', '--language', 'en'], /\/role: Must be one of admin, collector/],
    [['create', '--role', 'reader', '--agency', 'nobody'], /\/agencyId: 没有登记机关“nobody”/],
    [['create', '--role', 'reader', '--expires', '2020-01-01'], /\/expiresAt: .*已经过去/],
    [['create', '--role', 'reader', '--id', 'cli'], /\/id: “cli”是保留字/],
    [['rotate', 'nobody', '--language', 'en'], /No key within reach has the id “nobody”/],
    [['rotate', 'nobody', '--old-valid-until', 'soon', '--language', 'en'], /1 to mend/],
    [['revoke', 'nobody'], /没有代码为“nobody”的密钥/],
    [['list', 'everything'], /nianbao keys list/],
    [['destroy'], /nianbao keys create/],
  ];
  for (const [args, said] of cases) {
    const refused = await runKeys(t, file, ...args);
    t.match(refused, { status: 2, stdout: '', stderr: said }, args.join(' '));
    t.notMatch(refused.stderr, /\bat .*\.ts:\d/, 'no stack');
  }
});

void t.test('where there is no database none is made: a key in it would open nothing', async (t) => {
  const file = join(t.testdir({}), 'slip.db');
  const refused = await runKeys(t, file, 'create', '--role', 'admin');
  t.match(refused, { status: 1, stdout: '', stderr: /^nianbao: There is no database .*slip\.db\. Set NIANBAO_DB/ });
  t.notOk(existsSync(file));
});
