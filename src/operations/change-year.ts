import type { Order } from '../domain/event.ts';
import { meetConditions, type Conditions } from '../domain/precondition.ts';
import { Problem } from '../domain/problem.ts';
import { dateFaults, yearFrom, type Year, type YearInput } from '../domain/year.ts';
import type { Service } from './service.ts';
import { contentTag } from './tags.ts';
import type { Written } from './write-outcome.ts';

export interface YearWrite extends Order {
  readonly year: number;
  readonly conditions: Conditions;
}

/**
 * Writes a reporting year, decided from what is stored.
 *
 * @throws Problem `precondition-failed`, `year-without-edition`, `year-in-use`, `year-refused`, and what `inputFrom` throws.
 */
export async function changeYear(
  { store, editions, now }: Service,
  { year, conditions, act, by }: YearWrite,
  inputFrom: (stored: Year | undefined) => YearInput,
): Promise<Written<Year>> {
  return store.changeYear<Written<Year>>(year, ({ stored, reports, extensions }) => {
    const next = yearFrom(year, inputFrom(stored), editions);
    const tag = yearTag(next);
    const storedTag = stored && yearTag(stored);
    if (tag === storedTag) return { result: { outcome: 'unchanged', resource: next, tag } };
    meetConditions(conditions, storedTag, false);
    if (stored && stored.edition !== next.edition && reports > 0) {
      throw new Problem('year-in-use', { params: { year, reports, extensions } });
    }
    const faults = dateFaults(next, stored);
    if (faults.length > 0) throw new Problem('year-refused', { faults });
    const deed = { act, by, at: now().toISOString() };
    return { write: next, deed, result: { outcome: stored ? 'updated' : 'created', resource: next, tag } };
  });
}

/** A year's entity tag. */
export function yearTag(year: Year): string {
  return contentTag(JSON.stringify(year));
}
