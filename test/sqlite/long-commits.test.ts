import type { Database } from 'better-sqlite3';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import t, { type Test } from 'tap';
import { commitQueue } from '../../src/sqlite/commit-queue.ts';
import { longCommits } from '../../src/sqlite/long-commits.ts';
import { openDatabase } from '../../src/sqlite/open.ts';

function notebook(t: Test, file = join(t.testdir(), 'notes.db')) {
  const database = openDatabase(file, 0);
  database.exec('CREATE TABLE notes (text TEXT NOT NULL UNIQUE) STRICT');
  const insertOn = (own: Database) => own.prepare<[string]>('INSERT INTO notes (text) VALUES (?)');
  const queue = commitQueue(database);
  const long = longCommits(database, (own) => ({ own, insert: insertOn(own) }), queue);
  t.teardown(() => [long, database].forEach((open) => void open.close()));
  return {
    database,
    queue,
    long,
    /** Writes texts as one of many; each takes so long, in milliseconds. */
    write: (texts: readonly string[], took = 0) =>
      long.commit(({ insert }) => {
        const end = performance.now() + took;
        for (const text of texts) insert.run(text);
        while (performance.now() < end);
        return texts.length;
      }),
    writeAtOnce: (text: string) => queue.commit(() => insertOn(database).run(text).changes),
    read: () => database.prepare('SELECT text FROM notes ORDER BY text').pluck().all() as string[],
    /** Another number whenever another connection has committed. */
    dataVersion: () => database.pragma('data_version', { simple: true }) as number,
  };
}

const numbered = (count: number) => Array.from({ length: count }, (_, n) => `note ${String(n).padStart(3, '0')}`);

for (const [where, file] of [['in a file'], ['in memory', ':memory:']] as const) {
  await t.test(
    `${where}, each job has its own answer, in order, and one that throws undoes nothing else`,
    async (t) => {
      const { write, read } = notebook(t, file);
      const settled: number[] = [];
      const jobs = [['a'], ['b', 'c'], ['d', 'a'], [], ['e']].map(async (texts, place) => {
        const outcome = await write(texts).catch((error: Error & { code?: string }) => error.code);
        settled.push(place);
        return outcome;
      });
      t.same(await Promise.all(jobs), [1, 2, 'SQLITE_CONSTRAINT_UNIQUE', 0, 1]);
      t.same(settled, [0, 1, 2, 3, 4]);
      t.same(read(), ['a', 'b', 'c', 'e'], 'd went with the job it was part of');
    },
  );
}

await t.test('what comes one after the other is committed together, and told when others see it', async (t) => {
  const { write, read, dataVersion } = notebook(t);
  const before = dataVersion();
  const seen: number[] = [];
  const jobs = [write(['a'], 10)];
  for (let turn = 0; read().length === 0; turn++) {
    seen.push(read().length);
    if (turn < 5) jobs.push(write([`later ${turn}`], 10));
    await setImmediate();
  }
  t.ok(seen.length > 5, 'others had their turn between jobs');
  await Promise.all(jobs);
  t.equal(read().length, 6, 'all of them at once');
  t.equal(dataVersion(), before + 1);
});

await t.test('so many and no more are committed together', async (t) => {
  const { write, read, dataVersion } = notebook(t);
  const versions = new Set<number>();
  const jobs = numbered(600).map(async (text) => {
    await write([text]);
    versions.add(dataVersion());
  });
  await Promise.all(jobs);
  t.same(read(), numbered(600));
  t.equal(versions.size, 10, 'ten times');
});

await t.test('whoever writes by another connection has its turn as well', async (t) => {
  const { queue, long, write, read } = notebook(t);
  const seen = Promise.withResolvers<number>();
  const jobs = [
    write(['first'], 1),
    long.commit(() => void queue.alone(async () => seen.resolve(read().length))),
    ...numbered(100).map((text) => write([text], 1)),
  ];
  const count = await seen.promise;
  t.ok(count < 20, `${count} were before`);
  await Promise.all(jobs);
  t.equal(read().length, 101);
});

await t.test('whoever else writes waits for a turn of some milliseconds and no longer', async (t) => {
  const { long, write, writeAtOnce, read } = notebook(t);
  const other = Promise.withResolvers<string[]>();
  const [before, after] = [numbered(10), numbered(100).slice(10)];
  const jobs = [
    ...before.map((text) => write([text], 1)),
    long.commit(() => void writeAtOnce('other').then(() => other.resolve(read()))),
    ...after.map((text) => write([text], 1)),
  ];
  const seen = await other.promise;
  t.ok(seen.includes('other') && seen.length < 20, `${seen.length} were before`);
  await Promise.all(jobs);
  t.same(read(), [...numbered(100), 'other']);
});

await t.test(
  'what cannot be committed is told to all it was committed with, and holds up nothing after it',
  async (t) => {
    const { database, long, write, read } = notebook(t);
    database.exec('CREATE TABLE marks (text TEXT REFERENCES notes (text) DEFERRABLE INITIALLY DEFERRED) STRICT');
    const stray = long.commit(({ own }) => void own.exec("INSERT INTO marks VALUES ('nowhere')"));
    const outcomes = await Promise.allSettled([write(['a']), stray, write(['b'])]);
    t.same(
      outcomes.map(({ status }) => status),
      ['rejected', 'rejected', 'rejected'],
    );
    t.same(read(), []);
    t.equal(await write(['later']), 1);
  },
);

await t.test('where the disk is full, told is what is there', async (t) => {
  const { long, write, read } = notebook(t);
  await long.commit(({ own }) => void own.pragma('max_page_count = 5'));
  const outcomes = await Promise.allSettled([write(['a']), write(['x'.repeat(100_000)]), write(['b'])]);
  t.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, read().length);
  t.notOk(read().some((text) => text.length > 1));
  await long.commit(({ own }) => void own.pragma('max_page_count = 1000'));
  t.equal(await write(['later']), 1);
});
