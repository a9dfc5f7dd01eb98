import type { FastifyRequest } from 'fastify';
import type { Service } from '../operations/service.ts';
import { presentedHash } from './caller.ts';

/** Whether the key of a request that lasts long would be let in now as it was then; what a key may do is never changed. */
export async function isStillAdmitted({ method, headers }: FastifyRequest, { store, now }: Service): Promise<boolean> {
  const found = await store.findCredential(presentedHash(method, headers.authorization ?? ''));
  return found !== undefined && (found.expiresAt === undefined || found.expiresAt > now().toISOString());
}
