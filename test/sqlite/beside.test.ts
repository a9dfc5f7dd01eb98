import type { Database } from 'better-sqlite3';
import {
  closeSync,
  constants,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { openBeside, type Beside } from '../../src/sqlite/beside.ts';
import { openDatabase, pagesLogged } from '../../src/sqlite/open.ts';

function notebook(t: Test, file = join(t.testdir(), 'notes.db')) {
  const [usual, other] = [openDatabase(file, 0), openDatabase(file, 0)];
  usual.exec('CREATE TABLE notes (text TEXT NOT NULL UNIQUE) STRICT');
  const beside = openBeside(usual);
  t.teardown(() => [beside, usual, other].forEach((open) => void open.close()));
  const readBy = (database: typeof usual) => database.prepare('SELECT text FROM notes ORDER BY text').pluck().all();
  return { usual, other, beside, readBy };
}

await t.test('what is committed is seen by the usual connection when it is on disk, not before', async (t) => {
  const { usual, other, beside, readBy } = notebook(t);
  beside.begin();
  beside.database.exec("INSERT INTO notes VALUES ('a')");
  const done = beside.commit();
  t.same(readBy(other), ['a'], 'it is in the log');
  t.same(readBy(usual), []);
  t.same(usual.transaction(() => readBy(usual))(), [], 'nor by whoever reads several things at once');
  await done;
  t.same(readBy(usual), ['a']);
  t.equal(usual.prepare("INSERT INTO notes VALUES ('b')").run().changes, 1, 'and it may write again');
});

await t.test('a database that is named by a link is the one it leads to', async (t) => {
  const folder = t.testdir();
  const link = join(folder, 'link.db');
  openDatabase(join(folder, 'notes.db')).close();
  symlinkSync(join(folder, 'notes.db'), link);
  const usual = openDatabase(link);
  const beside = openBeside(usual);
  t.teardown(() => [beside, usual].forEach((open) => void open.close()));
  beside.begin();
  beside.database.exec('CREATE TABLE notes (text TEXT)');
  await t.resolves(beside.commit());
});

/** How many pages of the log are not copied yet. */
function pagesToCopy(database: Database): number {
  const [state] = database.pragma('wal_checkpoint(NOOP)') as { log: number; checkpointed: number }[];
  return (state?.log ?? 0) - (state?.checkpointed ?? 0);
}

/** Writes a hundred texts of eleven pages each. */
function insertMuch({ database }: Beside, turn: number): void {
  const insert = database.prepare('INSERT INTO notes VALUES (?)');
  for (let n = 0; n < 100; n++) insert.run(`${turn} ${n} ${'x'.repeat(45_000)}`);
}

await t.test('the log is copied into the database once it is long', async (t) => {
  const { usual, beside } = notebook(t);
  const logged = [];
  for (let turn = 0; turn < 5; turn++) {
    beside.begin();
    insertMuch(beside, turn);
    await beside.commit();
    logged.push(pagesToCopy(usual));
  }
  t.ok(Math.max(...logged) > 1_000, `nothing is copied after every commit: ${logged.join()}`);
  t.ok(Math.max(...logged) < pagesLogged);
  t.ok(logged.includes(0), 'the whole of it');
});

await t.test('where the log cannot be copied it is kept, and copied with the next ordinary commit', async (t) => {
  const file = join(t.testdir(), 'notes.db');
  const { usual, beside, readBy } = notebook(t, file);
  // Those who have it open go on; who is to copy does not find it.
  renameSync(file, `${file}.moved`);
  beside.begin();
  for (let turn = 0; turn < 5; turn++) insertMuch(beside, turn);
  await t.resolves(beside.commit());
  t.ok(pagesToCopy(usual) > pagesLogged);
  t.equal(readBy(usual).length, 500);
  usual.prepare("INSERT INTO notes VALUES ('last')").run();
  t.equal(pagesToCopy(usual), 0);
});

/** The number of what the program itself has opened of the log; SQLite would not follow a link to it. */
function openedLog(file: string): number {
  const numbers = readdirSync('/proc/self/fd').filter((number) => {
    const isLog = existsSync(`/proc/self/fd/${number}`) && readlinkSync(`/proc/self/fd/${number}`) === `${file}-wal`;
    const flags = isLog ? /flags:\s*(\d+)/.exec(readFileSync(`/proc/self/fdinfo/${number}`, 'utf8'))?.[1] : undefined;
    return flags !== undefined && (parseInt(flags, 8) & constants.O_NOFOLLOW) === 0;
  });
  return Number(numbers[0]);
}

/** Puts something in the place of the log that cannot be made durable; gives the way back. */
function refuseLog(t: Test, file: string): () => void {
  const number = openedLog(file);
  closeSync(number);
  const opened = [openSync('/dev/null', 'r+')];
  while (!opened.includes(number)) opened.push(openSync('/dev/null', 'r+'));
  t.teardown(() => opened.filter((one) => one !== number).forEach(closeSync));
  return () => {
    closeSync(number);
    t.equal(openSync(`${file}-wal`, 'r+'), number);
  };
}

const where = { skip: process.platform !== 'linux' && 'what a program has opened is not to be found here' };

await t.test('a log the disk refuses is copied at once, before anybody is told', where, async (t) => {
  const file = join(t.testdir(), 'notes.db');
  const { usual, other, beside, readBy } = notebook(t, file);
  const giveBack = refuseLog(t, file);
  const write = async (text: string) => {
    beside.begin();
    beside.database.prepare('INSERT INTO notes VALUES (?)').run(text);
    await beside.commit();
  };
  await write('a');
  t.equal(statSync(`${file}-wal`).size, 0, 'it is in the database');
  t.same(readBy(usual), ['a']);

  other.exec('BEGIN');
  readBy(other);
  await t.rejects(write('b'), { message: /refuses the log/, cause: { syscall: 'fdatasync' } }, 'somebody reads by it');
  other.exec('COMMIT');
  giveBack();
  await write('c');
  t.equal(statSync(`${file}-wal`).size, 0, 'what was refused once is not trusted again');
  t.same(readBy(usual), ['a', 'b', 'c']);
});
