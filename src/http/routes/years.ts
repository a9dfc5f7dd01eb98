import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Type, type Static } from 'typebox';
import { Problem } from '../../domain/problem.ts';
import type { Year, YearInput } from '../../domain/year.ts';
import { yearTag, type YearWrite } from '../../operations/change-year.ts';
import { deleteYear } from '../../operations/delete-year.ts';
import { patchYear } from '../../operations/patch-year.ts';
import { putYear } from '../../operations/put-year.ts';
import type { Service } from '../../operations/service.ts';
import { pageQuery } from '../../schemas/list.ts';
import { yearNumber } from '../../schemas/year.ts';
import { conditionsOf, sendTagged, sendWritten } from '../answer.ts';
import { conditionHeaders } from '../headers.ts';
import { refuseOtherIdentity } from '../identity.ts';
import { orderOf } from '../auth.ts';
import { operation } from '../operation.ts';
import { isNumber, pageOf, sendPage, type PageQuery } from '../page.ts';

const tag = 'years';
const params = Type.Object({ year: yearNumber });
const query = Type.Object(pageQuery, { additionalProperties: false });

const listYearsOperation = operation({
  id: 'listYears',
  tag,
  summary: 'Reporting years, latest first',
  query,
  answers: { 200: { $ref: 'YearList#' }, 304: null },
});

const getYearOperation = operation({
  id: 'getYear',
  tag,
  summary: 'One reporting year',
  params,
  answers: { 200: { $ref: 'Year#' }, 304: null },
  problems: ['year-not-found'],
});

const putYearOperation = operation({
  id: 'putYear',
  tag,
  summary: 'Register a reporting year, or replace it',
  description:
    'An empty object registers it as the law has it. Dates are after the end of the year, and no level’s report is due after it has to be public.',
  params,
  headers: conditionHeaders,
  body: { $ref: 'YearInput#' },
  answers: { 200: { $ref: 'Year#' }, 201: { $ref: 'Year#' } },
  problems: ['precondition-failed', 'year-in-use', 'year-without-edition', 'year-refused'],
});

const patchYearOperation = operation({
  id: 'patchYear',
  mergePatch: true,
  tag,
  summary: 'Change some members of a reporting year (JSON Merge Patch)',
  params,
  headers: conditionHeaders,
  body: { $ref: 'YearInput#' },
  answers: { 200: { $ref: 'Year#' } },
  problems: ['year-not-found', 'precondition-failed', 'year-in-use', 'year-refused'],
});

const deleteYearOperation = operation({
  id: 'deleteYear',
  tag,
  summary: 'Remove a reporting year nobody has reported for',
  params,
  headers: conditionHeaders,
  answers: { 204: null },
  problems: ['year-not-found', 'precondition-failed', 'year-in-use'],
});

/** Reporting years: which edition, and until when. */
export function yearRoutes(app: FastifyInstance, service: Service): void {
  app.get('/v1/years', listYearsOperation, async (request, reply) => {
    const years = await service.store.years(pageOf(request.query as PageQuery, isNumber));
    return sendPage(request, reply, years, ({ year }) => year);
  });

  app.get('/v1/years/:year', getYearOperation, async (request, reply) => {
    const year = await findYear(service, yearOf(request));
    return sendTagged(request, reply, yearTag(year), JSON.stringify(year));
  });

  app.put('/v1/years/:year', putYearOperation, async (request, reply) => {
    refuseOtherIdentity(request.body, { year: yearOf(request) });
    return sendWritten(reply, await putYear(service, writeOf(request), request.body as YearInput));
  });

  app.patch(
    '/v1/years/:year',
    {
      ...patchYearOperation,
      onRequest: async (request) => void (await findYear(service, Number(yearOf(request)))),
    },
    async (request, reply) => {
      refuseOtherIdentity(request.body, { year: yearOf(request) });
      return sendWritten(reply, await patchYear(service, writeOf(request), request.body));
    },
  );

  app.delete('/v1/years/:year', deleteYearOperation, async (request, reply) => {
    await deleteYear(service, writeOf(request));
    return reply.code(204).send();
  });
}

function yearOf(request: FastifyRequest): number {
  return (request.params as Static<typeof params>).year;
}

function writeOf(request: FastifyRequest): YearWrite {
  return { year: yearOf(request), conditions: conditionsOf(request), ...orderOf(request) };
}

/** @throws Problem `year-not-found`. */
async function findYear({ store }: Service, year: number): Promise<Year> {
  const found = Number.isSafeInteger(year) ? await store.year(year) : undefined;
  if (!found) throw new Problem('year-not-found', { params: { year } });
  return found;
}
