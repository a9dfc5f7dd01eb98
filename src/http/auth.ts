import type { FastifyInstance, FastifyRequest } from 'fastify';
import { timingSafeEqual } from 'node:crypto';
import { scopeOf, type Principal, type Scope } from '../domain/access.ts';
import { Problem } from '../domain/problem.ts';
import type { Store } from '../domain/store.ts';
import { keyHash } from '../operations/ensure-admin-key.ts';

declare module 'fastify' {
  interface FastifyRequest {
    principal: Principal | undefined;
    /** How much the caller may have of what the route is about. */
    scope: Scope;
  }
  interface FastifyContextConfig {
    /** The operationId, by which `domain/access.ts` decides; routes without one are open (documentation). */
    operation?: string;
    /** What the answer comes as. */
    mediaType?: string;
  }
}

/** Refuses whoever may not do what the route does, before the body is read. */
export function guardRoutes(app: FastifyInstance, store: Store): void {
  app.decorateRequest('principal', undefined);
  app.decorateRequest('scope', 'none');
  app.addHook('onRequest', async (request) => {
    const { operation } = request.routeOptions.config;
    if (operation === undefined) return;
    request.principal = await authenticate(request, store);
    request.scope = scopeOf(request.principal, operation);
    if (request.scope === 'none') throw new Problem('key-missing');
  });
}

/** @throws Problem `key-unknown` when a key is given that nobody holds. */
async function authenticate({ headers }: FastifyRequest, store: Store): Promise<Principal | undefined> {
  if (headers.authorization === undefined) return undefined;
  const key = /^Bearer +(\S+)$/i.exec(headers.authorization)?.[1];
  const hash = key === undefined ? undefined : keyHash(key);
  const stored = hash && (await store.findKey(hash.toString('hex')));
  if (!stored || !timingSafeEqual(Buffer.from(stored.hash, 'hex'), hash)) throw new Problem('key-unknown');
  return { keyId: stored.id, role: stored.role };
}
