import type { FastifyRequest } from 'fastify';
import type { Store } from '../domain/store.ts';
import { authenticate, presentedHash } from './auth.ts';

/** Whether the key of a request that lasts long would be let in now as it was then. */
export async function isStillAdmitted({ headers, principal }: FastifyRequest, store: Store): Promise<boolean> {
  const now = await authenticate(presentedHash(headers.authorization ?? ''), store).catch(() => undefined);
  return JSON.stringify(now) === JSON.stringify(principal);
}
