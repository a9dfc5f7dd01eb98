import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Registry } from 'prom-client';
import { Problem } from '../domain/problem.ts';
import { measureWaiting } from './metrics.ts';
import { logRequest } from './request-log.ts';

/** How many requests wait at once for what has not happened yet: of one key, and in all. */
const places = { perKey: 20, inAll: 200 } as const;

/**
 * Lets a request wait; the signal is aborted when its client has gone or the service stops.
 *
 * @throws Problem `feed-busy` where there is no place.
 */
export type EnterRoom = (request: FastifyRequest, reply: FastifyReply) => AbortSignal;

/** Where requests wait that are answered when something happens; it is measured how many do. */
export function waitingRoom(app: FastifyInstance, registry: Registry): EnterRoom {
  const waiting = new Map<AbortController, string>();
  measureWaiting(registry, () => waiting.size);
  let stopping = false;
  app.addHook('preClose', (done) => {
    stopping = true;
    for (const stay of waiting.keys()) stay.abort();
    done();
  });
  return (request, reply) => {
    const keyId = request.principal?.keyId ?? '';
    const sameKey = [...waiting.values()].filter((other) => other === keyId).length;
    if (waiting.size >= places.inAll || sameKey >= places.perKey) throw new Problem('feed-busy', { params: places });
    const stay = new AbortController();
    waiting.set(stay, keyId);
    // Comes whether it was answered or its client went away.
    reply.raw.once('close', () => {
      waiting.delete(stay);
      stay.abort();
      if (!reply.raw.writableFinished) logRequest(request, reply, 'client gone');
    });
    if (stopping) stay.abort();
    return stay.signal;
  };
}

/** Does something that waits no longer than so many seconds, nor after `ended` is aborted. */
export async function within<Result>(
  seconds: number,
  ended: AbortSignal,
  wait: (patience: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const patience = new AbortController();
  const abort = () => patience.abort();
  const timer = setTimeout(abort, seconds * 1_000);
  ended.addEventListener('abort', abort);
  if (ended.aborted) abort();
  try {
    return await wait(patience.signal);
  } finally {
    clearTimeout(timer);
    ended.removeEventListener('abort', abort);
  }
}
