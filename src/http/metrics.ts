import type { FastifyInstance } from 'fastify';
import { Gauge, Histogram, type Registry } from 'prom-client';

/** In seconds: most requests take some milliseconds, batches and imports a minute. */
const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

/**
 * Measures how long requests take. They are told apart by the pattern of their address, never by the address: that has
 * the ids of agencies in it, and there is no end to addresses that are not there.
 */
export function measureRequests(app: FastifyInstance, registry: Registry): void {
  const durations = new Histogram({
    name: 'nianbao_http_request_duration_seconds',
    help: 'How long requests took to be answered, streams included',
    labelNames: ['method', 'route', 'status'],
    buckets,
    registers: [registry],
  });
  app.addHook('onResponse', ({ method, routeOptions }, reply, done) => {
    const status = `${Math.floor(reply.statusCode / 100)}xx`;
    durations.observe({ method, route: routeOptions.url ?? 'none', status }, reply.elapsedTime / 1_000);
    done();
  });
}

/** Measures how many requests wait for events, streams among them. */
export function measureWaiting(registry: Registry, waiting: () => number): void {
  new Gauge({
    name: 'nianbao_event_readers',
    help: 'Requests for events that are open: streams, and those that wait for the next',
    registers: [registry],
    collect() {
      this.set(waiting());
    },
  });
}
