import type { FastifyInstance } from 'fastify';
import { Problem } from '../domain/problem.ts';

/** Refuses a request for a format that is not offered, before anything is read. */
export function negotiateFormat(app: FastifyInstance): void {
  app.addHook('onRequest', async ({ headers, routeOptions }) => {
    const { accept } = headers;
    if (accept === undefined || routeOptions.config.operation === undefined) return;
    if (!accept.includes('*/*') && !accept.includes('application/*') && !accept.includes('application/json')) {
      throw new Problem('not-acceptable', { params: { accept, offered: 'application/json' } });
    }
  });
}
