import type { Order } from '../domain/event.ts';
import { isLastingAdmin, keyView, reachesKeysOf, type Key, type KeyView } from '../domain/key.ts';
import { meetConditions, type Conditions } from '../domain/precondition.ts';
import { Problem } from '../domain/problem.ts';
import type { Service } from './service.ts';
import { contentTag } from './tags.ts';
import type { Written } from './write-outcome.ts';

export interface KeyWrite extends Order {
  readonly id: string;
  readonly conditions: Conditions;
}

/** A key with its secret, which is shown this once and kept nowhere. */
export type IssuedKey = KeyView & { readonly key: string };

/**
 * Changes a key that is there and within the caller's reach.
 *
 * @throws Problem `key-not-found`, `precondition-failed`, `key-revoked`, `last-admin-key`, and what `next` throws.
 */
export async function changeKey(
  { store, now }: Service,
  { id, conditions, act, by }: KeyWrite,
  next: (stored: Key, at: string) => Key,
): Promise<Written<KeyView>> {
  const at = now().toISOString();
  return store.changeKey<Written<KeyView>>(id, ({ stored, find, admins }) => {
    if (!stored || !reachesKeysOf(by, stored.agencyId, find)) throw keyNotFound(id);
    const key = next(stored, at);
    const written = { resource: keyView(key), tag: keyTag(key) };
    if (JSON.stringify(key) === JSON.stringify(stored)) return { result: { outcome: 'unchanged', ...written } };
    meetConditions(conditions, keyTag(stored), false);
    refuseRevoked(stored);
    if (isLastingAdmin(stored) && !isLastingAdmin(key)) refuseLockout(id, admins());
    return { write: key, deed: { act, by, at }, result: { outcome: 'updated', ...written } };
  });
}

export function keyNotFound(keyId: string): Problem {
  return new Problem('key-not-found', { params: { keyId } });
}

/** A key's entity tag. When it was used last is no part of it: whoever changes a key in use would meet another tag each time. */
export function keyTag(key: Key): string {
  return contentTag(JSON.stringify(keyView(key)));
}

function refuseRevoked({ id, revokedAt }: Key): void {
  if (revokedAt !== undefined) throw new Problem('key-revoked', { params: { keyId: id, revokedAt } });
}

function refuseLockout(keyId: string, admins: readonly Key[]): void {
  if (admins.some((other) => other.id !== keyId && isLastingAdmin(other))) return;
  throw new Problem('last-admin-key', { params: { keyId } });
}
