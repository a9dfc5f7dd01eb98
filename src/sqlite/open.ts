import Database from 'better-sqlite3';
import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { plannedOnce } from './planned-once.ts';

/** A file that is no database of ours, with a sentence for the operator. */
export class DatabaseRefused extends Error {
  override readonly name = 'DatabaseRefused';
}

/**
 * Opens a database file, creating it and its folder where there is none; `:memory:` lives as long as the handle.
 * `busyTimeout` is how long a statement waits for another process's lock, in milliseconds.
 * Every committed transaction is on disk when it returns (`synchronous=FULL`).
 *
 * @throws DatabaseRefused when the file cannot be opened or is no database.
 */
export function openDatabase(file: string, busyTimeout = 5_000): Database.Database {
  let database: Database.Database | undefined;
  try {
    if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true });
    database = new Database(file, { timeout: busyTimeout });
    return prepared(database);
  } catch (error) {
    database?.close();
    throw new DatabaseRefused(`The database ${file} cannot be opened: ${(error as Error).message}. Set NIANBAO_DB.`, {
      cause: error,
    });
  }
}

/**
 * Opens a database file to be read and never written: its bytes stay as they are.
 *
 * @throws DatabaseRefused when there is no such file, or it is no database.
 */
export function openToRead(file: string): Database.Database {
  if (!existsSync(file)) throw new DatabaseRefused(`There is no file ${file}.`);
  let database: Database.Database | undefined;
  try {
    database = new Database(file, { readonly: true });
    database.pragma('query_only = ON');
    database.pragma('trusted_schema = OFF');
    database.pragma(`cache_size = -${cacheSize}`);
    // Nothing has been read so far, so anything would do for a database.
    database.pragma('schema_version');
    return plannedOnce(database);
  } catch (error) {
    database?.close();
    throw new DatabaseRefused(`${file} cannot be read as a database: ${(error as Error).message}.`, { cause: error });
  }
}

/** Page cache, in KiB: the reports of a city are asked for again and again. */
const cacheSize = 65_536;

/**
 * After how many pages the log is copied into the database: a page that is written again and again, as those of an index
 * are when many reports come at once, is copied once. The log takes 16 MiB then.
 */
export const pagesLogged = 4_000;

function prepared(database: Database.Database): Database.Database {
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.pragma(`wal_autocheckpoint = ${pagesLogged}`);
  // What a savepoint may have to undo would be written to a file of its own: as much again as the writes themselves.
  database.pragma('temp_store = MEMORY');
  database.pragma('foreign_keys = ON');
  database.pragma('trusted_schema = OFF');
  database.pragma(`cache_size = -${cacheSize}`);
  return plannedOnce(database);
}
