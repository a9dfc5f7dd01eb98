import type { FastifyInstance, FastifyRequest, RouteShorthandOptions } from 'fastify';
import { Type } from 'typebox';
import { acceptReport } from '../../operations/accept-report.ts';
import { publishReport } from '../../operations/publish-report.ts';
import { reopenReport } from '../../operations/reopen-report.ts';
import { returnReport } from '../../operations/return-report.ts';
import type { Service } from '../../operations/service.ts';
import { submitReport } from '../../operations/submit-report.ts';
import type { StepOrder } from '../../operations/take-step.ts';
import type { Written } from '../../operations/write-outcome.ts';
import { agencyId } from '../../schemas/agency.ts';
import { reportName } from '../../schemas/report.ts';
import type { Validators } from '../../schemas/validation.ts';
import { yearNumber } from '../../schemas/year.ts';
import { conditionsOf, sendWritten } from '../answer.ts';
import { orderOf } from '../auth.ts';
import { bodyMayBeLeftOut, byEdition } from '../by-edition.ts';
import { languageOf } from '../language.ts';
import { actHeaders, onceOf } from '../once.ts';
import { operation } from '../operation.ts';
import { findReport, keyOf } from '../report-target.ts';

const refusals = [
  'agency-not-found',
  'year-not-found',
  'report-not-found',
  'precondition-failed',
  'report-state',
  'year-not-open',
  'agency-not-there',
  'idempotency-key-reused',
] as const;

/** The acts of the workflow, with what is told of each. */
function operations({ forms }: Service) {
  const common = {
    tag: 'workflow',
    params: Type.Object({ agencyId, year: yearNumber }),
    headers: actHeaders,
    body: { $ref: 'Step#' },
    answers: { 200: byEdition([...forms.values()].map(reportName)) },
    problems: refusals,
  };
  const back = { ...common, body: { $ref: 'StepBack#' } };
  const checked = { ...common, problems: [...refusals, 'report-has-errors'] as const };
  return {
    submit: operation({
      ...checked,
      id: 'submitReport',
      summary: 'Hand a report in',
      description:
        'Refused while the report has blanks, errors, or errors that may be waived and have no explanation: `findings` says which.',
    }),
    accept: operation({
      ...checked,
      id: 'acceptReport',
      summary: 'Accept a report that was handed in',
      description: 'Refused while an error is not waived. Nobody accepts the report of its own agency.',
    }),
    publish: operation({
      ...checked,
      id: 'publishReport',
      summary: 'Make an accepted report public',
      description: 'A report as printed needs no review. Anybody reads this revision from then on.',
    }),
    return: operation({
      ...back,
      id: 'returnReport',
      summary: 'Give a report back to its reporter, with the reason',
    }),
    reopen: operation({
      ...back,
      id: 'reopenReport',
      summary: 'Begin the correction of a published report, with the reason',
      description:
        'Makes a new revision to be corrected; the public goes on reading the published one until the correction is published.',
    }),
  };
}

type TakeStep = (service: Service, order: StepOrder) => Promise<Written<string>>;

/** The acts a report goes through from draft to publication. */
export function stepRoutes(app: FastifyInstance, service: Service, validators: Validators): void {
  const { submit, accept, publish, return: back, reopen } = operations(service);
  const step = (name: string, options: RouteShorthandOptions, take: TakeStep) => {
    const onRequest = findReport(service);
    app.post(`/v1/agencies/:agencyId/reports/:year/${name}`, { ...options, onRequest }, async (request, reply) =>
      sendWritten(reply, await take(service, stepOrder(service, request))),
    );
  };
  step('submit', { ...submit, ...bodyMayBeLeftOut(validators, 'Step') }, submitReport);
  step('accept', { ...accept, ...bodyMayBeLeftOut(validators, 'Step') }, acceptReport);
  step('publish', { ...publish, ...bodyMayBeLeftOut(validators, 'Step') }, publishReport);
  step('return', back, returnReport);
  step('reopen', reopen, reopenReport);
}

function stepOrder({ now }: Service, request: FastifyRequest): StepOrder {
  const { reason } = (request.body ?? {}) as { reason?: string };
  return {
    key: keyOf(request),
    conditions: conditionsOf(request),
    language: languageOf(request),
    ...(reason !== undefined && { reason }),
    ...orderOf(request),
    ...onceOf(request, now()),
  };
}
