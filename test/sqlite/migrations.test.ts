import { readdirSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import type { Database } from 'better-sqlite3';
import { migrate, MigrationRefused } from '../../src/sqlite/migrations.ts';
import { openDatabase } from '../../src/sqlite/open.ts';
import { openStore } from '../../src/sqlite/store.ts';

const first = 'CREATE TABLE one (a INTEGER NOT NULL) STRICT;\nINSERT INTO one (a) VALUES (1);\n';
const second = 'CREATE TABLE two (b INTEGER NOT NULL) STRICT;\n';

function tablesIn(database: Database): string[] {
  return database
    .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    .pluck()
    .all();
}

await t.test('migrations are applied in order, once', async (t) => {
  const folder = t.testdir({ '0002-two.sql': second, '0001-one.sql': first, 'README.md': 'not SQL' });
  const file = join(t.testdirName, 'data.sqlite');
  const database = openDatabase(file);
  t.same(migrate(database, folder), ['0001-one.sql', '0002-two.sql']);
  t.same(migrate(database, folder), []);
  database.close();
  const again = openDatabase(file);
  t.teardown(() => again.close());
  t.same(migrate(again, folder), [], 'nor at the next start');
  t.same(again.prepare('SELECT a FROM one').pluck().all(), [1]);
});

await t.test('a new migration is applied to a database that has the others', async (t) => {
  const folder = t.testdir({ '0001-one.sql': first });
  const database = openDatabase(':memory:');
  t.teardown(() => database.close());
  migrate(database, folder);
  writeFileSync(join(folder, '0002-two.sql'), second);
  t.same(migrate(database, folder), ['0002-two.sql']);
});

await t.test('a migration edited after it was applied is refused by name, and nothing is done', async (t) => {
  const folder = t.testdir({ '0001-one.sql': first });
  const database = openDatabase(':memory:');
  t.teardown(() => database.close());
  migrate(database, folder);
  writeFileSync(join(folder, '0001-one.sql'), `${first}-- a word more\n`);
  writeFileSync(join(folder, '0002-two.sql'), second);
  const error = refusalOf(() => migrate(database, folder));
  t.match(error.message, /^Migration 0001-one\.sql was edited after it was applied.*Restore the file/);
  t.notOk(tablesIn(database).includes('two'));
});

await t.test('a database newer than the program is refused by name', async (t) => {
  const folder = t.testdir({ '0001-one.sql': first, '0002-two.sql': second });
  const database = openDatabase(':memory:');
  t.teardown(() => database.close());
  migrate(database, folder);
  unlinkSync(join(folder, '0002-two.sql'));
  const error = refusalOf(() => migrate(database, folder));
  t.match(error.message, /^The database is newer than this program: it has migration 0002-two\.sql/);
});

await t.test('a migration that fails leaves nothing of itself and everything before it', async (t) => {
  const folder = t.testdir({
    '0001-one.sql': first,
    '0002-two.sql': `${second}INSERT INTO one (a) VALUES (2);\nINSERT INTO nowhere VALUES (1);\n`,
    '0003-three.sql': 'CREATE TABLE three (c INTEGER NOT NULL) STRICT;\n',
  });
  const database = openDatabase(':memory:');
  t.teardown(() => database.close());
  t.throws(() => migrate(database, folder), /nowhere/);
  t.same(tablesIn(database), ['migrations', 'one']);
  t.same(database.prepare('SELECT a FROM one').pluck().all(), [1]);
  writeFileSync(join(folder, '0002-two.sql'), second);
  t.same(migrate(database, folder), ['0002-two.sql', '0003-three.sql'], 'mended, it is applied');
});

await t.test('the store refuses a database that a newer program wrote', async (t) => {
  const file = join(t.testdir(), 'data.sqlite');
  await openStore(file).close();
  const database = openDatabase(file);
  database.prepare("INSERT INTO migrations (number, file, checksum) VALUES (9999, '9999-later.sql', '')").run();
  database.close();
  t.match(refusalOf(() => openStore(file)).message, '9999-later.sql');
});

await t.test('migrations are numbered from 1 without a gap or a number twice', async (t) => {
  const files = readdirSync(new URL('../../migrations/', import.meta.url)).sort();
  t.same(
    files.map((file) => Number(file.slice(0, 4))),
    files.map((_, place) => place + 1),
  );
});

function refusalOf(act: () => unknown): MigrationRefused {
  try {
    act();
  } catch (error) {
    if (error instanceof MigrationRefused) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}
