import { daysAfter, momentFrom } from '../domain/calendar.ts';
import { changesOverUntil, expiryFaults, rotated, type Key } from '../domain/key.ts';
import { Problem } from '../domain/problem.ts';
import { changeKey, type IssuedKey, type KeyWrite } from './change-key.ts';
import { newSecret, secretHash } from './key-secret.ts';
import type { Service } from './service.ts';
import type { Written } from './write-outcome.ts';

/** How long the secret before goes on working where nothing is said, in days. */
const changeOver = 7;

/**
 * Gives a key a new secret, which is in the answer and nowhere else; the one before works until `oldValidUntil`.
 *
 * @throws Problem `key-refused`, `key-rotated`, and what `changeKey` throws.
 */
export async function rotateKey(
  service: Service,
  write: KeyWrite,
  { oldValidUntil }: { readonly oldValidUntil?: string },
): Promise<Written<IssuedKey>> {
  const secret = newSecret(service);
  const { resource, ...written } = await changeKey(service, write, (stored, at) => {
    if (oldValidUntil === undefined) refuseWhileChangingOver(stored, at);
    const until = oldValidUntil ?? daysAfter(at, changeOver);
    const moment = momentFrom(until);
    if (moment === undefined) throw new Problem('key-refused', { faults: expiryFaults(until, at, '/oldValidUntil') });
    return rotated(stored, { hash: secretHash(secret), createdAt: at }, moment);
  });
  return { ...written, resource: { ...resource, key: secret } };
}

/**
 * Whoever sends the request again because the answer was lost would take the secret in use away from the holder.
 *
 * @throws Problem `key-rotated`.
 */
function refuseWhileChangingOver(key: Key, at: string): void {
  const until = changesOverUntil(key, at);
  if (until !== undefined) throw new Problem('key-rotated', { params: { keyId: key.id, until } });
}
