import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Type, type Static } from 'typebox';
import { consolidateReport } from '../../operations/consolidate-report.ts';
import { consolidationTag, getConsolidation, type ConsolidationQuery } from '../../operations/get-consolidation.ts';
import type { Service } from '../../operations/service.ts';
import { agencyId } from '../../schemas/agency.ts';
import { consolidationName } from '../../schemas/consolidation.ts';
import { reportName } from '../../schemas/report.ts';
import { yearNumber } from '../../schemas/year.ts';
import { isKnown, sendTagged, sendUnchanged, sendWritten } from '../answer.ts';
import { byEdition } from '../by-edition.ts';
import { languageOf } from '../language.ts';
import { actHeaders, onceOf } from '../once.ts';
import { operation } from '../operation.ts';
import { findTarget, keyOf, writeOf } from '../report-target.ts';

const tag = 'consolidation';
const path = '/v1/agencies/:agencyId/consolidation/:year';
const params = Type.Object({ agencyId, year: yearNumber });

/** How many cells may be asked for at once: each lists every child. */
const mostCells = 20;

const query = Type.Object(
  {
    cell: Type.Optional(
      Type.String({
        pattern: `^[A-Za-z0-9.]+(,[A-Za-z0-9.]+){0,${mostCells - 1}}$`,
        maxLength: 2_000,
        description: `Only these cells, up to ${mostCells} addresses: each with what every child says`,
      }),
    ),
  },
  { additionalProperties: false },
);

const refusals = ['agency-not-found', 'year-not-found', 'not-consolidating', 'no-children'] as const;

function operations({ forms }: Service) {
  const report = byEdition([...forms.values()].map(reportName));
  return {
    get: operation({
      id: 'getConsolidation',
      tag,
      summary: 'What the children’s reports add up to (汇总), and how far they have been handed in',
      description:
        'Adds up the published, accepted, submitted or as-printed reports of the agency’s direct children that exist at the end of the year; those led by their own system are left out. Blank is not zero: where a child left a cell blank, there is no sum and the child is named.',
      params,
      query,
      answers: { 200: byEdition([...forms.values()].map(consolidationName)), 304: null },
      problems: refusals,
    }),
    post: operation({
      id: 'consolidateReport',
      tag,
      summary: 'Write that sum as the agency’s draft',
      description:
        'Every table is replaced by the sums, a cell without a sum is blank; texts, notes and people stay as they are. Makes the draft where there is none; changing what exists takes If-Match, and sums that change nothing make no revision. Which reports were added up is kept with the revision.',
      params,
      headers: actHeaders,
      answers: { 200: report, 201: report },
      problems: [
        ...refusals,
        'nothing-handed-in',
        'precondition-failed',
        'precondition-required',
        'report-state',
        'year-changed',
        'year-not-open',
        'agency-not-there',
        'year-without-edition',
        'idempotency-key-reused',
      ],
    }),
  };
}

/** The sum of an agency's children. */
export function consolidationRoutes(app: FastifyInstance, service: Service): void {
  const { get, post } = operations(service);

  app.get(path, get, async (request, reply) => {
    const asked = queryOf(request);
    if (request.headers['if-none-match'] !== undefined) {
      const known = await consolidationTag(service, asked);
      if (isKnown(request, known)) return sendUnchanged(reply, known);
    }
    const { tag: current, answer } = await getConsolidation(service, asked);
    return sendTagged(request, reply, current, answer);
  });

  app.post(path, { ...post, onRequest: findTarget(service) }, async (request, reply) => {
    const write = { ...writeOf(request), ...onceOf(request, service.now()) };
    return sendWritten(reply, await consolidateReport(service, write));
  });
}

function queryOf(request: FastifyRequest): ConsolidationQuery {
  const { cell } = request.query as Static<typeof query>;
  return { key: keyOf(request), cells: cell?.split(',') ?? [], language: languageOf(request) };
}
