import type { Database } from 'better-sqlite3';
import { setImmediate } from 'node:timers/promises';
import type { Outcome } from '../domain/store.ts';
import { settle, type CommitQueue, type Job } from './commit-queue.ts';
import { openBeside, type Beside } from './beside.ts';
import { translated } from './errors.ts';
import { HalfDone, type Attempt } from './transaction.ts';

/** After how many milliseconds of work others get their turn. */
const turn = 5;

/** How many jobs are committed together at most: while the disk is waited for nobody is answered. */
const most = 128;

export interface LongCommits<Tools> {
  /** Runs a unit of work in a transaction; resolves when it is on disk. */
  readonly commit: <Result>(work: (tools: Tools) => Result) => Promise<Result>;
  readonly close: () => void;
}

/**
 * Commits many jobs together that come one after the other, as `commitQueue` does those that come at once: an index is
 * written once for all of them. A transaction goes on while there are more; whoever reads gets a turn again and again,
 * and sees what was there before, since it is on a connection of its own, opened when it is first needed.
 *
 * @param toolsOn makes what jobs work with on that connection.
 */
export function longCommits<Tools>(
  usual: Database,
  toolsOn: (own: Database) => Tools,
  alone: CommitQueue['alone'],
): LongCommits<Tools> {
  const waiting: Job<Tools>[] = [];
  let own: Connection<Tools> | undefined;
  let underWay = false;

  const commitSome = async (): Promise<void> => {
    const jobs: Job<Tools>[] = [];
    const take = (): void => void jobs.push(...waiting.splice(0, most - jobs.length));
    take();
    try {
      own ??= translated(() => connect(usual, toolsOn));
      const outcomes = await committed(own, jobs, take);
      outcomes.forEach((outcome, place) => settle(jobs[place] as Job<Tools>, outcome));
    } catch (error) {
      for (const { reject } of jobs) reject(error);
    }
    underWay = waiting.length > 0;
    if (underWay) void alone(commitSome);
  };

  return {
    commit: <Result>(work: (tools: Tools) => Result) =>
      new Promise<Result>((resolve, reject) => {
        waiting.push({ work, resolve: resolve as Job<Tools>['resolve'], reject });
        if (!underWay) void alone(commitSome);
        underWay = true;
      }),
    close: () => own?.close(),
  };
}

interface Connection<Tools> extends Beside {
  readonly tools: Tools;
}

function connect<Tools>(usual: Database, toolsOn: (own: Database) => Tools): Connection<Tools> {
  const beside = openBeside(usual);
  return { ...beside, tools: toolsOn(beside.database) };
}

/** Does jobs in one transaction, once more where one that failed has to be undone alone. */
async function committed<Tools>(
  own: Connection<Tools>,
  jobs: readonly Job<Tools>[],
  take: () => void,
): Promise<Outcome<unknown>[]> {
  try {
    return await together(own, own.attempt, jobs, take);
  } catch (error) {
    if (!(error instanceof HalfDone)) throw error;
    return together(own, own.attemptUndoably, jobs, take);
  }
}

/** Does jobs, and those that are taken in meanwhile; the outcome of each, when it is on disk. */
async function together<Tools>(
  { tools, othersRead, begin, commit, rollback }: Connection<Tools>,
  attempt: Attempt,
  jobs: readonly Job<Tools>[],
  take: () => void,
): Promise<Outcome<unknown>[]> {
  const outcomes: Outcome<unknown>[] = [];
  try {
    translated(begin);
    let end = performance.now() + turn;
    for (let job = jobs[0]; job; job = jobs[outcomes.length]) {
      const { work } = job;
      outcomes.push(attempt(() => work(tools)));
      if (outcomes.length < jobs.length && performance.now() < end) continue;
      if (othersRead) await setImmediate();
      take();
      end = performance.now() + turn;
    }
    await commit();
    return outcomes;
  } finally {
    rollback();
  }
}
