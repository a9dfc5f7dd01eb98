import { createHash, randomBytes } from 'node:crypto';
import type { Service } from './service.ts';

const adminKeyId = 'admin';

/** What is kept of a key: enough to know it again, not to use it. Keys are long and random, so one round is enough. */
export function keyHash(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}

/**
 * Sees to it that there is an admin key: the one given, or, where none was ever made, a new one.
 *
 * @returns the new key, to be shown once; `undefined` where nothing was made.
 */
export async function ensureAdminKey({ store, now }: Service, given: string | undefined): Promise<string | undefined> {
  if (given === undefined && (await store.hasKey(adminKeyId))) return undefined;
  const key = given ?? `nb_${randomBytes(32).toString('base64url')}`;
  const hash = keyHash(key).toString('hex');
  await store.saveKey({ id: adminKeyId, hash, role: 'admin', createdAt: now().toISOString() });
  return given === undefined ? key : undefined;
}
