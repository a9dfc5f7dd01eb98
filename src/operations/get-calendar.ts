import { writeCalendar } from '../documents/writing/write-calendar.ts';
import type { Language } from '../domain/language.ts';
import { Problem } from '../domain/problem.ts';
import type { SubtreeOfYear } from '../domain/store.ts';
import type { Service } from './service.ts';

/**
 * The due dates of a year as an iCalendar file: those of every level, and the extensions granted under an agency.
 *
 * @throws Problem `year-not-found`, `agency-not-found`.
 */
export async function getCalendar({ store }: Service, query: SubtreeOfYear, language: Language): Promise<string> {
  const { under } = query;
  const year = await store.year(query.year);
  if (!year) throw new Problem('year-not-found', { params: { year: query.year } });
  if (under !== undefined && !(await store.agency(under))) {
    throw new Problem('agency-not-found', { params: { agencyId: under } });
  }
  const extensions = await store.extensions(query, { limit: Number.MAX_SAFE_INTEGER });
  return writeCalendar(year, extensions, language);
}
