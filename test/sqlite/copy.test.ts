import Database from 'better-sqlite3';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { copyDatabase } from '../../src/sqlite/copy.ts';
import { openDatabase } from '../../src/sqlite/open.ts';

/** A database of some hundred pages with a connection that writes to it. */
function filledDatabase(t: Test): { file: string; write: () => void } {
  const file = join(t.testdir(), 'source.db');
  const database = openDatabase(file);
  t.teardown(() => database.close());
  // Two tables that agree at every moment but not between them.
  database.exec('CREATE TABLE one (text TEXT) STRICT; CREATE TABLE other (text TEXT) STRICT');
  const inserts = ['one', 'other'].map((table) => database.prepare(`INSERT INTO ${table} (text) VALUES (?)`));
  const write = database.transaction(() => {
    for (const insert of inserts) insert.run('x'.repeat(3_000));
  });
  for (let n = 0; n < 200; n++) write();
  return { file, write };
}

function rowsIn(file: string): unknown {
  const database = new Database(file, { readonly: true });
  t.equal(database.pragma('integrity_check', { simple: true }), 'ok');
  const rows = database.prepare('SELECT (SELECT count(*) FROM one), (SELECT count(*) FROM other)').raw().get();
  database.close();
  return rows;
}

await t.test('a copy ends however fast others write, and is one moment', async (t) => {
  const { file, write } = filledDatabase(t);
  let [writes, copied] = [0, false];
  const writing = (): void => {
    // A copy in steps would begin anew after each write and never be done.
    if (copied || writes === 1_000) return;
    write();
    writes += 1;
    setImmediate(writing);
  };
  setImmediate(writing);
  const copy = join(t.testdirName, 'copy.db');
  await copyDatabase(file, copy, async () => undefined);
  copied = true;
  t.ok(writes > 0, 'somebody wrote');
  t.ok(writes < 1_000, 'and was not waited for');
  const [one, other] = rowsIn(copy) as [number, number];
  t.equal(one, other);
  t.ok(one >= 200);
  t.equal(statSync(copy).mode & 0o777, 0o600);
});

await t.test('a copy that is not approved leaves nothing', async (t) => {
  const { file } = filledDatabase(t);
  const before = readdirSync(t.testdirName).sort();
  const copying = copyDatabase(file, join(t.testdirName, 'copy.db'), async (copy) => {
    t.ok(existsSync(copy), 'it was there');
    throw new Error('not good enough');
  });
  await t.rejects(copying, { message: 'not good enough' });
  t.same(readdirSync(t.testdirName).sort(), before);
});

await t.test('a name that somebody takes meanwhile stays theirs', async (t) => {
  const { file } = filledDatabase(t);
  const copy = join(t.testdirName, 'copy.db');
  const copying = copyDatabase(file, copy, async () => writeFileSync(copy, 'theirs'));
  await t.rejects(copying, { name: 'DatabaseRefused', message: /copy\.db is there already/ });
  t.equal(readFileSync(copy, 'utf8'), 'theirs');
});

await t.test('a folder that is not there is not made: the disk may not be mounted', async (t) => {
  const { file } = filledDatabase(t);
  const copying = copyDatabase(file, join(t.testdirName, 'mnt', 'copy.db'), async () => undefined);
  await t.rejects(copying, { name: 'DatabaseRefused', message: /cannot be copied: ENOENT/ });
  t.notOk(existsSync(join(t.testdirName, 'mnt')));
});
