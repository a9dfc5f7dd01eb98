import type { FastifyInstance } from 'fastify';
import type { Registry } from 'prom-client';
import { Type } from 'typebox';
import { operation } from '../operation.ts';

const getMetrics = operation({
  id: 'getMetrics',
  tag: 'health',
  summary: 'What is measured of the service, for Prometheus',
  description:
    'The process, the database, and requests by method, pattern of their address and class of status. For a key that is bound to no agency; it holds nothing of what is stored.',
  query: Type.Object({}),
  answers: { 200: { type: 'string' } },
  mediaType: 'text/plain',
});

/** For whoever watches the service. */
export function metricsRoutes(app: FastifyInstance, registry: Registry): void {
  app.get('/metrics', getMetrics, async (_request, reply) => {
    const headers = { 'cache-control': 'no-store', 'content-type': registry.contentType };
    return reply.headers(headers).send(await registry.metrics());
  });
}
