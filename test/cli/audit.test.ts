import Database from 'better-sqlite3';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { openStore } from '../../src/sqlite/store.ts';
import { run, startService } from '../support/process.ts';
import { saveAgencies, saveYears } from '../support/store.ts';

async function verify(t: Test, file: string, ...args: string[]) {
  const audit = run(t, { args: ['src/start.js', 'audit', 'verify', ...args], environment: { NIANBAO_DB: file } });
  const code = await audit.ended;
  return { code, lines: audit.stdout().trimEnd().split('\n'), stderr: audit.stderr() };
}

await t.test('the record is verified while the service runs, and what was noted is looked for', async (t) => {
  const file = join(t.testdir(), 'nianbao.db');
  const store = openStore(file);
  await saveYears(store, 2021, 2022);
  await store.close();
  const key = 'a-key-of-the-operators-own-0123456789';
  const service = await startService(t, { NIANBAO_DB: file, NIANBAO_ADMIN_KEY: key });
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  await fetch(`${service.url}/v1/years/2023`, { method: 'PUT', headers, body: '{}' });
  const { code, lines, stderr } = await verify(t, file);
  t.equal(code, 0, stderr);
  const [, noted = ''] = /^\d+ entries, 0 faults, the last is (\d+:[0-9a-f]{64})$/.exec(lines[0] ?? '') ?? [];
  t.ok(noted);
  t.match(await verify(t, file, '--expect', noted), { code: 0 });
  const other = noted.replace(/:.*/, `:${'0'.repeat(64)}`);
  t.match(await verify(t, file, '--expect', other), {
    code: 1,
    lines: [/^Entry \d+ is not the one that was noted\.$/],
  });

  // Somebody waits, and the stop does not.
  const waits = fetch(`${service.url}/v1/events?after=${noted.split(':')[0]}&wait=60`, { headers });
  const stream = await fetch(`${service.url}/v1/events`, { headers: { ...headers, accept: 'text/event-stream' } });
  t.equal(await service.stop(), 0);
  await Promise.allSettled([waits, stream.text()]);
});

await t.test('each fault is a sentence', async (t) => {
  const file = join(t.testdir(), 'nianbao.db');
  const store = openStore(file);
  await saveAgencies(store, { a: {}, b: {}, c: {} });
  await saveYears(store, 2021, 2022, 2023);
  await store.close();
  const database = new Database(file);
  database.exec(`
    DROP TRIGGER events_are_immutable;
    DROP TRIGGER events_are_kept;
    UPDATE events SET reason = 'x' WHERE sequence = 1;
    DELETE FROM events WHERE sequence IN (3, 5, 6);
    UPDATE agencies SET name = 'x' WHERE id = 'b';
  `);
  database.close();
  const { code, lines } = await verify(t, file);
  t.equal(code, 1);
  t.match(lines, [
    'Entry 1 is not what was written.',
    'Entry 3 is missing.',
    'Entries 5 to 6 are missing.',
    'agency b was changed past the record, the last entry of which is 2.',
    'agency c was changed past the record, of which there is no entry.',
    'year 2023 was changed past the record, of which there is no entry.',
    'year 2022 was changed past the record, of which there is no entry.',
    /^3 entries, 7 faults, the last is 4:/,
  ]);
});
