import { Type } from 'typebox';
import { Problem } from '../domain/problem.ts';
import type { YearRange } from '../domain/store.ts';

/** The query parameter that filters by year. */
export const years = Type.Optional(
  Type.String({
    pattern: '^[0-9]{4}(-[0-9]{4})?(,[0-9]{4}(-[0-9]{4})?){0,19}$',
    description: 'Years and ranges of years: `2019,2021-2023`',
  }),
);

/** @throws Problem `request-invalid` for a range that ends before it begins. */
export function yearRanges(ranges: string): YearRange[] {
  return ranges.split(',').map(yearRange);
}

function yearRange(range: string): YearRange {
  const [first, last = first] = range.split('-').map(Number) as [number, number?];
  if (first <= last) return { first, last };
  const detail = { 'zh-CN': '“{range}”的起止年度颠倒了。', en: '“{range}” ends before it begins.' };
  throw new Problem('request-invalid', { faults: [{ in: 'query', pointer: '/years', params: { range }, detail }] });
}
