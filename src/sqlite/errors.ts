import Database from 'better-sqlite3';
import { Problem } from '../domain/problem.ts';

/**
 * Runs a unit of work, telling what the driver says apart by its code: another process that keeps the database locked
 * is no fault of the request, which may be sent again.
 *
 * @throws Problem `not-ready`.
 */
export function translated<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) {
      throw new Problem('not-ready', { cause: error });
    }
    throw error;
  }
}
