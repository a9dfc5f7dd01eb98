import { randomUUID } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { DatabaseRefused, openDatabase, openToRead } from './open.ts';

/**
 * Copies a database that others may be writing to a file of its own, for nobody else to read (mode 0600). The copy is
 * one moment of the database. It has another name in the same folder until it is on the disk and `approve` has looked
 * at it, so that a file of the name wanted is a good copy; nothing is left of one that is refused.
 *
 * @returns what `approve` made of the copy; what it throws comes out as thrown.
 * @throws DatabaseRefused when `from` is no database, or anything has the name `to`.
 */
export async function copyDatabase<Result>(
  from: string,
  to: string,
  approve: (copy: string) => Promise<Result>,
): Promise<Result> {
  refuseTaken(to);
  const copy = join(dirname(to), `.${basename(to)}.${randomUUID()}`);
  try {
    await copyPages(from, copy);
    const approved = await approve(copy);
    flush(copy);
    // It may have been made meanwhile.
    refuseTaken(to);
    renameSync(copy, to);
    flush(dirname(to));
    return approved;
  } finally {
    for (const leftOver of [copy, `${copy}-journal`]) rmSync(leftOver, { force: true });
  }
}

/** A `-wal` left over from another database would be taken for this one's. */
function refuseTaken(to: string): void {
  const taken = [to, `${to}-wal`, `${to}-shm`, `${to}-journal`].find((file) => existsSync(file));
  if (taken === undefined) return;
  throw new DatabaseRefused(`${taken} is there already. Choose another name, or move it away.`);
}

/** More pages than a database can have. */
const allPages = 0x7fffffff;

/** Every page in one step: between two, a write of another process would make SQLite begin anew, and again. */
async function copyPages(from: string, copy: string): Promise<void> {
  const source = openToRead(from);
  try {
    closeSync(openSync(copy, 'wx', 0o600));
    await source.backup(copy, { progress: () => allPages });
    makeOneFile(copy);
  } catch (error) {
    throw new DatabaseRefused(`${from} cannot be copied: ${(error as Error).message}.`, { cause: error });
  } finally {
    source.close();
  }
}

/** Without this, whoever reads the copy would make a `-wal` and a `-shm` beside it. */
function makeOneFile(copy: string): void {
  const database = openDatabase(copy);
  database.pragma('journal_mode = DELETE');
  database.close();
}

function flush(file: string): void {
  const descriptor = openSync(file, 'r');
  fsyncSync(descriptor);
  closeSync(descriptor);
}
