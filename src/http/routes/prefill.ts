import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { prefillReport } from '../../operations/prefill-report.ts';
import type { Service } from '../../operations/service.ts';
import { agencyId } from '../../schemas/agency.ts';
import { reportName } from '../../schemas/report.ts';
import { yearNumber } from '../../schemas/year.ts';
import { sendWritten } from '../answer.ts';
import { byEdition } from '../by-edition.ts';
import { actHeaders, onceOf } from '../once.ts';
import { operation } from '../operation.ts';
import { findTarget, writeOf } from '../report-target.ts';

function prefillReportOperation({ forms }: Service) {
  const report = byEdition([...forms.values()].map(reportName));
  return operation({
    id: 'prefillReport',
    tag: 'reports',
    summary: 'Fill a draft from last year’s report: what that one carried out is carried in',
    description:
      'Fills cells that repeat last year’s report and are blank; nothing that was stated is written over, and nothing else is filled. Makes the draft where there is none. Where the agency took over from others, what they carried out is added up; a draft of last year does not count.',
    params: Type.Object({ agencyId, year: yearNumber }),
    headers: actHeaders,
    answers: { 200: report, 201: report },
    problems: [
      'agency-not-found',
      'year-not-found',
      'precondition-failed',
      'precondition-required',
      'report-state',
      'year-changed',
      'year-not-open',
      'agency-not-there',
      'idempotency-key-reused',
      'last-year-missing',
      'year-without-edition',
    ],
  });
}

/** Drafts from last year's report. */
export function prefillRoutes(app: FastifyInstance, service: Service): void {
  const onRequest = findTarget(service);
  app.post(
    '/v1/agencies/:agencyId/reports/:year/prefill',
    { ...prefillReportOperation(service), onRequest },
    async (request, reply) =>
      sendWritten(reply, await prefillReport(service, { ...writeOf(request), ...onceOf(request, service.now()) })),
  );
}
