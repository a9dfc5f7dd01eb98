import { setImmediate } from 'node:timers/promises';
import type { AskedRows, RowsPage, Statistics } from '../domain/statistics/statistics.ts';
import { statisticsCsv, type CsvWanted } from '../documents/writing/statistics-csv.ts';

/** How many values are computed in one go. */
const valuesAtOnce = 50_000;

/** Waits until it is one's turn to compute. */
export type Turn = () => Promise<void>;

/**
 * Whoever computes takes turns, first come, first served, one in each round of the event loop: what else the service
 * does waits for one piece of work, however many answers are being computed.
 */
export function takingTurns(): Turn {
  let last = Promise.resolve();
  return () => (last = last.then(() => setImmediate()));
}

/** Whether rows are computed in more than one go. */
export function isLong({ head, length }: Statistics, { limit }: AskedRows): boolean {
  return Math.min(limit, length) > rowsAtOnce(head);
}

function rowsAtOnce({ columns }: Statistics['head']): number {
  return Math.max(1, Math.floor(valuesAtOnce / columns.length));
}

/** The rows of an answer, so many at a time, beginning in the turn one has. */
export async function* pagesOf(
  statistics: Statistics,
  { after, limit }: AskedRows,
  turn: Turn,
): AsyncGenerator<RowsPage, void> {
  let left = limit;
  for (let place = after; ; await turn()) {
    const page = statistics.page({ after: place, limit: Math.min(left, rowsAtOnce(statistics.head)) });
    yield page;
    left -= page.length;
    place = page.next;
    if (place === undefined || left === 0) return;
  }
}

/** All rows of an answer as CSV, a piece at a time. */
export async function* csvOf(statistics: Statistics, wanted: CsvWanted, turn: Turn): AsyncGenerator<string, void> {
  const { heading, rowsOf } = statisticsCsv(statistics.head.columns, wanted);
  yield heading;
  for await (const page of pagesOf(statistics, { limit: Infinity }, turn)) {
    if (page.length > 0) yield rowsOf(page);
  }
}
