import type { Year, YearInput } from '../domain/year.ts';
import { changeYear, type YearWrite } from './change-year.ts';
import type { Service } from './service.ts';
import type { Written } from './write-outcome.ts';

/** Registers a reporting year, or replaces it; what is left out is what the law says. */
export async function putYear(service: Service, write: YearWrite, input: YearInput): Promise<Written<Year>> {
  return changeYear(service, write, () => input);
}
