import { meetConditions } from '../domain/precondition.ts';
import { Problem } from '../domain/problem.ts';
import { yearTag, type YearWrite } from './change-year.ts';
import type { Service } from './service.ts';

/**
 * Removes a reporting year nobody has reported for, or been granted more time.
 *
 * @throws Problem `year-not-found`, `precondition-failed`, `year-in-use`.
 */
export async function deleteYear({ store, now }: Service, { year, conditions, act, by }: YearWrite): Promise<void> {
  await store.changeYear(year, ({ stored, reports, extensions }) => {
    if (!stored) throw new Problem('year-not-found', { params: { year } });
    meetConditions(conditions, yearTag(stored), false);
    if (reports + extensions > 0) throw new Problem('year-in-use', { params: { year, reports, extensions } });
    return { remove: true, deed: { act, by, at: now().toISOString() }, result: undefined };
  });
}
