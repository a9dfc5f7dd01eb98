import type { Database } from 'better-sqlite3';
import { setImmediate } from 'node:timers/promises';
import type { Outcome } from '../domain/store.ts';
import { settle, type CommitQueue, type Job } from './commit-queue.ts';
import { openBeside, type Beside } from './beside.ts';
import { translated } from './errors.ts';
import { HalfDone, type Attempt } from './transaction.ts';

/** After how many milliseconds of work others get their turn. */
const turn = 5;

/**
 * How many jobs are committed together at most: nobody is answered before, and another program that wants to write waits
 * for a gap between two transactions.
 */
const most = 64;

export interface LongCommits<Tools> {
  /** Runs a unit of work in a transaction; resolves when it is on disk. */
  readonly commit: <Result>(work: (tools: Tools) => Result) => Promise<Result>;
  readonly close: () => Promise<void>;
}

/**
 * Commits many jobs together that come one after the other, as `commitQueue` does those that come at once: an index is
 * written once for all of them. A transaction goes on while there are more and nobody else waits to write; whoever reads
 * gets a turn again and again, and sees what was there before, since it is on a connection of its own, opened when it is
 * first needed.
 *
 * @param toolsOn makes what jobs work with on that connection.
 */
export function longCommits<Tools>(
  usual: Database,
  toolsOn: (own: Database) => Tools,
  { alone, isWaitedFor }: CommitQueue,
): LongCommits<Tools> {
  const waiting: Job<Tools>[] = [];
  let own: Connection<Tools> | undefined;
  let underWay = false;

  const commitSome = async (): Promise<void> => {
    const taken: Job<Tools>[] = [];
    const more = (): void => {
      const job = taken.length === most ? undefined : waiting.shift();
      if (job) taken.push(job);
    };
    try {
      own ??= translated(() => connect(usual, toolsOn));
      const outcomes = await committed(own, { taken, more, isWaitedFor });
      outcomes.forEach((outcome, place) => settle(taken[place] as Job<Tools>, outcome));
    } catch (error) {
      // Where it could not even begin, it could not for any that waits.
      for (const { reject } of taken.length > 0 ? taken : waiting.splice(0)) reject(error);
    }
  };
  const commitAll = async (): Promise<void> => {
    underWay = true;
    while (waiting.length > 0) await alone(commitSome);
    underWay = false;
  };

  return {
    commit: <Result>(work: (tools: Tools) => Result) =>
      new Promise<Result>((resolve, reject) => {
        waiting.push({ work, resolve: resolve as Job['resolve'], reject });
        if (!underWay) void commitAll();
      }),
    close: async () => {
      await own?.close();
    },
  };
}

interface Connection<Tools> extends Beside {
  readonly tools: Tools;
}

function connect<Tools>(usual: Database, toolsOn: (own: Database) => Tools): Connection<Tools> {
  const beside = openBeside(usual);
  try {
    return { ...beside, tools: toolsOn(beside.database) };
  } catch (error) {
    void beside.close();
    throw error;
  }
}

/** What one transaction does. */
interface Jobs<Tools> {
  readonly taken: readonly Job<Tools>[];
  /** Takes another, if there is one that may come with them. */
  readonly more: () => void;
  /** Whether somebody else waits to write: after a turn these are enough then. */
  readonly isWaitedFor: () => boolean;
}

/** Does jobs in one transaction, once more where one that failed has to be undone alone. */
async function committed<Tools>(own: Connection<Tools>, jobs: Jobs<Tools>): Promise<Outcome<unknown>[]> {
  try {
    return await together(own, own.attempt, jobs);
  } catch (error) {
    if (!(error instanceof HalfDone)) throw error;
    return together(own, own.attemptUndoably, jobs);
  }
}

/** Does jobs, and those that come meanwhile; the outcome of each, when it is on disk. */
async function together<Tools>(
  { tools, othersRead, begin, commit, rollback }: Connection<Tools>,
  attempt: Attempt,
  { taken, more, isWaitedFor }: Jobs<Tools>,
): Promise<Outcome<unknown>[]> {
  const outcomes: Outcome<unknown>[] = [];
  const next = (): Job<Tools> | undefined => {
    if (taken.length === outcomes.length) more();
    return taken[outcomes.length];
  };
  try {
    translated(begin);
    let end = performance.now() + turn;
    for (let job = next(); job; job = next()) {
      const { work } = job;
      outcomes.push(attempt(() => work(tools)));
      // After the last as well: what comes in meanwhile goes with it.
      if (!othersRead || (performance.now() < end && next())) continue;
      await setImmediate();
      if (taken.length === outcomes.length && isWaitedFor()) break;
      end = performance.now() + turn;
    }
    await commit();
    return outcomes;
  } finally {
    rollback();
  }
}
