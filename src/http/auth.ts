import type { FastifyInstance, FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import { timingSafeEqual } from 'node:crypto';
import { isDecided, may, scopeOf, type Principal, type Relation, type Scope } from '../domain/access.ts';
import type { Order } from '../domain/event.ts';
import { Problem } from '../domain/problem.ts';
import type { Store } from '../domain/store.ts';
import { keyHash } from '../operations/ensure-admin-key.ts';
import { notAllowed, refusalOf, relationTo } from '../operations/permission.ts';

declare module 'fastify' {
  interface FastifyRequest {
    principal: Principal | undefined;
    /** Where the agency the request is about stands to the caller's. */
    relation: Relation;
    /** How much the caller may have of what the route is about. */
    scope: Scope;
  }
  interface FastifyContextConfig {
    /** The operationId, by which `domain/access.ts` decides; routes without one are open (documentation). */
    operation?: string;
    /** What the answer may come as, the usual first. */
    mediaTypes?: readonly string[];
    /** What says which agency a request is about: its address, or a list's filters. */
    about?: 'address' | 'filters';
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
  app.decorateRequest('relation', 'outside');
  app.decorateRequest('scope', 'none');
  app.addHook('onRoute', ({ config }) => {
    const { operation } = config ?? {};
    if (operation !== undefined && !isDecided(operation)) throw new Error(`who may ${operation}? See domain/access.ts`);
  });
  // A callback, not a promise: a key that is known costs every request no turn of the event loop.
  app.addHook('onRequest', (request, _reply, done) => {
    const { operation } = request.routeOptions.config;
    const { authorization } = request.headers;
    if (operation === undefined) return done();
    if (authorization === undefined) return done(admit(request, operation, 'outside'));
    const hash = presentedHash(authorization);
    const principal = known.get(hash);
    if (principal?.agencyId === undefined && principal) return done(enter(request, principal, operation, 'below'));
    arrive(hash, request, operation).then(done, done);
  });

  async function arrive(hash: string, request: FastifyRequest, operation: string): Promise<Problem | undefined> {
    const principal = known.get(hash) ?? (await authenticate(hash, store));
    known.set(hash, principal);
    const agencyId = targetOf(request, principal);
    const relation = await relationTo(store, principal, agencyId);
    const refused = enter(request, principal, operation, relation);
    return refused && refusalOf(store, principal, operation, { agencyId, relation });
  }
}

/** The agency a request is about; a list without a filter is about the caller's own and those below it. */
function targetOf({ params, query, routeOptions }: FastifyRequest, { agencyId: root }: Principal): string | undefined {
  const { about } = routeOptions.config;
  if (about === 'address') return (params as { agencyId: string }).agencyId;
  if (about !== 'filters') return undefined;
  const { under, agency, parent } = query as Readonly<Record<string, unknown>>;
  return [under, agency, parent].find((filter) => typeof filter === 'string') ?? root;
}

function enter(request: FastifyRequest, principal: Principal, operation: string, relation: Relation) {
  request.principal = principal;
  return admit(request, operation, relation);
}

/** Lets a request go on with what its caller may have, or tells why not. */
function admit(request: FastifyRequest, operation: string, relation: Relation): Problem | undefined {
  const { principal } = request;
  request.relation = relation;
  request.scope = scopeOf(principal, operation, relation);
  if (request.scope !== 'none') return undefined;
  return principal ? notAllowed(principal, operation) : new Problem('key-missing');
}

/** The agency a list is narrowed to: as asked for, else the one the caller's key is bound to. */
export function narrowed(
  { principal }: FastifyRequest,
  { under, agency }: { readonly under?: string; readonly agency?: string },
): string | undefined {
  return under ?? (agency === undefined ? principal?.agencyId : undefined);
}

/**
 * Refuses what the caller may not do though the route is open to it, as what its body asks for.
 *
 * @throws Problem `not-allowed`.
 */
export function requireGrant({ principal, relation }: FastifyRequest, operation: string): void {
  if (principal && !may(principal, operation, relation)) throw notAllowed(principal, operation);
}

/** Who asks for what. */
export function orderOf({ principal, ip, id, routeOptions }: FastifyRequest): Order {
  const { operation } = routeOptions.config;
  if (!principal || operation === undefined) throw new Error('an act without a key');
  return { act: operation, by: { ...principal, address: ip, requestId: id } };
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
  const { id: keyId, role, agencyId } = stored;
  return { keyId, role, ...(agencyId !== undefined && { agencyId }) };
}
