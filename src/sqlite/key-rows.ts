import type { Role } from '../domain/access.ts';
import { keyFrom, type Key, type KeySecret } from '../domain/key.ts';
import type { Credential } from '../domain/store.ts';

/** A row of `keys`. */
export interface KeyRow {
  readonly id: string;
  readonly name: string | null;
  readonly role: Role;
  readonly agency_id: string | null;
  readonly created_at: string;
  readonly created_by: string | null;
  readonly expires_at: string | null;
  readonly revoked_at: string | null;
  readonly last_used_at: string | null;
}

/** A row of `key_secrets`. */
export interface SecretRow {
  readonly hash: string;
  readonly created_at: string;
  readonly expires_at: string | null;
}

export type CredentialRow = Pick<KeyRow, 'id' | 'role' | 'agency_id' | 'expires_at' | 'last_used_at'>;

export function credentialFrom({ id, role, agency_id, expires_at, last_used_at }: CredentialRow): Credential {
  return {
    principal: { keyId: id, role, ...(agency_id !== null && { agencyId: agency_id }) },
    ...(expires_at !== null && { expiresAt: expires_at }),
    ...(last_used_at !== null && { lastUsedAt: last_used_at }),
  };
}

export function keyFromRow({ id, role, created_at: createdAt, ...row }: KeyRow, secrets: readonly SecretRow[]): Key {
  return keyFrom({
    id,
    name: row.name ?? undefined,
    role,
    agencyId: row.agency_id ?? undefined,
    createdAt,
    createdBy: row.created_by ?? undefined,
    expiresAt: row.expires_at ?? undefined,
    revokedAt: row.revoked_at ?? undefined,
    secrets: secrets.map(secretFrom),
  });
}

function secretFrom({ hash, created_at: createdAt, expires_at }: SecretRow): KeySecret {
  return { hash, createdAt, ...(expires_at !== null && { expiresAt: expires_at }) };
}

export function toRow({ id, name, role, agencyId, createdAt, createdBy, expiresAt, revokedAt }: Key) {
  return {
    id,
    name: name ?? null,
    role,
    agencyId: agencyId ?? null,
    createdAt,
    createdBy: createdBy ?? null,
    expiresAt: expiresAt ?? null,
    revokedAt: revokedAt ?? null,
  };
}
