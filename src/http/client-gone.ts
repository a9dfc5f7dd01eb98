import type { FastifyReply } from 'fastify';

/** Aborted when the client goes away before it is answered. Fastify's own signal is over once the body has been read. */
export function clientGone({ raw }: FastifyReply): AbortSignal {
  const gone = new AbortController();
  raw.once('close', () => {
    if (!raw.writableFinished) gone.abort();
  });
  return gone.signal;
}
