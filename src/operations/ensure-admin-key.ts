import { keyFrom, type Key } from '../domain/key.ts';
import { newSecret, secretHash } from './key-secret.ts';
import type { Service } from './service.ts';

const adminKeyId = 'admin';

/** A secret that is another key's already, with a sentence for the operator. */
export class AdminKeyRefused extends Error {
  override readonly name = 'AdminKeyRefused';
}

/**
 * Sees to it that there is an admin key: the one given, which then is its only secret, or, where none was ever made, a
 * new one.
 *
 * @returns the new secret, to be shown once; `undefined` where nothing was made.
 * @throws AdminKeyRefused
 */
export async function ensureAdminKey(service: Service, given: string | undefined): Promise<string | undefined> {
  const { store, now } = service;
  const at = now().toISOString();
  if (given !== undefined) await refuseOthersSecret(service, given);
  return store.changeKey<string | undefined>(adminKeyId, ({ stored }) => {
    if (given === undefined && stored) return { result: undefined };
    const secret = given ?? newSecret(service);
    const write = adminKey(stored, secretHash(secret), at);
    if (JSON.stringify(write) === JSON.stringify(stored)) return { result: undefined };
    return { write, deed: { act: 'ensureAdminKey', at }, result: given === undefined ? secret : undefined };
  });
}

/** The admin key with one secret: whatever was done to it otherwise is undone, or nobody might get in any more. */
function adminKey(stored: Key | undefined, hash: string, at: string): Key {
  const known = stored?.secrets.find((secret) => secret.hash === hash && secret.expiresAt === undefined);
  return keyFrom({
    id: adminKeyId,
    name: stored?.name,
    role: 'admin',
    createdAt: stored?.createdAt ?? at,
    secrets: [known ?? { hash, createdAt: at }],
  });
}

async function refuseOthersSecret({ store }: Service, secret: string): Promise<void> {
  const credential = await store.findCredential(secretHash(secret));
  if (credential === undefined || credential.principal.keyId === adminKeyId) return;
  const { keyId } = credential.principal;
  throw new AdminKeyRefused(`NIANBAO_ADMIN_KEY is the secret of the key “${keyId}”. Take one that is no other key's.`);
}
