import type { Database } from 'better-sqlite3';
import type { StoredKey } from '../domain/store.ts';

export function keyStore(database: Database) {
  const byHash = database.prepare<[string], StoredKey>('SELECT id, hash, role FROM keys WHERE hash = ?');
  const byId = database.prepare<[string]>('SELECT 1 FROM keys WHERE id = ?');
  const upsert = database.prepare(`
    INSERT INTO keys (id, hash, role, created_at)
    VALUES (:id, :hash, :role, :createdAt)
    ON CONFLICT (id) DO UPDATE SET hash = excluded.hash, role = excluded.role, created_at = excluded.created_at
  `);
  return {
    find: (hash: string): StoredKey | undefined => byHash.get(hash),
    has: (id: string): boolean => byId.get(id) !== undefined,
    save: (key: StoredKey & { readonly createdAt: string }): void => {
      upsert.run(key);
    },
  };
}
