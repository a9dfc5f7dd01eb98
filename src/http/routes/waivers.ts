import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Type, type Static } from 'typebox';
import { may } from '../../domain/access.ts';
import { waiverTag, type WaiverKey, type WaiverWrite } from '../../operations/change-waivers.ts';
import { deleteWaiver } from '../../operations/delete-waiver.ts';
import { putWaiver } from '../../operations/put-waiver.ts';
import type { Service } from '../../operations/service.ts';
import { agencyId } from '../../schemas/agency.ts';
import { yearNumber } from '../../schemas/year.ts';
import { conditionsOf, sendWritten } from '../answer.ts';
import { conditionHeaders } from '../headers.ts';
import { orderOf, requireGrant } from '../auth.ts';
import { operation } from '../operation.ts';
import { findReport, keyOf } from '../report-target.ts';

const path = '/v1/agencies/:agencyId/reports/:year/waivers/:rule/:at';

const place = Type.Object({
  rule: Type.String({ pattern: '^[a-z]+\\.[A-Za-z]+$', maxLength: 100, description: 'Rule id' }),
  at: Type.String({
    pattern: '^[A-Za-z0-9._-]+$',
    maxLength: 200,
    description: 'The finding’s `at`; `-` where a rule has one instance',
  }),
});

const common = {
  tag: 'check',
  headers: conditionHeaders,
  params: Type.Object({ agencyId, year: yearNumber, ...place.properties }),
};

const missing = ['agency-not-found', 'year-not-found', 'report-not-found'] as const;

const putWaiverOperation = operation({
  ...common,
  id: 'putWaiver',
  summary: 'Explain or waive an error that may be waived',
  description:
    'Holds while the figures the finding compares stay as they are, and lapses by itself when one of them changes. A waived error no longer makes the report inconsistent; the check goes on showing it, with who waived it, when and why.',
  body: { $ref: 'WaiverInput#' },
  answers: { 200: { $ref: 'Waiver#' }, 201: { $ref: 'Waiver#' } },
  problems: [
    ...missing,
    'year-not-open',
    'agency-not-there',
    'report-state',
    'finding-not-found',
    'precondition-failed',
    'not-waivable',
  ],
});

const deleteWaiverOperation = operation({
  ...common,
  id: 'deleteWaiver',
  summary: 'Take back what was said in defence of an error',
  description: 'An explanation; what a reviewer waived is for a reviewer to take back.',
  answers: { 204: null },
  problems: [
    ...missing,
    'year-not-open',
    'agency-not-there',
    'report-state',
    'waiver-not-found',
    'precondition-failed',
  ],
});

/** Errors that may be waived, by rule and place. */
export function waiverRoutes(app: FastifyInstance, service: Service): void {
  const onRequest = findReport(service);

  app.put(path, { ...putWaiverOperation, onRequest }, async (request, reply) => {
    const write = waiverWrite(request);
    // A reviewer waives, a reporter explains, unless they say otherwise.
    const { reason, waive = write.mayWaive } = request.body as { reason: string; waive?: boolean };
    if (waive) requireGrant(request, 'waiveFinding');
    const { outcome, waiver } = await putWaiver(service, waiverKey(request), write, { reason, waive });
    return sendWritten(reply, { outcome, resource: waiver, tag: waiverTag(waiver) });
  });

  app.delete(path, { ...deleteWaiverOperation, onRequest }, async (request, reply) => {
    await deleteWaiver(service, waiverKey(request), waiverWrite(request));
    return reply.code(204).send();
  });
}

function waiverWrite(request: FastifyRequest): WaiverWrite {
  const mayWaive = may(request.principal, 'waiveFinding', request.relation);
  return { conditions: conditionsOf(request), mayWaive, ...orderOf(request) };
}

function waiverKey(request: FastifyRequest): WaiverKey {
  const { rule, at } = request.params as Static<typeof place>;
  return { ...keyOf(request), rule, at };
}
