import { setImmediate } from 'node:timers/promises';
import t from 'tap';
import { commitQueue } from '../../src/sqlite/commit-queue.ts';
import { openDatabase } from '../../src/sqlite/open.ts';

function notebook() {
  const database = openDatabase(':memory:');
  database.exec('CREATE TABLE notes (text TEXT NOT NULL UNIQUE) STRICT');
  const insert = database.prepare('INSERT INTO notes (text) VALUES (?)');
  const { commit, alone } = commitQueue(database);
  return {
    database,
    alone,
    commit,
    write: (...texts: string[]) =>
      commit(() => {
        for (const text of texts) insert.run(text);
        return texts.length;
      }),
    read: () => database.prepare('SELECT text FROM notes ORDER BY text').pluck().all(),
  };
}

await t.test('what comes in together is committed together, in order, each with its own answer', async (t) => {
  const { write, read } = notebook();
  t.same(await Promise.all([write('a'), write('b', 'c'), write()]), [1, 2, 0]);
  t.same(read(), ['a', 'b', 'c']);
});

await t.test('a job that throws undoes itself and nothing else', async (t) => {
  const { write, read } = notebook();
  const outcomes = await Promise.allSettled([write('a'), write('b', 'a'), write('c')]);
  t.same(
    outcomes.map(({ status }) => status),
    ['fulfilled', 'rejected', 'fulfilled'],
  );
  t.same(read(), ['a', 'c'], 'b went with the job it was part of');
});

await t.test('nothing is answered before it is committed', async (t) => {
  const { database, write } = notebook();
  const first = write('a');
  t.notOk(database.inTransaction, 'nothing is held open while waiting');
  await first;
  t.notOk(database.inTransaction);
});

await t.test('where the transaction cannot be committed, nobody is told it was', async (t) => {
  const { database, write, read } = notebook();
  database.pragma('max_page_count = 3');
  const outcomes = await Promise.allSettled([write('a'), write('x'.repeat(100_000)), write('b')]);
  t.ok(outcomes.filter(({ status }) => status === 'fulfilled').length === read().length, 'told is what is there');
  database.pragma('max_page_count = 1000');
  t.equal(await write('later'), 1, 'and the next one goes through');
});

await t.test('a commit that fails undoes what it held, and holds up nothing after it', async (t) => {
  const { database, commit, write, read } = notebook();
  database.pragma('foreign_keys = ON');
  database.exec('CREATE TABLE marks (text TEXT REFERENCES notes (text) DEFERRABLE INITIALLY DEFERRED) STRICT');
  const stray = commit(() => void database.exec("INSERT INTO marks VALUES ('nowhere')"));
  const outcomes = await Promise.allSettled([write('a'), stray]);
  t.same(
    outcomes.map(({ status }) => status),
    ['rejected', 'rejected'],
    'what was to be committed with it is told so',
  );
  t.notOk(database.inTransaction);
  t.same(read(), []);
  t.equal(await write('later'), 1);
});

await t.test('what is committed is answered as such, though whoever waits for it cannot be told', async (t) => {
  const { database, read } = notebook();
  const insert = database.prepare('INSERT INTO notes (text) VALUES (?)');
  const { commit, alone } = commitQueue(database, () => {
    throw new Error('cannot tell');
  });
  const slow = commit(() => {
    const end = performance.now() + 60;
    while (performance.now() < end);
  });
  const later = commit(() => insert.run('later').changes);
  await slow;
  t.equal(await later, 1, 'nor is it refused and then written');
  t.same(read(), ['later']);
  t.equal(await alone(async () => 'one'), 'one');
  t.equal(await alone(async () => 'two'), 'two', 'nor is who writes alone held up by those before');
});

await t.test('a job added while others run goes with the next commit', async (t) => {
  const { write, read } = notebook();
  await write('a').then(() => write('b'));
  t.same(read(), ['a', 'b']);
});

await t.test('what takes too long for one transaction goes on in the next', async (t) => {
  const { commit, write, read } = notebook();
  const slow = commit(() => {
    const end = performance.now() + 60;
    while (performance.now() < end);
  });
  const later = write('later');
  await slow;
  t.same(read(), [], 'others had their turn');
  await later;
  t.same(read(), ['later']);
});

await t.test('while somebody writes alone nothing is committed, and afterwards everything is', async (t) => {
  const { alone, write, read } = notebook();
  const held = Promise.withResolvers<string>();
  const first = alone(() => held.promise);
  const second = alone(async () => Promise.reject(new Error('no')));
  await setImmediate();
  const waiting = write('a');
  for (let turn = 0; turn < 5; turn++) await setImmediate();
  t.same(read(), []);
  held.resolve('done');
  t.equal(await first, 'done');
  await t.rejects(second, { message: 'no' });
  t.equal(await waiting, 1);
  t.same(read(), ['a']);
});

await t.test('those who write alone one after the other do not hold up the others for ever', async (t) => {
  const { alone, write, read } = notebook();
  const held = Promise.withResolvers<string>();
  const first = alone(() => held.promise);
  const second = alone(async () => read());
  await setImmediate();
  const waiting = write('a');
  await setImmediate();
  held.resolve('done');
  t.equal(await first, 'done');
  t.same(await second, ['a'], 'what waited was written before the next began');
  t.equal(await waiting, 1);
});
