import Database from 'better-sqlite3';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Opens a database file, creating it and its folder where there is none; `:memory:` lives as long as the handle.
 * `busyTimeout` is how long a statement waits for another process's lock, in milliseconds.
 * Every committed transaction is on disk when it returns (`synchronous=FULL`).
 */
export function openDatabase(file: string, busyTimeout = 5_000): Database.Database {
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true });
  const database = new Database(file, { timeout: busyTimeout });
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.pragma('foreign_keys = ON');
  database.pragma('trusted_schema = OFF');
  return database;
}
