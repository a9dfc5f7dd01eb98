import Database from 'better-sqlite3';
import { join } from 'node:path';
import type { Test } from 'tap';
import type { Store } from '../../src/domain/store.ts';
import { copyDatabase } from '../../src/sqlite/copy.ts';
import { openStore } from '../../src/sqlite/store.ts';

/** A row of a view, as any SQLite gives it out. */
export type Row = Readonly<Record<string, string | number | null>>;

export type Read = (sql: string, ...values: readonly (string | number)[]) => Row[];

/** A store on a file, and the file. */
export function storeOnFile(t: Test): { store: Store; file: string } {
  const file = join(t.testdir(), 'nianbao.db');
  const store = openStore(file);
  t.teardown(() => store.close());
  return { store, file };
}

let copies = 0;

/** Reads a backup as another program does: by a connection of its own that is given nothing of ours. */
export async function copyOf(t: Test, file: string): Promise<Read> {
  const copy = join(t.testdirName, `copy-${(copies += 1)}.db`);
  await copyDatabase(file, copy, async () => undefined);
  const database = new Database(copy, { readonly: true });
  t.teardown(() => database.close());
  return (sql, ...values) => database.prepare<unknown[], Row>(sql).all(...values);
}
