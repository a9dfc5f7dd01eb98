import { has, isDate } from './clauses.ts';
import type { Token } from './tokens.ts';

/** Whose figures are spoken of: those of the year or the agency reported on, or others. */
export type Whose = 'own' | 'other';

/** Numbers of years below this are durations: 五年来. */
const firstYear = 1900;

/** Which period the words name; `undefined` where they name none, and the one before goes on. */
export function periodOf(tokens: readonly Token[], year: number | undefined): Whose | undefined {
  if (has(tokens, 'otherPeriod')) return 'other';
  const dates = tokens.filter(isDate);
  if (dates.length === 0) return has(tokens, 'thisPeriod') ? 'own' : undefined;
  const months = dates.filter(({ unit }) => unit === 'month').map(({ value }) => value);
  const days = dates.filter(({ unit }) => unit === 'day').map(({ value }) => value);
  const years = yearsOf(dates);
  if (!isWholeYear(months, days) || years.some((named) => named !== year)) return 'other';
  return years.length > 0 || has(tokens, 'thisPeriod') ? 'own' : undefined;
}

export function yearsOf(tokens: readonly Token[]): (number | null)[] {
  return tokens.filter(({ role, unit }) => role === 'amount' && unit === 'year').map(({ value }) => value);
}

/** 1月1日至12月31日, or up to the end of December; no month at all is a whole year too. */
function isWholeYear(months: readonly (number | null)[], days: readonly (number | null)[]): boolean {
  if (months.length === 0) return days.length === 0;
  if (days.some((day) => day !== 1 && day !== 31)) return false;
  return months.at(-1) === 12 && (months.length === 1 || (months.length === 2 && months[0] === 1));
}

/** The year a date range covers from its first to its last day. */
export function wholeYear(tokens: readonly Token[]): number | undefined {
  const dates = tokens.filter(isDate);
  const months = dates.filter(({ unit }) => unit === 'month').map(({ value }) => value);
  const [first, ...others] = yearsOf(dates);
  if (typeof first !== 'number' || first < firstYear || others.some((other) => other !== first)) return undefined;
  return months.length === 2 && months[0] === 1 && months[1] === 12 ? first : undefined;
}
