import type { FastifyInstance } from 'fastify';
import { Problem } from '../domain/problem.ts';

/** Refuses a request for a format that is not offered, before anything is read. */
export function negotiateFormat(app: FastifyInstance): void {
  app.addHook('onRequest', ({ headers, routeOptions }, _reply, done) => {
    const { accept } = headers;
    const { mediaType } = routeOptions.config;
    const acceptable =
      accept === undefined ||
      mediaType === undefined ||
      ['*/*', 'application/*', mediaType].some((offered) => accept.includes(offered));
    done(acceptable ? undefined : new Problem('not-acceptable', { params: { accept, offered: mediaType } }));
  });
}
