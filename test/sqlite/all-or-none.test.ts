import type { Database } from 'better-sqlite3';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { allOrNone } from '../../src/sqlite/all-or-none.ts';
import { openDatabase } from '../../src/sqlite/open.ts';

function notebook(t: Test) {
  const database = openDatabase(join(t.testdir(), 'notes.db'), 0);
  t.teardown(() => void database.close());
  database.exec('CREATE TABLE notes (text TEXT NOT NULL UNIQUE) STRICT');
  return {
    database,
    read: () => database.prepare('SELECT text FROM notes ORDER BY text').pluck().all(),
    write: (text: string) => database.prepare('INSERT INTO notes VALUES (?)').run(text).changes,
  };
}

const writing =
  (...texts: string[]) =>
  (own: Database) => {
    const insert = own.prepare('INSERT INTO notes (text) VALUES (?)');
    return texts.map((text) => () => insert.run(text).changes);
  };

const nobodyGone = new AbortController().signal;

await t.test('a full disk leaves nothing of it and no lock', async (t) => {
  const { database, read, write } = notebook(t);
  const jobs = (own: Database) => {
    own.pragma('max_page_count = 5');
    return writing('a', 'x'.repeat(100_000), 'b')(own);
  };
  const outcome = await allOrNone(database, jobs, nobodyGone).catch((error: Error & { code?: string }) => error);
  if (outcome instanceof Error) t.equal(outcome.code, 'SQLITE_FULL');
  else t.ok(outcome.some((one) => 'error' in one));
  t.same(read(), []);
  t.equal(write('later'), 1);
});

await t.test('a commit that fails leaves nothing of it and no lock', async (t) => {
  const { database, read, write } = notebook(t);
  database.exec('CREATE TABLE marks (text TEXT REFERENCES notes (text) DEFERRABLE INITIALLY DEFERRED) STRICT');
  const jobs = (own: Database) => [
    ...writing('a')(own),
    () => own.prepare("INSERT INTO marks VALUES ('nowhere')").run().changes,
  ];
  await t.rejects(allOrNone(database, jobs, nobodyGone), { code: 'SQLITE_CONSTRAINT_FOREIGNKEY' });
  t.same(read(), []);
  t.equal(write('later'), 1);
});

await t.test('who goes away in the middle leaves nothing and no lock', async (t) => {
  const { database, read, write } = notebook(t);
  const gone = new AbortController();
  const slow = (own: Database) => [
    ...writing('a')(own),
    () => {
      const end = performance.now() + 20;
      while (performance.now() < end);
      gone.abort();
      return 0;
    },
    ...writing('b')(own),
  ];
  const done = allOrNone(database, slow, gone.signal);
  await t.rejects(done, { name: 'AbortError' });
  t.same(read(), []);
  t.equal(write('later'), 1);
});

await t.test('for who has gone before its turn nothing is begun', async (t) => {
  const { database, read } = notebook(t);
  const gone = new AbortController();
  gone.abort();
  let begun = false;
  const jobs = (own: Database) => {
    begun = true;
    return writing('a')(own);
  };
  await t.rejects(allOrNone(database, jobs, gone.signal), { name: 'AbortError' });
  t.notOk(begun);
  t.same(read(), []);
});
