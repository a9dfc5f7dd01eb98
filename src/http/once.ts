import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { Once } from '../domain/store.ts';
import { conditionHeaders } from './headers.ts';

/** The header by which an act is carried out once, however often it is sent. */
const onceHeader = {
  'Idempotency-Key': Type.Optional(
    Type.String({
      pattern: '^[\\x21-\\x7E]{1,255}$',
      description: 'Sent again with the same key, the act is not repeated and the first answer is given again',
    }),
  ),
};

/** The headers of an act that may be conditional, and may be carried out once. */
export const actHeaders = Type.Object({ ...conditionHeaders.properties, ...onceHeader });

/** Whether an act is to be carried out once, and what it is then known by. */
export function onceOf({ headers, principal, method, url, body }: FastifyRequest, now: Date): { once?: Once } {
  const idempotencyKey = headers['idempotency-key'];
  if (typeof idempotencyKey !== 'string' || !principal) return {};
  const request = `${method} ${url} ${JSON.stringify(body ?? null)}`;
  return { once: { keyId: principal.keyId, idempotencyKey, request, at: now.toISOString() } };
}
