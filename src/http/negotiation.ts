import type { FastifyInstance } from 'fastify';
import { Problem } from '../domain/problem.ts';

/** Refuses a request for a format that is not offered, before anything is read. */
export function negotiateFormat(app: FastifyInstance): void {
  app.addHook('onRequest', async ({ headers, routeOptions }) => {
    const { accept } = headers;
    const { mediaType } = routeOptions.config;
    if (accept === undefined || mediaType === undefined) return;
    if (!accept.includes('*/*') && !accept.includes('application/*') && !accept.includes(mediaType)) {
      throw new Problem('not-acceptable', { params: { accept, offered: mediaType } });
    }
  });
}
