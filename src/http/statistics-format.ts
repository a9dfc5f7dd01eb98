import type { FastifyRequest } from 'fastify';
import { Problem, type Fault } from '../domain/problem.ts';
import type { StatisticsHead } from '../domain/statistics/query.ts';
import { preferredType } from './negotiation.ts';
import { mostRows, type StatisticsParameters } from './statistics-query.ts';

export const csvType = 'text/csv';

export type StatisticsFormat = NonNullable<StatisticsParameters['format']>;

/**
 * The format a request asks for, by its query, else by `Accept`.
 *
 * @throws Problem `not-acceptable`; `request-invalid` for what that format does not have.
 */
export function formatOf(request: FastifyRequest, query: StatisticsParameters): StatisticsFormat {
  const format = query.format ?? acceptedFormat(request);
  preferredType(request, [format === 'csv' ? csvType : 'application/json']);
  const misplaced = format === 'csv' ? pagingOf(query) : csvOptionsOf(query);
  const faults = misplaced.map(({ name, detail }): Fault => ({ in: 'query', pointer: `/${name}`, detail }));
  if (faults.length > 0) throw new Problem('request-invalid', { faults });
  return format;
}

function acceptedFormat(request: FastifyRequest): StatisticsFormat {
  return preferredType(request, ['application/json', csvType]) === csvType ? 'csv' : 'json';
}

const pagingOf = (query: StatisticsParameters) => givenOf(query, ['limit', 'cursor'], notPaged);
const csvOptionsOf = (query: StatisticsParameters) => givenOf(query, ['headings', 'bom'], csvAlone);

function givenOf(
  query: StatisticsParameters,
  names: readonly (keyof StatisticsParameters)[],
  detail: Fault['detail'],
): { readonly name: string; readonly detail: Fault['detail'] }[] {
  return names.filter((name) => query[name] !== undefined).map((name) => ({ name, detail }));
}

const notPaged = {
  'zh-CN': 'CSV 不分页，一次给出全部行；只要前几行请用 top。',
  en: 'CSV has all rows and no pages; `top` takes only the first.',
};
const csvAlone = { 'zh-CN': '只有 CSV 有这一项。', en: 'Only CSV has this.' };

/** The most figures one answer tells: a thousand in each of as many rows as there may be. */
const mostFigures = 1_000 * mostRows;

/**
 * Bounds what an answer that is held in memory costs.
 *
 * @throws Problem `request-invalid` where it may have too many figures.
 */
export function refuseTooManyFigures({ columns }: StatisticsHead, limit: number): void {
  const figures = columns.filter(({ measure }) => measure !== undefined).length;
  if (figures * limit <= mostFigures) return;
  const fewer = Math.floor(mostFigures / figures);
  const params = { figures, limit, most: mostFigures, fewer };
  throw new Problem('request-invalid', { faults: [{ in: 'query', pointer: '/limit', params, detail: tooMany }] });
}

const tooMany = {
  'zh-CN':
    '每行 {figures} 个数字，最多 {limit} 行，超过一次可取的 {most} 个数字；请少要一些指标，或用 limit={fewer} 分页，或改用 format=csv。',
  en: '{figures} figures a row, up to {limit} rows: more than the {most} figures of one answer. Ask for fewer figures, for pages by limit={fewer}, or for format=csv.',
};
