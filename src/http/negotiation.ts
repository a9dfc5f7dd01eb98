import type { FastifyInstance } from 'fastify';
import Negotiator from 'negotiator';
import { Problem } from '../domain/problem.ts';

/** What most callers say, and need not be read closely. */
const anything = new Set<string | undefined>([undefined, '', '*/*', 'application/json']);

/** Refuses a request for a format that is not offered, before anything is read. */
export function negotiateFormat(app: FastifyInstance): void {
  app.addHook('onRequest', ({ headers, routeOptions }, _reply, done) => {
    const { accept = '' } = headers;
    const { mediaType } = routeOptions.config;
    if (mediaType === undefined || (anything.has(accept) && mediaType === 'application/json')) return done();
    const acceptable = accept === '' || new Negotiator({ headers }).mediaType([mediaType]) !== undefined;
    done(acceptable ? undefined : new Problem('not-acceptable', { params: { accept, offered: mediaType } }));
  });
}
