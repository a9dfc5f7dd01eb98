import type { Database } from 'better-sqlite3';
import { setImmediate } from 'node:timers/promises';
import type { Outcome } from '../domain/store.ts';
import { openBeside } from './beside.ts';
import { translated } from './errors.ts';
import { HalfDone } from './transaction.ts';

/** After how many milliseconds of work others get their turn. */
const turn = 10;

/**
 * Does jobs in one transaction however long it takes, on a connection of its own: whoever reads by the usual one gets a
 * turn between jobs, and sees what was there before. All jobs are tried; where one fails, everything is undone.
 *
 * @param jobsOn makes the jobs for the connection.
 */
export async function allOrNone<Result>(
  usual: Database,
  jobsOn: (own: Database) => readonly (() => Result)[],
  signal: AbortSignal,
): Promise<Outcome<Result>[]> {
  // Whoever has gone while others were before has nothing opened or locked for it.
  signal.throwIfAborted();
  const { database, othersRead, begin, commit, rollback, attempt, close } = openBeside(usual);
  try {
    const jobs = jobsOn(database);
    translated(begin);
    const outcomes: Outcome<Result>[] = [];
    let end = performance.now() + turn;
    for (const job of jobs) {
      outcomes.push(attempt(job));
      if (!othersRead || performance.now() < end) continue;
      await setImmediate();
      signal.throwIfAborted();
      end = performance.now() + turn;
    }
    if (outcomes.every((outcome) => 'result' in outcome)) await commit();
    return outcomes;
  } catch (error) {
    // There is nothing that could be undone alone: everything is.
    throw error instanceof HalfDone ? error.cause : error;
  } finally {
    rollback();
    await close();
  }
}
