import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Type, type Static } from 'typebox';
import { consolidationTag, getConsolidation, type ConsolidationQuery } from '../../operations/get-consolidation.ts';
import type { Service } from '../../operations/service.ts';
import { agencyId } from '../../schemas/agency.ts';
import { consolidationName } from '../../schemas/consolidation.ts';
import { yearNumber } from '../../schemas/year.ts';
import { isKnown, sendTagged, sendUnchanged } from '../answer.ts';
import { byEdition } from '../by-edition.ts';
import { languageOf } from '../language.ts';
import { operation } from '../operation.ts';
import { keyOf } from '../report-target.ts';

const tag = 'consolidation';
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

function operations({ forms }: Service) {
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
      problems: ['agency-not-found', 'year-not-found', 'not-consolidating', 'no-children'],
    }),
  };
}

/** The sum of an agency's children. */
export function consolidationRoutes(app: FastifyInstance, service: Service): void {
  const { get } = operations(service);

  app.get('/v1/agencies/:agencyId/consolidation/:year', get, async (request, reply) => {
    const asked = queryOf(request);
    if (request.headers['if-none-match'] !== undefined) {
      const known = await consolidationTag(service, asked);
      if (isKnown(request, known)) return sendUnchanged(reply, known);
    }
    const { tag: current, answer } = await getConsolidation(service, asked);
    return sendTagged(request, reply, current, answer);
  });
}

function queryOf(request: FastifyRequest): ConsolidationQuery {
  const { cell } = request.query as Static<typeof query>;
  return { key: keyOf(request), cells: cell?.split(',') ?? [], language: languageOf(request) };
}
