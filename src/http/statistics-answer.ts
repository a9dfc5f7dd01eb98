import type { FastifyReply, FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import type { AskedRows, Statistics } from '../domain/statistics/statistics.ts';
import { csvOf, pagesOf, type Turn } from '../operations/statistics-pages.ts';
import { json } from './answer.ts';
import { cursorAt, sameWith } from './page.ts';
import { csvType, refuseTooManyFigures, type StatisticsFormat } from './statistics-format.ts';
import { columnsJson, rowsJson } from './statistics-json.ts';
import type { StatisticsParameters } from './statistics-query.ts';

/** How statistics are to be sent. */
export interface Sending {
  readonly format: StatisticsFormat;
  /** Of CSV. */
  readonly headings: NonNullable<StatisticsParameters['headings']>;
  readonly bom: boolean;
  /** Of CSV all. */
  readonly rows: AskedRows;
}

/** Statistics, and the version of the figures they are of. */
export interface VersionedStatistics {
  readonly dataVersion: number;
  readonly statistics: Statistics;
}

export const mediaTypes: Readonly<Record<StatisticsFormat, string>> = {
  json,
  columns: json,
  csv: `${csvType}; charset=utf-8; header=present`,
};

/**
 * The body of an answer, computed as it is sent; what it has to be read with goes before it: in JSON, or beside CSV in
 * its headers.
 *
 * @throws Problem `request-invalid` where it may have too many figures.
 */
export function statisticsBody(
  request: FastifyRequest,
  reply: FastifyReply,
  { format, rows, headings, bom }: Sending,
  { dataVersion, statistics }: VersionedStatistics,
  turn: Turn,
): Readable {
  if (format === 'csv') {
    const described = sameWith(request, { format: 'json', limit: '1', headings: undefined, bom: undefined });
    reply.headers({
      link: `<${described}>; rel="describedby"`,
      'data-version': String(dataVersion),
      'content-disposition': 'attachment; filename="statistics.csv"',
    });
    return Readable.from(csvOf(statistics, { headings, bom }, turn));
  }
  refuseTooManyFigures(statistics.head, rows.limit);
  const place = statistics.next(rows);
  const next = place && cursorAt(place);
  if (next !== undefined) reply.header('link', `<${sameWith(request, { cursor: next })}>; rel="next"`);
  const write = format === 'columns' ? columnsJson : rowsJson;
  const head = { dataVersion, ...statistics.head };
  return Readable.from(write({ head, pages: pagesOf(statistics, rows, turn), ...(next !== undefined && { next }) }));
}
