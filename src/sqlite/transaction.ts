import type { Database } from 'better-sqlite3';
import type { Outcome } from '../domain/store.ts';

/** The parts of a transaction in which jobs may fail one by one. */
export function transaction(database: Database) {
  const [begin, commit, rollback] = ['BEGIN IMMEDIATE', 'COMMIT', 'ROLLBACK'].map((sql) => database.prepare(sql));
  const [savepoint, release, undo] = ['SAVEPOINT job', 'RELEASE job', 'ROLLBACK TO job'].map((sql) =>
    database.prepare(sql),
  );
  return {
    begin: () => void begin?.run(),
    commit: () => void commit?.run(),
    /** Undoes everything, where SQLite has not done so already. */
    rollback: () => {
      if (database.inTransaction) rollback?.run();
    },
    /** Does a job, or undoes it and nothing else. */
    attempt: <Result>(work: () => Result): Outcome<Result> => {
      savepoint?.run();
      try {
        const result = work();
        release?.run();
        return { result };
      } catch (error) {
        // SQLite gives up the whole transaction by itself where it must, as on a full disk.
        if (!database.inTransaction) throw error;
        undo?.run();
        release?.run();
        return { error };
      }
    },
  };
}
