import { randomBytes } from 'node:crypto';
import type { Principal } from '../../src/domain/access.ts';
import { keyHash } from '../../src/operations/ensure-admin-key.ts';
import { caller, type Call, type TestApp } from './app.ts';

export interface Held {
  readonly secret: string;
  /** Asks with the key. */
  readonly call: Call;
  /** Withdraws the key. */
  readonly withdraw: () => void;
}

/** Gives somebody a key. */
export function issueKey({ app, service: { store } }: TestApp, { keyId: id, ...bound }: Principal): Held {
  const secret = randomBytes(32).toString('base64url');
  const findKey = store.findKey.bind(store);
  store.findKey = async (hash) => (hash === keyHash(secret) ? { id, hash, ...bound } : findKey(hash));
  return {
    secret,
    call: caller(app, { authorization: `Bearer ${secret}` }),
    withdraw: () => void (store.findKey = findKey),
  };
}
