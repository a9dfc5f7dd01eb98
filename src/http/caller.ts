import type { FastifyInstance, FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import type { Principal } from '../domain/access.ts';
import { Problem } from '../domain/problem.ts';
import type { Credential } from '../domain/store.ts';
import { secretHash } from '../operations/key-secret.ts';
import type { Service } from '../operations/service.ts';
import type { Count } from './rate-limit.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks; absent where no key was sent. */
    principal: Principal | undefined;
  }
}

/** How long a key is known without asking the store again, in milliseconds: what another process changed of it holds by then. */
const knownFor = 1_000;

/** How many keys are known at once. */
const mostKnown = 1_000;

/** When a key was used last is kept to the minute. */
const minute = 60_000;

interface KnownCredential extends Credential {
  /** The minute of its last use, counted from 1970. */
  usedIn: number;
}

/**
 * Finds out who asks, by the key that is sent; whoever sends one that opens nothing is refused, and slowed down.
 *
 * @returns a function to be called when a key was changed: from then on what it was is not believed.
 */
export function identifyCallers(app: FastifyInstance, { store, now }: Service, countUnknown: Count): () => void {
  const known = new LRUCache<string, KnownCredential>({ max: mostKnown, ttl: knownFor });
  app.decorateRequest('principal', undefined);
  // A callback, not a promise: a key that is known costs a request no turn of the event loop.
  app.addHook('onRequest', (request, _reply, done) => {
    const { authorization } = request.headers;
    if (authorization === undefined || request.routeOptions.config.operation === undefined) return done();
    const hash = presentedHash(request.method, authorization);
    const credential = known.get(hash);
    if (credential && accept(request, credential)) return done();
    look(request, hash).then(done, done);
  });

  async function look(request: FastifyRequest, hash: string): Promise<Problem | undefined> {
    const found = await store.findCredential(hash);
    if (!found) return refusal(request);
    const credential = { ...found, usedIn: Math.floor(Date.parse(found.lastUsedAt ?? '') / minute) };
    known.set(hash, credential);
    return accept(request, credential) ? undefined : refusal(request);
  }

  /** Whether the key still opens anything; it then is the caller's. */
  function accept(request: FastifyRequest, credential: KnownCredential): boolean {
    const time = now();
    if (credential.expiresAt !== undefined && credential.expiresAt <= time.toISOString()) return false;
    request.principal = credential.principal;
    const usedIn = Math.floor(time.getTime() / minute);
    if (usedIn !== credential.usedIn) keepLastUse(request, credential, usedIn);
    return true;
  }

  /** Not in the request's way: it is answered whether or not this can be written. */
  function keepLastUse({ log }: FastifyRequest, credential: KnownCredential, usedIn: number): void {
    credential.usedIn = usedIn;
    const { keyId } = credential.principal;
    store.keepLastUse(keyId, new Date(usedIn * minute).toISOString()).catch((error: unknown) => {
      log.warn({ err: error, key: keyId }, 'the last use of a key was not kept');
    });
  }

  async function refusal(request: FastifyRequest): Promise<Problem> {
    return (await countUnknown(request)) ?? new Problem('key-unknown');
  }

  return () => known.clear();
}

/**
 * The hash of the key a header presents; a header of another form is the key of nobody. A password is for reading: a
 * browser that has been told one sends it by itself, whatever page asks.
 */
export function presentedHash(method: string, authorization: string): string {
  const reads = method === 'GET' || method === 'HEAD';
  const secret = /^Bearer +(\S+)$/i.exec(authorization)?.[1] ?? (reads ? passwordIn(authorization) : undefined);
  return secret === undefined ? '' : secretHash(secret);
}

/** The password of HTTP Basic (RFC 7617), which is all some programs can send; under which name makes no difference. */
function passwordIn(authorization: string): string | undefined {
  const pair = /^Basic +([A-Za-z0-9+/]+={0,2})$/i.exec(authorization)?.[1];
  return pair === undefined ? undefined : /^[^:]*:(.+)$/s.exec(Buffer.from(pair, 'base64').toString('utf8'))?.[1];
}
