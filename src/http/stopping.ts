import type { FastifyInstance } from 'fastify';

/** Whether the application has begun to stop. */
export type IsStopping = () => boolean;

/**
 * Watches for the stop, and has every answer that ends from then on close its connection, or the stop would wait for the
 * client.
 */
export function watchStopping(app: FastifyInstance): IsStopping {
  let stopping = false;
  app.addHook('preClose', (done) => {
    stopping = true;
    done();
  });
  app.addHook('onSend', (_request, reply, payload, done) => {
    if (stopping) reply.header('connection', 'close');
    done(null, payload);
  });
  // Of an answer that had begun before, the client was told that the connection is kept.
  app.addHook('onResponse', (_request, _reply, done) => {
    if (stopping) app.server.closeIdleConnections();
    done();
  });
  return () => stopping;
}
