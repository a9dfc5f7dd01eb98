import Database from 'better-sqlite3';

/** What the thread does: copies the log of a database into it, as far as nobody reads by it. */
export default function checkpoint(file: string): void {
  const database = new Database(file, { fileMustExist: true });
  try {
    database.pragma('wal_checkpoint(PASSIVE)');
  } finally {
    database.close();
  }
}
