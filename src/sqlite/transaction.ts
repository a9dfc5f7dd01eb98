import type { Database } from 'better-sqlite3';
import type { Outcome } from '../domain/store.ts';

/** A job threw after it had written: what it wrote can be undone with the whole transaction only. */
export class HalfDone extends Error {
  override readonly name = 'HalfDone';
}

/** Does a job of a transaction; one that throws leaves nothing behind. */
export type Attempt = <Result>(work: () => Result) => Outcome<Result>;

/** The parts of a transaction in which jobs may fail one by one. */
export function transaction(database: Database) {
  const [begin, commit, rollback] = ['BEGIN IMMEDIATE', 'COMMIT', 'ROLLBACK'].map((sql) => database.prepare(sql));
  return {
    begin: () => void begin?.run(),
    commit: () => void commit?.run(),
    /** Undoes everything, where SQLite has not done so already. */
    rollback: () => {
      if (database.inTransaction) rollback?.run();
    },
    attempt: plainAttempt(database),
    attemptUndoably: undoableAttempt(database),
  };
}

/**
 * Nearly every job that throws does so before it writes anything, and there is nothing to undo: to be ready for more takes
 * a tenth of the time of writing.
 *
 * @throws HalfDone where there is.
 */
function plainAttempt(database: Database): Attempt {
  const changes = database.prepare<[], number>('SELECT total_changes()').pluck();
  return (work) => {
    const before = changes.get();
    try {
      return { result: work() };
    } catch (error) {
      // SQLite gives up the whole transaction by itself where it must, as on a full disk.
      if (!database.inTransaction) throw error;
      if (changes.get() !== before) throw new HalfDone('a job wrote something and threw', { cause: error });
      return { error };
    }
  };
}

/** Undoes what a job wrote before it threw, and nothing else. */
function undoableAttempt(database: Database): Attempt {
  const [savepoint, release, undo] = ['SAVEPOINT job', 'RELEASE job', 'ROLLBACK TO job'].map((sql) =>
    database.prepare(sql),
  );
  return (work) => {
    savepoint?.run();
    try {
      const result = work();
      release?.run();
      return { result };
    } catch (error) {
      if (!database.inTransaction) throw error;
      undo?.run();
      release?.run();
      return { error };
    }
  };
}
