import type { FastifyInstance, FastifyRequest } from 'fastify';
import Negotiator from 'negotiator';
import { Problem } from '../domain/problem.ts';

/** What most callers say, and need not be read closely. */
const anything = new Set<string | undefined>([undefined, '', '*/*', 'application/json']);

/** Refuses a request for a format that is not offered, before anything is read. */
export function negotiateFormat(app: FastifyInstance): void {
  app.addHook('onRequest', (request, _reply, done) => {
    const { mediaTypes } = request.routeOptions.config;
    done(mediaTypes && !accepted(request, mediaTypes) ? notAcceptable(request, mediaTypes) : undefined);
  });
}

/**
 * What of the media types on offer a request likes best; the first where it likes several as much.
 *
 * @throws Problem `not-acceptable` where it takes none of them.
 */
export function preferredType(request: FastifyRequest, offered: readonly string[]): string {
  const type = accepted(request, offered);
  if (type === undefined) throw notAcceptable(request, offered);
  return type;
}

function accepted({ headers }: FastifyRequest, offered: readonly string[]): string | undefined {
  if (anything.has(headers.accept) && offered[0] === 'application/json') return offered[0];
  // An empty header says as little as none.
  return headers.accept === '' ? offered[0] : new Negotiator({ headers }).mediaType([...offered]);
}

function notAcceptable({ headers }: FastifyRequest, offered: readonly string[]): Problem {
  return new Problem('not-acceptable', { params: { accept: headers.accept ?? '', offered: offered.join(', ') } });
}
