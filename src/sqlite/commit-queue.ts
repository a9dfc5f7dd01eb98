import type { Database } from 'better-sqlite3';
import { translated } from './errors.ts';

/** Runs a unit of work in a transaction; resolves when it is on disk. */
export type Commit = <Result>(work: () => Result) => Promise<Result>;

interface Job {
  readonly work: () => unknown;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** What became of a job inside the transaction. */
type Outcome = { readonly result: unknown } | { readonly error: unknown };

/** For how long one transaction takes in jobs, in milliseconds: whoever reads meanwhile waits as long. */
const longest = 10;

/**
 * Commits together what comes in together: waiting for the disk is most of what a write takes, and a January morning
 * brings many at once. Each job has a savepoint of its own, so that one which throws undoes only itself; none is
 * answered before it is durable. `committed` is called then. What takes too long for one transaction goes on in the
 * next, and requests get their turn between the two.
 */
export function commitQueue(database: Database, committed: () => void = () => undefined): Commit {
  const [begin, commit, rollback] = ['BEGIN IMMEDIATE', 'COMMIT', 'ROLLBACK'].map((sql) => database.prepare(sql));
  const [savepoint, release, undo] = ['SAVEPOINT job', 'RELEASE job', 'ROLLBACK TO job'].map((sql) =>
    database.prepare(sql),
  );
  let waiting: Job[] = [];

  const attempt = ({ work }: Job): Outcome => {
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
  };

  const runSome = (jobs: readonly Job[]): Outcome[] => {
    begin?.run();
    try {
      const outcomes: Outcome[] = [];
      const end = performance.now() + longest;
      for (const job of jobs) {
        if (outcomes.length > 0 && performance.now() >= end) break;
        outcomes.push(attempt(job));
      }
      commit?.run();
      return outcomes;
    } catch (error) {
      if (database.inTransaction) rollback?.run();
      throw error;
    }
  };

  const flush = (): void => {
    const jobs = waiting;
    waiting = [];
    try {
      const outcomes = translated(() => runSome(jobs));
      waiting = jobs.slice(outcomes.length);
      if (waiting.length > 0) setImmediate(flush);
      outcomes.forEach((outcome, place) => settle(jobs[place] as Job, outcome));
      committed();
    } catch (error) {
      for (const { reject } of jobs) reject(error);
    }
  };

  return <Result>(work: () => Result) =>
    new Promise<Result>((resolve, reject) => {
      if (waiting.length === 0) setImmediate(flush);
      waiting.push({ work, resolve: resolve as Job['resolve'], reject });
    });
}

function settle({ resolve, reject }: Job, outcome: Outcome): void {
  if ('error' in outcome) reject(outcome.error);
  else resolve(outcome.result);
}
