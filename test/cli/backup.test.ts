import Database from 'better-sqlite3';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { adminKey } from '../support/app.ts';
import { agencies, nianbao, put, registered, sound } from '../support/commands.ts';
import { startService, type RunningService } from '../support/process.ts';

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

await t.test('what cannot be done is said in a sentence, and nothing is overwritten', async (t) => {
  const file = await registered(t);
  const backup = join(t.testdirName, 'backup.db');
  writeFileSync(backup, 'somebody’s');
  const [taken, missing, ...misused] = await Promise.all([
    nianbao(t, file, 'backup', backup),
    nianbao(t, join(t.testdirName, 'none.db'), 'backup', join(t.testdirName, 'new.db')),
    nianbao(t, file, 'backup'),
    nianbao(t, file, 'restore', backup, file),
    nianbao(t, file, 'verify', '--quickly', file),
  ]);
  t.equal(taken.status, 1);
  t.match(taken.stderr, /^nianbao: .*backup\.db is there already\./);
  t.equal(readFileSync(backup, 'utf8'), 'somebody’s');
  t.equal(missing.status, 1);
  t.match(missing.stderr, /^nianbao: There is no file .*none\.db\.$/);
  for (const { status, stderr } of misused) {
    t.equal(status, 2);
    t.match(stderr, /^nianbao \[serve\]/, 'one file is wanted');
  }
  t.same(readdirSync(t.testdirName).sort(), ['backup.db', 'nianbao.db'], 'nothing was made');
});
