import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { Problem } from '../../domain/problem.ts';
import type { Store } from '../../domain/store.ts';
import { operation } from '../operation.ts';
import type { IsStopping } from '../stopping.ts';

const tag = 'health';
/** Whoever probes may add what it likes to the address. */
const query = Type.Object({});
const status = Type.Object({ status: Type.Literal('ok') }, { additionalProperties: false });

const liveness = operation({
  id: 'getLiveness',
  tag,
  open: true,
  unlimited: true,
  query,
  summary: 'The process answers',
  answers: { 200: status },
});

const readiness = operation({
  id: 'getReadiness',
  tag,
  open: true,
  unlimited: true,
  query,
  summary: 'The service can do its work: its database answers and it is not stopping',
  answers: { 200: status },
  problems: ['not-ready'],
});

/** For whoever keeps the service running. */
export function healthRoutes(app: FastifyInstance, store: Store, isStopping: IsStopping): void {
  app.get('/healthz', liveness, async () => ({ status: 'ok' }));

  app.get('/readyz', readiness, async () => {
    if (isStopping()) throw new Problem('not-ready');
    await store.ready().catch((cause: unknown) => {
      throw new Problem('not-ready', { cause });
    });
    return { status: 'ok' };
  });
}
