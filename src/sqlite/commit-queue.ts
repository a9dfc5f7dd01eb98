import type { Database } from 'better-sqlite3';
import type { Outcome } from '../domain/store.ts';
import { translated } from './errors.ts';
import { HalfDone, transaction, type Attempt } from './transaction.ts';

export interface CommitQueue {
  /** Runs a unit of work in a transaction; resolves when it is on disk. */
  readonly commit: <Result>(work: () => Result) => Promise<Result>;
  /** Runs what writes by another connection, one at a time, while nothing is committed here. */
  readonly alone: <Result>(work: () => Promise<Result>) => Promise<Result>;
  /** Whether anything waits to be committed here, or for its turn alone. */
  readonly isWaitedFor: () => boolean;
}

/** A unit of work, and who waits for it. */
export interface Job<Tools = void> {
  readonly work: (tools: Tools) => unknown;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** For how long one transaction takes in jobs, in milliseconds: whoever reads meanwhile waits as long. */
const longest = 15;

/**
 * Commits together what comes in together: waiting for the disk is most of what a write takes, and a January morning
 * brings many at once. A job that throws undoes only itself, for which all may be done once more; none is
 * answered before it is durable. `committed` is called then. What takes too long for one transaction goes on in the
 * next, and requests get their turn between the two.
 */
export function commitQueue(database: Database, committed: () => void = () => undefined): CommitQueue {
  const runSome = slices(database);
  let waiting: Job[] = [];
  let alone: Promise<unknown> = Promise.resolve();
  let held = false;
  let turns = 0;

  /** What is on disk stays so, whether or not anybody can be told. */
  const tell = (): void => {
    try {
      committed();
    } catch {
      // Whoever waits looks again by itself.
    }
  };

  const flush = (): void => {
    if (held || waiting.length === 0) return;
    const jobs = waiting;
    waiting = [];
    try {
      const outcomes = translated(() => runSome(jobs));
      waiting = jobs.slice(outcomes.length);
      if (waiting.length > 0) setImmediate(flush);
      outcomes.forEach((outcome, place) => settle(jobs[place] as Job, outcome));
    } catch (error) {
      for (const { reject } of jobs) reject(error);
      return;
    }
    tell();
  };

  return {
    commit: <Result>(work: () => Result) =>
      new Promise<Result>((resolve, reject) => {
        if (waiting.length === 0) setImmediate(flush);
        waiting.push({ work, resolve: resolve as Job['resolve'], reject });
      }),
    alone: <Result>(work: () => Promise<Result>) => {
      turns += 1;
      const done = alone.then(async () => {
        turns -= 1;
        // Whoever has waited for the one before has a turn before the next.
        flush();
        held = true;
        try {
          return await work();
        } finally {
          held = false;
          setImmediate(flush);
        }
      });
      alone = done.then(tell, () => undefined);
      return done;
    },
    isWaitedFor: () => waiting.length > 0 || turns > 0,
  };
}

/** Runs as many jobs in one transaction as there is time for; the outcome of each. */
function slices(database: Database) {
  const { begin, commit, rollback, attempt, attemptUndoably } = transaction(database);
  const inOne = (jobs: readonly Job[], attempt: Attempt): Outcome<unknown>[] => {
    begin();
    try {
      const outcomes: Outcome<unknown>[] = [];
      const end = performance.now() + longest;
      for (const { work } of jobs) {
        if (outcomes.length > 0 && performance.now() >= end) break;
        outcomes.push(attempt(work));
      }
      commit();
      return outcomes;
    } finally {
      rollback();
    }
  };
  return (jobs: readonly Job[]): Outcome<unknown>[] => {
    try {
      return inOne(jobs, attempt);
    } catch (error) {
      if (!(error instanceof HalfDone)) throw error;
      return inOne(jobs, attemptUndoably);
    }
  };
}

export function settle<Tools>({ resolve, reject }: Job<Tools>, outcome: Outcome<unknown>): void {
  if ('error' in outcome) reject(outcome.error);
  else resolve(outcome.result);
}
