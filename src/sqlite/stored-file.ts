import type { Database } from 'better-sqlite3';
import type { Event } from '../domain/event.ts';
import type { Store } from '../domain/store.ts';
import { eventStore } from './events.ts';
import { MigrationRefused, pendingMigrations } from './migrations.ts';
import { DatabaseRefused, openToRead } from './open.ts';
import { migrationsFolder, storeOn } from './store.ts';

/** How much a file holds. */
export interface Holding {
  readonly reports: number;
  /** The end of the record of events, to be noted elsewhere; absent where it is empty, or an older program kept none. */
  readonly lastEvent?: Pick<Event, 'sequence' | 'hash'>;
}

/** A database file as it is; nothing is written to it, nor brought up to date. */
export interface StoredFile extends Holding {
  /** The migrations a start of this program would apply. */
  readonly pending: readonly string[];
  /** What SQLite finds wrong with the file itself, at most twenty. */
  readonly damage: () => readonly string[];
  /** Where rows refer to what is missing. */
  readonly strays: () => readonly string[];
  /** The store in it, all of it as of one moment; for a file with nothing pending. */
  readonly store: () => Store;
  readonly close: () => void;
}

/** Enough to see how bad it is. */
const mostFound = 20;

/**
 * Opens a file of ours to look at it.
 *
 * @throws DatabaseRefused when it is no database of ours; MigrationRefused when a newer program wrote it.
 */
export function openStoredFile(file: string): StoredFile {
  const database = openToRead(file);
  try {
    database.exec('BEGIN');
    const pending = pendingMigrations(database, migrationsFolder).map((migration) => migration.file);
    const lastEvent = pending.length === 0 ? eventStore(database).newest() : undefined;
    return {
      reports: database.prepare<[], number>('SELECT count(*) FROM reports').pluck().get() ?? 0,
      ...(lastEvent && { lastEvent }),
      pending,
      damage: () => damage(database),
      strays: () => strays(database),
      store: () => storeOn(database),
      close: () => void database.close(),
    };
  } catch (error) {
    database.close();
    if (error instanceof MigrationRefused) throw error;
    const { message } = error as Error;
    throw new DatabaseRefused(`${file} is no database of nianbao, or is damaged: ${message}.`, { cause: error });
  }
}

function damage(database: Database): string[] {
  try {
    const said = database.pragma(`integrity_check(${mostFound})`) as { readonly integrity_check: string }[];
    return said.map((row) => row.integrity_check).filter((line) => line !== 'ok');
  } catch (error) {
    return [(error as Error).message];
  }
}

interface StrayRow {
  readonly table: string;
  readonly parent: string;
  readonly rows: number;
}

function strays(database: Database): string[] {
  const found = database
    .prepare<[], StrayRow>(
      'SELECT "table", parent, count(*) AS rows FROM pragma_foreign_key_check GROUP BY "table", parent',
    )
    .all();
  return found.map(({ table, parent, rows }) => `${table}: what ${rows} rows refer to in ${parent} is missing`);
}
