import { hash, randomBytes } from 'node:crypto';
import type { Service } from './service.ts';

const adminKeyId = 'admin';

/**
 * What is kept of a key, SHA-256 in hexadecimal: enough to know it again, not to use it. Keys are long and random, so
 * one round is enough.
 */
export function keyHash(key: string): string {
  return hash('sha256', key);
}

/**
 * Sees to it that there is an admin key: the one given, or, where none was ever made, a new one.
 *
 * @returns the new key, to be shown once; `undefined` where nothing was made.
 */
export async function ensureAdminKey({ store, now }: Service, given: string | undefined): Promise<string | undefined> {
  if (given === undefined && (await store.hasKey(adminKeyId))) return undefined;
  const key = given ?? `nb_${randomBytes(32).toString('base64url')}`;
  await store.saveKey({ id: adminKeyId, hash: keyHash(key), role: 'admin', createdAt: now().toISOString() });
  return given === undefined ? key : undefined;
}
