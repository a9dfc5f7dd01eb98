import type { FastifyInstance, FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
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
    /** What the answer may come as, the usual first. */
    mediaTypes?: readonly string[];
  }
}

/** How long a key is known without asking the store again, in milliseconds: a key revoked works no longer than that. */
const knownFor = 1_000;

/** How many keys are known at once. */
const mostKnown = 1_000;

/** Refuses whoever may not do what the route does, before the body is read. */
export function guardRoutes(app: FastifyInstance, store: Store): void {
  const known = new LRUCache<string, Principal>({ max: mostKnown, ttl: knownFor });
  app.decorateRequest('principal', undefined);
  app.decorateRequest('scope', 'none');
  // A callback, not a promise: a key that is known costs every request no turn of the event loop.
  app.addHook('onRequest', (request, _reply, done) => {
    const { operation } = request.routeOptions.config;
    const { authorization } = request.headers;
    if (operation === undefined) return done();
    if (authorization === undefined) return done(admit(request, undefined, operation));
    const hash = presentedHash(authorization);
    const principal = known.get(hash);
    if (principal) return done(admit(request, principal, operation));
    authenticate(hash, store).then((found) => {
      known.set(hash, found);
      done(admit(request, found, operation));
    }, done);
  });
}

/** Lets a request go on with what its caller may have, or tells why not. */
function admit(request: FastifyRequest, principal: Principal | undefined, operation: string): Problem | undefined {
  request.principal = principal;
  request.scope = scopeOf(principal, operation);
  return request.scope === 'none' ? new Problem('key-missing') : undefined;
}

/** The hash of the key a header presents; a header of another form is the key of nobody. */
function presentedHash(authorization: string): string {
  const key = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
  return key === undefined ? '' : keyHash(key);
}

/** @throws Problem `key-unknown` when nobody holds the key. */
async function authenticate(hash: string, store: Store): Promise<Principal> {
  const stored = await store.findKey(hash);
  if (!stored || !timingSafeEqual(Buffer.from(stored.hash), Buffer.from(hash))) throw new Problem('key-unknown');
  return { keyId: stored.id, role: stored.role };
}
