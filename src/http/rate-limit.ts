import rateLimit, { normalizeIP } from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from '../domain/problem.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Answers however often it is asked: what keeps the service running asks it. */
    unlimited?: boolean;
  }
}

/** What limits are counted over, in milliseconds. */
const timeWindow = 60_000;

/** How many unknown keys an address may send in a minute before it is told to wait. */
const mostUnknownKeys = 10;

/** Counts a request; answers a problem once there were too many of its kind. */
export type Count = (request: FastifyRequest) => Promise<Problem | undefined>;

/**
 * Makes limits possible. Counts are kept in memory, for this process alone: of five thousand keys and addresses, those not
 * heard of longest are forgotten.
 *
 * @returns what counts keys that open nothing, by address. Whoever shares the address with a good key is not slowed down.
 */
export async function addLimits(app: FastifyInstance): Promise<Count> {
  await app.register(rateLimit, { global: false });
  return limiter(app, mostUnknownKeys, ({ ip }) => normalizeIP(ip));
}

/**
 * Refuses whoever asks more than `max` times a minute: a key, or an address where there is no key. Comes after the
 * caller is known; 0 is no limit.
 */
export function limitRequests(app: FastifyInstance, max: number): void {
  if (max === 0) return;
  const count = limiter(app, max, ({ principal, ip }) => (principal ? `key ${principal.keyId}` : normalizeIP(ip)));
  app.addHook('onRequest', (request, _reply, done) => {
    if (request.routeOptions.config.unlimited) return done();
    count(request).then(done, done);
  });
}

function limiter(app: FastifyInstance, max: number, keyGenerator: (request: FastifyRequest) => string): Count {
  const count = app.createRateLimit({ max, timeWindow, keyGenerator });
  return async (request) => {
    const counted = await count(request);
    if (counted.isAllowed || !counted.isExceeded) return undefined;
    return new Problem('too-many-requests', { params: { seconds: counted.ttlInSeconds } });
  };
}
