import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isDecided, may, scopeOf, type Principal, type Relation, type Scope } from '../domain/access.ts';
import type { Order } from '../domain/event.ts';
import { Problem } from '../domain/problem.ts';
import type { Store } from '../domain/store.ts';
import { notAllowed, refusalOf, relationTo } from '../operations/permission.ts';

declare module 'fastify' {
  interface FastifyRequest {
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

/** Refuses whoever may not do what the route does, before the body is read; comes after the caller is known. */
export function guardRoutes(app: FastifyInstance, store: Store): void {
  app.decorateRequest('relation', 'outside');
  app.decorateRequest('scope', 'none');
  app.addHook('onRoute', ({ config }) => {
    const { operation } = config ?? {};
    if (operation !== undefined && !isDecided(operation)) throw new Error(`who may ${operation}? See domain/access.ts`);
  });
  // A callback, not a promise: a key bound to no agency costs a request no turn of the event loop.
  app.addHook('onRequest', (request, _reply, done) => {
    const { operation } = request.routeOptions.config;
    const { principal } = request;
    if (operation === undefined) return done();
    if (!principal) return done(admit(request, operation, 'outside'));
    if (principal.agencyId === undefined) return done(admit(request, operation, 'below'));
    admitBound(request, principal, operation).then(done, done);
  });

  async function admitBound(
    request: FastifyRequest,
    principal: Principal,
    operation: string,
  ): Promise<Problem | undefined> {
    const agencyId = targetOf(request, principal);
    const relation = await relationTo(store, principal, agencyId);
    const refused = admit(request, operation, relation);
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

/** Lets a request go on with what its caller may have, or tells why not. */
function admit(request: FastifyRequest, operation: string, relation: Relation): Problem | undefined {
  const { principal } = request;
  request.relation = relation;
  request.scope = scopeOf(principal, operation, relation);
  return request.scope === 'none' ? refusedTo(request, operation) : undefined;
}

function refusedTo({ principal, relation }: FastifyRequest, operation: string): Problem {
  return principal ? notAllowed(principal, operation, relation) : new Problem('key-missing');
}

/**
 * Refuses whoever may have what has been published and no more.
 *
 * @throws Problem `key-missing`, `not-allowed`, `agency-not-yours`.
 */
export function requireAll(request: FastifyRequest): void {
  const { operation } = request.routeOptions.config;
  if (request.scope !== 'all' && operation !== undefined) throw refusedTo(request, operation);
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
  if (principal && !may(principal, operation, relation)) throw notAllowed(principal, operation, relation);
}

/** Who asks for what. */
export function orderOf({ principal, ip, id, routeOptions }: FastifyRequest): Order {
  const { operation } = routeOptions.config;
  if (!principal || operation === undefined) throw new Error('an act without a key');
  return { act: operation, by: { ...principal, address: ip, requestId: id } };
}
