import { has, isDate, type Sentence } from './clauses.ts';
import { wholeYear, yearsOf } from './period.ts';
import type { Draft } from './statement.ts';
import type { Token } from './tokens.ts';

/** The year a sentence says it reports on: 统计期限自2023年1月1日至12月31日, 现公布2023年度报告. Not every year it names. */
export function readStatedPeriod({ tokens, clauses }: Sentence): Draft[] {
  const named = tokens.findIndex(({ role }) => role === 'periodName');
  if (named >= 0) return statisticalPeriod(tokens.slice(named));
  if (!has(tokens, 'announce')) return [];
  const announced = clauses().find((clause) => has(clause.tokens, 'announce'));
  return announced === undefined ? [] : announcedYear(announced.tokens);
}

function statisticalPeriod(tokens: readonly Token[]): Draft[] {
  const year = wholeYear(tokens);
  const last = tokens.findLast(isDate);
  return year === undefined || last === undefined ? [] : [periodClaim(year, tokens[0] as Token, last)];
}

function announcedYear(clause: readonly Token[]): Draft[] {
  const from = clause.findIndex(({ role }) => role === 'announce');
  const tokens = clause.slice(from);
  const [year, another] = yearsOf(tokens);
  const at = tokens.findIndex(isDate);
  const report = tokens.findIndex(({ role }, place) => role === 'reportName' && place > at);
  if (typeof year !== 'number' || another !== undefined || at < 0 || report < 0) return [];
  if (tokens.filter(isDate).length > 1) return [];
  return [periodClaim(year, tokens[0] as Token, tokens[report] as Token)];
}

function periodClaim(year: number, first: Token, last: Token): Draft {
  return { topic: 'period', kind: 'year', value: year, precision: 'exact', start: first.start, end: last.end };
}
