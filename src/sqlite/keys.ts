import type { Database } from 'better-sqlite3';
import type { FindAgency } from '../domain/agency.ts';
import { keyEntry } from '../domain/event.ts';
import type { Key } from '../domain/key.ts';
import type { Credential, KeyDecision, KeyQuery, PageOf, StoredKey, UsedKey } from '../domain/store.ts';
import { subtree } from './agencies.ts';
import { told, type EventStore } from './events.ts';
import { credentialFrom, keyFromRow, toRow, type CredentialRow, type KeyRow, type SecretRow } from './key-rows.ts';
import { queries, type Condition } from './query.ts';

const conditions: readonly Condition<KeyQuery>[] = [
  ({ role }) => role !== undefined && 'role = :role',
  ({ under }) => under !== undefined && `agency_id IN (${subtree})`,
];

/** API keys and what opens them. */
export function keyStore(database: Database, find: FindAgency, append: EventStore['append']) {
  const select = queries<KeyRow>(database);
  const byHash = database.prepare<[string], CredentialRow>(`
    SELECT
      k.id, k.role, k.agency_id, k.last_used_at,
      min(coalesce(k.expires_at, s.expires_at), coalesce(s.expires_at, k.expires_at)) AS expires_at
    FROM key_secrets AS s
    JOIN keys AS k ON k.id = s.key_id
    WHERE s.hash = ?
  `);
  const byId = database.prepare<[string], KeyRow>('SELECT * FROM keys WHERE id = ?');
  const admins = database.prepare<[], KeyRow>("SELECT * FROM keys WHERE role = 'admin'");
  const secrets = database.prepare<[string], SecretRow>(
    'SELECT hash, created_at, expires_at FROM key_secrets WHERE key_id = ? ORDER BY rowid DESC',
  );
  const use = database.prepare<{ id: string; at: string }>(
    'UPDATE keys SET last_used_at = :at WHERE id = :id AND last_used_at IS NOT :at',
  );

  const fromRow = (row: KeyRow): Key => keyFromRow(row, secrets.all(row.id));
  const usedKey = (row: KeyRow): UsedKey => ({
    key: fromRow(row),
    ...(row.last_used_at !== null && { lastUsedAt: row.last_used_at }),
  });
  const save = saving(database);

  return {
    credential: (hash: string): Credential | undefined => {
      const row = byHash.get(hash);
      return row && credentialFrom(row);
    },
    find: (id: string): UsedKey | undefined => {
      const row = byId.get(id);
      return row && usedKey(row);
    },
    list(query: KeyQuery, { after, limit }: PageOf<string>): UsedKey[] {
      const where = conditions.map((condition) => condition(query));
      const rows = select(
        'SELECT * FROM keys',
        [...where, after !== undefined && 'id > :after'],
        'ORDER BY id LIMIT :limit',
      );
      return rows.all({ ...query, after, limit }).map(usedKey);
    },
    change<Result>(id: string, decide: (stored: StoredKey) => KeyDecision<Result>): Result {
      const row = byId.get(id);
      const { write, deed, result } = decide({
        stored: row && fromRow(row),
        find,
        admins: () => admins.all().map(fromRow),
      });
      if (!write) return result;
      save(write);
      append(keyEntry(told(deed), write));
      return result;
    },
    use: (id: string, at: string): void => void use.run({ id, at }),
  };
}

export type KeyStore = ReturnType<typeof keyStore>;

/** Writes a key, its secrets in the order they were made. */
function saving(database: Database): (key: Key) => void {
  const upsert = database.prepare(`
    INSERT INTO keys (id, name, role, agency_id, created_at, created_by, expires_at, revoked_at)
    VALUES (:id, :name, :role, :agencyId, :createdAt, :createdBy, :expiresAt, :revokedAt)
    ON CONFLICT (id) DO UPDATE SET
      name = excluded.name, role = excluded.role, agency_id = excluded.agency_id, created_at = excluded.created_at,
      created_by = excluded.created_by, expires_at = excluded.expires_at, revoked_at = excluded.revoked_at
  `);
  const removeSecrets = database.prepare<[string]>('DELETE FROM key_secrets WHERE key_id = ?');
  const insertSecret = database.prepare(`
    INSERT INTO key_secrets (hash, key_id, created_at, expires_at)
    VALUES (:hash, :id, :createdAt, :expiresAt)
  `);
  return (key) => {
    upsert.run(toRow(key));
    removeSecrets.run(key.id);
    for (const secret of key.secrets.toReversed()) {
      insertSecret.run({ ...secret, id: key.id, expiresAt: secret.expiresAt ?? null });
    }
  };
}
