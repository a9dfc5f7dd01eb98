import Database from 'better-sqlite3';
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { loadDemo } from '../../src/cli/demo.ts';
import { editions } from '../../src/forms/editions.ts';
import { recheckReports } from '../../src/operations/recheck-reports.ts';
import { buildRulebook, buildService } from '../../src/operations/service.ts';
import { openStore } from '../../src/sqlite/store.ts';
import { version } from '../../src/version.ts';
import { adminKey } from '../support/app.ts';
import { agencies, headers, nianbao, put, registered, sound, year } from '../support/commands.ts';
import { startService } from '../support/process.ts';

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

await t.test('a backup at fault is named, and not restored', async (t) => {
  const backup = join(t.testdir(), 'backup.db');
  const store = openStore(backup);
  const service = buildService(buildRulebook(editions, version), store, () => new Date());
  await recheckReports(service);
  await loadDemo(service, 'demo');
  await store.close();
  const database = new Database(backup);
  const edit = database.prepare("UPDATE reports SET published_answer = x'7b7d' WHERE published_revision IS NOT NULL");
  const { changes } = edit.run();
  database.close();

  const verified = await nianbao(t, backup, 'verify', backup);
  t.equal(verified.status, 1);
  const lines = verified.stdout.split('\n').map((line) => line.replace(`${backup}: `, ''));
  t.equal(lines.length, 22, 'the first twenty, and how many there are');
  t.match(lines[0], /^shili\S* \d{4}: the published answer is not what the published revision gives$/);
  t.equal(lines.at(-2), `… and ${changes - 20} more`);
  t.match(lines.at(-1), new RegExp(`^\\d+ reports, .*, ${changes} faults$`));

  const restored = join(t.testdirName, 'elsewhere', 'nianbao.db');
  const { status, stderr } = await nianbao(t, restored, 'restore', backup);
  t.equal(status, 1);
  t.match(stderr, /^nianbao: .*backup\.db is not as it should be: nothing was restored\.$/);
  t.same(readdirSync(join(t.testdirName, 'elsewhere')), [], 'nor is anything left');
});

await t.test('a restore never overwrites', async (t) => {
  const file = await registered(t);
  writeFileSync(join(t.testdirName, 'new.db-wal'), 'left over');
  const [taken, leftOver, folder] = await Promise.all([
    nianbao(t, file, 'restore', file),
    nianbao(t, join(t.testdirName, 'new.db'), 'restore', file),
    nianbao(t, '/dev/null/nianbao.db', 'restore', file),
  ]);
  t.equal(taken.status, 1);
  t.match(taken.stderr, /^nianbao: .*nianbao\.db is there already\./);
  t.match(leftOver.stderr, /new\.db-wal is there already/, 'a log of another database would be taken for its own');
  t.match(folder.stderr, /^nianbao: \/dev\/null cannot be made: .* Set NIANBAO_DB\.$/);
});
