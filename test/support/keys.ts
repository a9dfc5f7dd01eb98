import type { Principal } from '../../src/domain/access.ts';
import { createKey } from '../../src/operations/create-key.ts';
import { caller, type Call, type TestApp } from './app.ts';
import { tester } from './store.ts';

export interface Held {
  readonly secret: string;
  /** Asks with the key. */
  readonly call: Call;
  /** Withdraws the key. */
  readonly withdraw: () => Promise<void>;
}

/** Gives somebody a key. */
export async function issueKey({ app, service, call }: TestApp, { keyId, ...bound }: Principal): Promise<Held> {
  const { key: secret } = await createKey(service, { act: 'createKey', by: tester }, { id: keyId, ...bound });
  return {
    secret,
    call: caller(app, { authorization: `Bearer ${secret}` }),
    withdraw: async () => void (await call('DELETE', `/v1/keys/${keyId}`)),
  };
}
