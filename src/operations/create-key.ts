import { momentFrom } from '../domain/calendar.ts';
import type { Order } from '../domain/event.ts';
import { keyFaults, keyFrom, keyView, type KeyInput } from '../domain/key.ts';
import { Problem } from '../domain/problem.ts';
import type { IssuedKey } from './change-key.ts';
import { newSecret, secretHash } from './key-secret.ts';
import type { Service } from './service.ts';

/**
 * Issues a key; its secret is in the answer and nowhere else.
 *
 * @throws Problem `key-exists`, `key-refused`.
 */
export async function createKey(service: Service, { act, by }: Order, input: KeyInput): Promise<IssuedKey> {
  const { store, now, random } = service;
  const at = now().toISOString();
  const secret = newSecret(service);
  const id = input.id ?? `k-${random(8).toString('hex')}`;
  const key = keyFrom({
    ...input,
    id,
    createdAt: at,
    createdBy: by.keyId,
    expiresAt: input.expiresAt && (momentFrom(input.expiresAt) ?? input.expiresAt),
    secrets: [{ hash: secretHash(secret), createdAt: at }],
  });
  return store.changeKey<IssuedKey>(id, ({ stored, find }) => {
    if (stored) throw new Problem('key-exists', { params: { keyId: id } });
    const faults = keyFaults(key, by, find);
    if (faults.length > 0) throw new Problem('key-refused', { faults });
    return { write: key, deed: { act, by, at }, result: { ...keyView(key), key: secret } };
  });
}
