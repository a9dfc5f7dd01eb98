import type { Claim, ClaimKind, Topic } from '../claim.ts';
import { isDate, isFigure, type Clause } from './clauses.ts';
import type { Token, TokenRole } from './tokens.ts';

/** A clause made ready to be read: subject and dates settled, its one figure found. */
export interface Statement {
  readonly tokens: readonly Token[];
  readonly mark: Clause['mark'];
  readonly roles: ReadonlySet<TokenRole>;
  /** Its number of 件; `undefined` where it has none, or more than one, or one that cannot be told. */
  readonly figure: Token | undefined;
  /** How many figures it has. */
  readonly figures: number;
}

/** A claim with its place in the normalised text. */
export type Draft = Claim;

/** Words that change nothing, wherever they stand. */
const neutral: ReadonlySet<TokenRole> = new Set([
  'filler',
  'of',
  'thisPeriod',
  'total',
  'self',
  'title',
  'enumeration',
  'disclosure',
  'timely',
  'rest',
]);

export function statementOf(written: readonly Token[], mark: Clause['mark']): Statement {
  const tokens = written.some(({ role }) => role === 'title') ? withCounted(written) : written;
  const figures = tokens.filter(isFigure);
  const [figure] = figures;
  return {
    tokens,
    mark,
    roles: new Set(tokens.map(({ role }) => role)),
    figure: figures.length === 1 && figure?.value !== null ? figure : undefined,
    figures: figures.length,
  };
}

/** “予以公开”9件: a quotation beside a figure is the name of what is counted. */
function withCounted(tokens: readonly Token[]): Token[] {
  return tokens.map((token, at) => {
    const beside = [tokens[at - 1], tokens[at + 1]].some((other) => other !== undefined && isFigure(other));
    return token.role === 'title' && beside ? { ...token, role: 'unknown' as const } : token;
  });
}

/** Whether every word of the statement is one of these or changes nothing: the rule that keeps doubt out. */
export function holdsOnly({ tokens }: Statement, allowed: ReadonlySet<TokenRole>): boolean {
  return tokens.every(
    (token) => allowed.has(token.role) || neutral.has(token.role) || isFigure(token) || isDate(token),
  );
}

export function says({ roles }: Statement, ...asked: readonly TokenRole[]): boolean {
  return asked.some((role) => roles.has(role));
}

export function tokensOf({ tokens }: Statement, role: TokenRole): Token[] {
  return tokens.filter((token) => token.role === role);
}

/** The count a statement makes of a topic: from the first of the words read to the last, the figure among them. */
export function count(topic: Topic, statement: Statement, ...asked: readonly TokenRole[]): Draft[] {
  const { figure } = statement;
  if (figure === undefined) return [];
  const { value, precision } = figure;
  return [{ topic, kind: 'count', value, precision, ...span(statement, [...asked, 'amount']) }];
}

/** A claim without a number. */
export function claim(topic: Topic, kind: ClaimKind, statement: Statement, ...asked: readonly TokenRole[]): Draft {
  return { topic, kind, value: null, precision: 'exact', ...span(statement, asked) };
}

function span({ tokens, figure }: Statement, asked: readonly TokenRole[]): { start: number; end: number } {
  const read = tokens.filter((token) => (token.role === 'amount' ? token === figure : asked.includes(token.role)));
  return { start: (read[0] as Token).start, end: (read.at(-1) as Token).end };
}
