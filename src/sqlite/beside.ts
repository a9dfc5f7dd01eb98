import type { Database } from 'better-sqlite3';
import { closeSync, fdatasync, openSync } from 'node:fs';
import { promisify } from 'node:util';
import { checkpoints } from './checkpoints.ts';
import { openDatabase, pagesLogged } from './open.ts';
import { transaction } from './transaction.ts';

const toDisk = promisify(fdatasync);

/** A connection beside the usual one, for transactions that take long: whoever reads by the usual one goes on. */
export interface Beside extends Omit<ReturnType<typeof transaction>, 'commit'> {
  readonly database: Database;
  /** Whether others read meanwhile; a database in memory has one connection, and all is done in one turn. */
  readonly othersRead: boolean;
  /** Resolves when it is on disk. */
  readonly commit: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export function openBeside(usual: Database): Beside {
  if (usual.memory) {
    const { commit, ...parts } = transaction(usual);
    return { ...parts, database: usual, othersRead: false, commit: async () => commit(), close: async () => undefined };
  }
  const database = openDatabase(usual.name, usual.pragma('busy_timeout', { simple: true }) as number);
  try {
    const { commit, close } = commitBeside(usual, database);
    return { ...transaction(database), database, othersRead: true, commit, close };
  } catch (error) {
    database.close();
    throw error;
  }
}

/**
 * Commits without stopping the program while the disk is waited for: SQLite writes its log (`synchronous=NORMAL`), and
 * that is made durable beside the main thread. Until it is, readers are kept at what was there before, so that nobody is
 * told what a power cut could take back.
 */
function commitBeside(usual: Database, own: Database) {
  own.pragma('synchronous = NORMAL');
  own.pragma('wal_autocheckpoint = 0');
  const file = fileOf(own);
  const log = openSync(`${file}-wal`, 'r+');
  const { copy, close } = checkpoints(file);
  const [begin, look, end] = ['BEGIN', 'SELECT count(*) FROM sqlite_schema', 'COMMIT'].map((sql) => usual.prepare(sql));
  const { commit } = transaction(own);
  let refused: unknown;
  return {
    commit: async (): Promise<void> => {
      begin?.run();
      try {
        look?.get();
        commit();
        refused ??= await toDisk(log).catch((error: unknown) => error);
      } finally {
        end?.run();
      }
      if (refused !== undefined) copyAtOnce(own, refused);
      refused = undefined;
      // What readers are kept from cannot be copied: SQLite itself would do it too early.
      // Where that fails, the next ordinary commit sees to it.
      if (isLogLong(own)) await copy().catch(() => undefined);
    },
    close: async () => {
      closeSync(log);
      own.close();
      await close();
    },
  };
}

/** The database's file itself, where its name is that of a link. */
function fileOf(database: Database): string {
  return database.prepare("SELECT file FROM pragma_database_list WHERE name = 'main'").pluck().get() as string;
}

/**
 * Of a log the disk refused nobody knows what is on it, and it does not help to ask again: what comes after would be lost
 * with it. All of it is copied into the database, and it begins anew.
 *
 * @throws Error where that cannot be done either.
 */
function copyAtOnce(database: Database, refused: unknown): void {
  const [state] = database.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[];
  if (state?.busy !== 0) throw new Error('the disk refuses the log of the database', { cause: refused });
}

/** Whether the log is as long as where ordinary commits copy it into the database. */
function isLogLong(database: Database): boolean {
  const [state] = database.pragma('wal_checkpoint(NOOP)') as { log: number; checkpointed: number }[];
  return state !== undefined && state.log - state.checkpointed >= pagesLogged;
}
