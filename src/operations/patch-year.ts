import { mergePatch } from '../domain/merge-patch.ts';
import { Problem } from '../domain/problem.ts';
import type { Year, YearInput } from '../domain/year.ts';
import { changeYear, type YearWrite } from './change-year.ts';
import type { Service } from './service.ts';
import type { Written } from './write-outcome.ts';

/**
 * Changes the members of a year that the merge patch names; `null` brings back what the law says.
 *
 * @throws Problem `year-not-found`.
 */
export async function patchYear(service: Service, write: YearWrite, patch: unknown): Promise<Written<Year>> {
  return changeYear(service, write, (stored) => {
    if (!stored) throw new Problem('year-not-found', { params: { year: write.year } });
    return mergePatch(stored, patch) as YearInput;
  });
}
