import Database from 'better-sqlite3';
import { join } from 'node:path';
import t from 'tap';
import { openStore } from '../../src/sqlite/store.ts';

await t.test('a database another process keeps locked is a matter of trying again, not a fault inside', async (t) => {
  const file = join(t.testdir(), 'locked.db');
  const store = openStore(file, 0);
  const other = new Database(file);
  t.teardown(async () => {
    other.close();
    await store.close();
  });
  other.exec('BEGIN IMMEDIATE');
  await t.rejects(
    store.changeYear(2023, () => ({ result: undefined })),
    { name: 'Problem', code: 'not-ready' },
  );
  const key = { agencyId: 'a', year: 2023 };
  const many = Array.from({ length: 300 }, () => store.changeOneOfMany(key, () => ({ result: () => undefined })));
  for (const one of many) await t.rejects(one, { name: 'Problem', code: 'not-ready' });
  t.equal(await store.year(2023), undefined, 'readers are not held up');
  other.exec('ROLLBACK');
  await t.resolves(store.changeYear(2023, () => ({ result: undefined })));
  await t.resolves(store.changeOneOfMany(key, () => ({ result: () => undefined })));
});
