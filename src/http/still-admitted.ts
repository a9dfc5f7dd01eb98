import type { FastifyRequest } from 'fastify';
import type { Service } from '../operations/service.ts';
import { presentedHash } from './caller.ts';

/** Whether the key of a request that lasts long would be let in now as it was then. */
export async function isStillAdmitted(request: FastifyRequest, { store, now }: Service): Promise<boolean> {
  const { headers, principal } = request;
  const found = await store.findCredential(presentedHash(headers.authorization ?? ''));
  if (!found || (found.expiresAt !== undefined && found.expiresAt <= now().toISOString())) return false;
  return JSON.stringify(found.principal) === JSON.stringify(principal);
}
