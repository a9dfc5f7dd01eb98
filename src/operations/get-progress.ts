import { dayInChina } from '../domain/calendar.ts';
import { progressOf, type Progress } from '../domain/progress.ts';
import type { SubtreeOfYear } from '../domain/store.ts';
import { findStandings } from './find-standings.ts';
import type { Service } from './service.ts';

/**
 * How far a year's reports have come.
 *
 * @throws Problem `year-not-found`, `agency-not-found`.
 */
export async function getProgress(service: Service, query: SubtreeOfYear): Promise<Progress> {
  const { year, standings } = await findStandings(service, query);
  return progressOf(year, standings, dayInChina(service.now()), query.under);
}
