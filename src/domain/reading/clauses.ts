import type { Token, TokenRole } from './tokens.ts';

/** Words between two marks, or between two amounts: at most one thing is said in it. */
export interface Clause {
  readonly tokens: readonly Token[];
  /** What stands before it; `none` where a long clause was cut between two statements. */
  readonly mark: TokenRole | 'none';
  /** Nothing in it is this year's figure: it compares (较上年增加12件), or it is too long to be prose. */
  readonly unread: boolean;
}

export interface Sentence {
  readonly tokens: readonly Token[];
  /** Cut when asked for: most sentences are never read clause by clause. */
  readonly clauses: () => readonly Clause[];
  readonly question: boolean;
}

const nouns: ReadonlySet<TokenRole> = new Set(['request', 'bareRequest', 'dispute', 'document', 'decision', 'ruling']);

const verbs: ReadonlySet<TokenRole> = new Set([
  'receive',
  'receiveNew',
  'handle',
  'conclude',
  'answer',
  'carriedIn',
  'carriedOut',
  'carry',
  'outcome',
  'result',
  'documentVerb',
]);

/** Words that stand before a verb and go with it when a clause is cut. */
const leading: ReadonlySet<TokenRole> = new Set([
  'filler',
  'of',
  'every',
  'timely',
  'negation',
  'total',
  'thisPeriod',
  'part',
  'including',
  'adding',
  'occur',
  'disclosure',
]);

/** The sentences of a text. */
export function sentencesOf(tokens: readonly Token[]): Sentence[] {
  const sentences: Sentence[] = [];
  let from = 0;
  for (let at = 0; at <= tokens.length; at++) {
    const role = tokens[at]?.role;
    if (role !== undefined && role !== 'stop' && role !== 'question') continue;
    if (at > from) sentences.push(sentenceOf(tokens, from, at, role === 'question'));
    from = at + 1;
  }
  return sentences;
}

function sentenceOf(tokens: readonly Token[], from: number, to: number, question: boolean): Sentence {
  return { tokens: tokens.slice(from, to), clauses: () => clausesOf(tokens, from, to), question };
}

/**
 * Words one of which is in whatever claims something or changes how the words after it are to be read. Amounts do so as
 * well; and whose figures would follow, any word may say.
 */
const telling: ReadonlySet<TokenRole> = new Set([
  'request',
  'bareRequest',
  'carriedIn',
  'carriedOut',
  'carry',
  'outcome',
  'every',
  'dispute',
  'occur',
  'disclosure',
  'document',
  'documentVerb',
  'decision',
  'ruling',
  'fee',
  'otherMatter',
  'part',
  'including',
  'except',
  'respectively',
  'plan',
  'forward',
  'periodName',
  'announce',
]);

/** Whether anything may come of reading these words. */
export function tells(tokens: readonly Token[]): boolean {
  return tokens.some((token) => (token.role === 'amount' ? !isDate(token) : telling.has(token.role)));
}

/** People put a mark before so many words; a clause is cut here, so that none takes long. */
const longestClause = 120;

/** The clauses of one sentence: cut at marks, before a comparison, and where a second statement begins. */
function clausesOf(tokens: readonly Token[], from: number, to: number): Clause[] {
  const clauses: Clause[] = [];
  let current: Token[] = [];
  let mark: Clause['mark'] = 'stop';
  const end = (next: Clause['mark'], carried: Token[] = []) => {
    if (current.length > 0 || mark === 'open' || mark === 'close') clauses.push(clauseOf(current, mark));
    [current, mark] = [carried, next];
  };
  for (let at = from; at < to; at++) {
    const token = tokens[at] as Token;
    if (current.length === longestClause) end('none');
    if (separates(token, current)) end(token.role);
    else if (token.role === 'compare' && current.length > 0) end('none', [token]);
    else if (beginsAnother(token, current) && !endsThis(tokens, at, current))
      end('none', [...takeLeading(current), token]);
    else current.push(token);
  }
  end('stop');
  return clauses;
}

function clauseOf(tokens: readonly Token[], mark: Clause['mark']): Clause {
  return { tokens, mark, unread: tokens.length >= longestClause || has(tokens, 'compare') };
}

/** A 、 only separates amounts; 邮寄、网络等方式 is one thing. */
function separates({ role }: Token, current: readonly Token[]): boolean {
  if (role === 'enumeration') return current.some(isFigure);
  return role === 'comma' || role === 'semicolon' || role === 'open' || role === 'close';
}

/** After 收到申请35件 a verb begins another statement; after 35件 alone it ends this one (35件予以公开). */
function beginsAnother({ role }: Token, current: readonly Token[]): boolean {
  const isVerb = verbs.has(role);
  if (!isVerb && !nouns.has(role)) return false;
  const figure = current.findIndex(isFigure);
  if (figure < 0) return false;
  const before = current.slice(0, figure);
  if (!isVerb) return before.some((token) => nouns.has(token.role));
  return before.some((token) => verbs.has(token.role) || nouns.has(token.role));
}

/** 申请75件已办结 says what became of the 75; 申请75件均已办结 and 申请75件办结70件 speak of all, and of 70. */
function endsThis(tokens: readonly Token[], at: number, current: readonly Token[]): boolean {
  const { role } = tokens[at] as Token;
  if (!verbs.has(role) || role === 'result' || role === 'documentVerb') return false;
  if (has(current, 'every') || current.some((token) => verbs.has(token.role))) return false;
  for (let next = at + 1; next < Math.min(tokens.length, at + longestClause); next++) {
    const token = tokens[next] as Token;
    if (isFigure(token)) return false;
    if (separates(token, current) || token.role === 'stop') return true;
  }
  return true;
}

/** Takes the words off the end of a clause that belong to the verb that follows. */
function takeLeading(current: Token[]): Token[] {
  let at = current.length;
  while (at > 0 && leading.has((current[at - 1] as Token).role)) at--;
  return current.splice(at);
}

export function has(tokens: readonly Token[], role: TokenRole): boolean {
  return tokens.some((token) => token.role === role);
}

/** A number of things that may be cases or documents. */
export function isFigure({ role, unit }: Token): boolean {
  return role === 'amount' && (unit === 'case' || unit === 'paper');
}

/** A part of a date. */
export function isDate({ role, unit }: Token): boolean {
  return role === 'amount' && (unit === 'year' || unit === 'month' || unit === 'day');
}
