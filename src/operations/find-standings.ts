import { Problem } from '../domain/problem.ts';
import type { Standing } from '../domain/standing.ts';
import type { SubtreeOfYear } from '../domain/store.ts';
import type { Year } from '../domain/year.ts';
import type { Service } from './service.ts';

/**
 * A year, and how the reports of it stand.
 *
 * @throws Problem `year-not-found`, `agency-not-found`: nobody expected is not the answer about an agency there is not.
 */
export async function findStandings(
  { store }: Service,
  query: SubtreeOfYear,
): Promise<{ readonly year: Year; readonly standings: readonly Standing[] }> {
  const year = await store.year(query.year);
  if (!year) throw new Problem('year-not-found', { params: { year: query.year } });
  const standings = await store.standings(query);
  const { under } = query;
  if (under !== undefined && standings.length === 0) {
    throw new Problem('agency-not-found', { params: { agencyId: under } });
  }
  return { year, standings };
}
