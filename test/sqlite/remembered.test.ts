import { join } from 'node:path';
import t, { type Test } from 'tap';
import { openDatabase } from '../../src/sqlite/open.ts';
import { rememberedUntilWritten } from '../../src/sqlite/remembered.ts';

/** A table that is read through what is remembered, and another connection to it. */
function table(t: Test) {
  const file = join(t.testdir(), 'remembered.db');
  const [own, other] = [openDatabase(file), openDatabase(file)];
  t.teardown(() => [own, other].forEach((database) => database.close()));
  own.exec('CREATE TABLE words (id INTEGER PRIMARY KEY, word TEXT)');
  own.exec("INSERT INTO words VALUES (1, 'first')");
  const word = own.prepare<[number], string>('SELECT word FROM words WHERE id = ?').pluck();
  let times = 0;
  const { find, forget } = rememberedUntilWritten(own, (id: number) => {
    times += 1;
    return word.get(id);
  });
  const write = (text: string) => {
    forget();
    own.prepare('UPDATE words SET word = ?').run(text);
  };
  return { own, other, find, write, times: () => times };
}

await t.test('what nobody has written is read once', async (t) => {
  const { find, times } = table(t);
  t.same([find(1), find(1), find(2), find(2)], ['first', 'first', undefined, undefined]);
  t.equal(times(), 2);
});

await t.test(
  'what another connection has written is seen at once, within a transaction when that began after it',
  async (t) => {
    const { own, other, find } = table(t);
    t.equal(find(1), 'first');
    other.exec("UPDATE words SET word = 'second'");
    t.equal(find(1), 'second');
    own.exec('BEGIN');
    t.equal(find(1), 'second');
    own.prepare('SELECT * FROM words').all();
    other.exec("UPDATE words SET word = 'third'");
    t.equal(find(1), 'second');
    own.exec('COMMIT');
    t.equal(find(1), 'third');
  },
);

await t.test('what is written here is seen at once, and not remembered where it is undone', async (t) => {
  const { own, find, write } = table(t);
  t.equal(find(1), 'first');
  write('second');
  t.equal(find(1), 'second');
  own.exec('BEGIN');
  write('third');
  t.equal(find(1), 'third');
  own.exec('ROLLBACK');
  t.equal(find(1), 'second');
  own.exec('BEGIN');
  write('third');
  own.exec('ROLLBACK');
  own.exec('BEGIN');
  t.equal(find(1), 'second');
  write('third');
  t.equal(find(1), 'third');
  own.exec('COMMIT');
  t.equal(find(1), 'third');
});
