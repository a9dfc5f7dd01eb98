import type { Database } from 'better-sqlite3';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One numbered file of SQL; the number is its place in the order, the checksum proves it has not been edited since. */
interface Migration {
  readonly number: number;
  readonly file: string;
  readonly sql: string;
  readonly checksum: string;
}

interface Applied {
  readonly number: number;
  readonly file: string;
  readonly checksum: string;
}

/** A database this program must not touch, with a sentence for the operator. */
export class MigrationRefused extends Error {
  override readonly name = 'MigrationRefused';
}

/**
 * Brings a database up to the newest migration in `folder`, each in a transaction of its own.
 *
 * @returns the files applied.
 * @throws MigrationRefused when the database is newer than the program, or an applied migration was edited.
 */
export function migrate(database: Database, folder: string): string[] {
  database.exec(`
    CREATE TABLE IF NOT EXISTS migrations (
      number INTEGER NOT NULL PRIMARY KEY,
      file TEXT NOT NULL,
      checksum TEXT NOT NULL,
      applied_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
    ) STRICT
  `);
  const pending = pendingMigrations(database, folder);
  for (const migration of pending) apply(database, migration);
  return pending.map(({ file }) => file);
}

/**
 * The migrations in `folder` that a database of ours does not have yet, in order.
 *
 * @throws MigrationRefused as `migrate` does.
 */
export function pendingMigrations(database: Database, folder: string): Migration[] {
  const migrations = readMigrations(folder);
  const applied = database.prepare<[], Applied>('SELECT number, file, checksum FROM migrations ORDER BY number').all();
  refuseStrangers(applied, migrations);
  return migrations.filter(({ number }) => applied.every((done) => done.number !== number));
}

function apply(database: Database, { number, file, checksum, sql }: Migration): void {
  const record = database.prepare('INSERT INTO migrations (number, file, checksum) VALUES (?, ?, ?)');
  database
    .transaction(() => {
      database.exec(sql);
      record.run(number, file, checksum);
    })
    .immediate();
}

function readMigrations(folder: string): Migration[] {
  return readdirSync(folder)
    .filter((file) => /^\d{4}-.*\.sql$/.test(file))
    .sort()
    .map((file) => {
      const sql = readFileSync(join(folder, file), 'utf8');
      return { number: Number(file.slice(0, 4)), file, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    });
}

function refuseStrangers(applied: readonly Applied[], migrations: readonly Migration[]): void {
  for (const { number, file, checksum } of applied) {
    const known = migrations.find((migration) => migration.number === number);
    if (!known) {
      throw new MigrationRefused(
        `The database is newer than this program: it has migration ${file}, which this version does not know. ` +
          'Start the version that wrote it, or a later one.',
      );
    }
    if (known.checksum !== checksum) {
      throw new MigrationRefused(
        `Migration ${file} was edited after it was applied to this database. Restore the file; put the change in a new migration.`,
      );
    }
  }
}
