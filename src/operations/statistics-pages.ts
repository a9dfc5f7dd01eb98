import { setImmediate } from 'node:timers/promises';
import type { AskedRows, RowsPage, Statistics } from '../domain/statistics/statistics.ts';
import { statisticsCsv, type CsvWanted } from '../documents/writing/statistics-csv.ts';

/** How many values are computed in one go. */
const valuesAtOnce = 50_000;

/** The rows of an answer, so many at a time: others get their turn in between. */
export async function* pagesOf(statistics: Statistics, { after, limit }: AskedRows): AsyncGenerator<RowsPage, void> {
  const atOnce = Math.max(1, Math.floor(valuesAtOnce / statistics.head.columns.length));
  let left = limit;
  for (let place = after; ; await setImmediate()) {
    const page = statistics.page({ after: place, limit: Math.min(left, atOnce) });
    yield page;
    left -= page.length;
    place = page.next;
    if (place === undefined || left === 0) return;
  }
}

/** All rows of an answer as CSV, a piece at a time. */
export async function* csvOf(statistics: Statistics, wanted: CsvWanted): AsyncGenerator<string, void> {
  const { heading, rowsOf } = statisticsCsv(statistics.head.columns, wanted);
  yield heading;
  for await (const page of pagesOf(statistics, { limit: Infinity })) {
    if (page.length > 0) yield rowsOf(page);
  }
}
