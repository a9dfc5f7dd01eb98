import type { AgencyNames } from '../lexicon.ts';
import { isDate } from './clauses.ts';
import type { Whose } from './period.ts';
import type { Token, TokenRole } from './tokens.ts';

/** How agencies are known by their names, and what says quickly that none is named. */
export interface KnownNames extends AgencyNames {
  readonly anyOrgan: RegExp;
}

export function compileNames(names: AgencyNames): KnownNames {
  return { ...names, anyOrgan: new RegExp(names.organs.join('|'), 'u') };
}

/** The agency that reports, as its narrative may call it. */
export interface Agency {
  readonly names: KnownNames;
  /** Normalised; empty where it is not known. */
  readonly name: string;
  /** `government`: its report adds up its departments, so 全市 is its own and 我局 is not. */
  readonly kind: 'government' | 'township' | 'body' | 'unknown';
}

export function agencyOf(names: KnownNames, name: string): Agency {
  if (name === '') return { names, name, kind: 'unknown' };
  if (!names.governments.some((ending) => name.endsWith(ending))) return { names, name, kind: 'body' };
  return { names, name, kind: names.townships.some((part) => name.includes(part)) ? 'township' : 'government' };
}

/** What the beginning of a clause says of whose figures follow, and the clause with its own subject marked as known. */
export interface Subjected {
  readonly subject: Whose | undefined;
  readonly tokens: readonly Token[];
}

const beforeSubject: ReadonlySet<TokenRole> = new Set(['filler', 'of', 'thisPeriod', 'total', 'enumeration', 'title']);

/** What a name may be cut into by the lexicon. */
const withinName: ReadonlySet<TokenRole> = new Set(['unknown', 'filler', 'of', 'behalf', 'region', 'self', 'affair']);

export function subjectOf(agency: Agency, text: string, tokens: readonly Token[]): Subjected {
  const at = tokens.findIndex((token) => !beforeSubject.has(token.role) && !isDate(token));
  const first = tokens[at];
  if (first === undefined) return { subject: undefined, tokens };
  if (first.role === 'self') return { subject: agency.kind === 'government' ? 'other' : 'own', tokens };
  if (first.role === 'otherSubject' || first.role === 'everyOrgan') return { subject: 'other', tokens };
  if (first.role === 'region') return regional(agency, text, tokens, at);
  return first.role === 'unknown' ? named(agency, text, tokens, at) : { subject: undefined, tokens };
}

/** 全市 is this report's where a government of a 市 reports; a department that says so speaks of others. */
function regional(agency: Agency, text: string, tokens: readonly Token[], at: number): Subjected {
  const { start, end } = tokens[at] as Token;
  const level = text.charAt(end - 1);
  const levels = [...agency.name].filter((character) => agency.names.levels.includes(character));
  const own = agency.kind !== 'unknown' && agency.kind !== 'body' && levels.at(-1) === level;
  if (!own) return { subject: 'other', tokens };
  const to = tokens[at + 1]?.role === 'everyOrgan' ? at + 2 : at + 1;
  return { subject: 'own', tokens: asSelf(tokens, at, to, start, end) };
}

/** Words the lexicon does not have may be the agency's name, or another's. */
function named(agency: Agency, text: string, tokens: readonly Token[], at: number): Subjected {
  let to = at;
  while (to < tokens.length && withinName.has((tokens[to] as Token).role)) to++;
  while ((tokens[to - 1] as Token).role === 'filler') to--;
  const [start, end] = [(tokens[at] as Token).start, (tokens[to - 1] as Token).end];
  const behalf = tokens.slice(at, to).find(({ role }) => role === 'behalf');
  const ends = organEnds(agency.names, text.slice(start, behalf?.start ?? end));
  const own = ends.findLast((length) => isAlias(agency, text.slice(start, start + length)));
  if (own === undefined) return { subject: ends.length > 0 ? 'other' : undefined, tokens };
  const whole = behalf !== undefined || start + own === end;
  return { subject: 'own', tokens: whole ? asSelf(tokens, at, to, start, end) : tokens };
}

function asSelf(tokens: readonly Token[], from: number, to: number, start: number, end: number): Token[] {
  const self: Token = { ...(tokens[from] as Token), role: 'self', topic: '', start, end };
  return [...tokens.slice(0, from), self, ...tokens.slice(to)];
}

/** Names of agencies are not longer than this. */
const longestName = 24;

/** Where in the words the name of an organ may end: lengths, in order. A short ending alone is no name. */
function organEnds(names: KnownNames, words: string): number[] {
  const name = words.slice(0, longestName);
  if (!names.anyOrgan.test(name)) return [];
  const ends: number[] = [];
  for (const organ of names.organs) {
    const at = name.indexOf(organ, organ.length > 2 ? 0 : 1);
    if (at >= 0) ends.push(at + organ.length);
  }
  return ends.sort((one, other) => one - other);
}

/** 市科委 is 上海市科学技术委员会: the same kind of ending, and before it characters of the name in their order. */
function isAlias({ names, name, kind }: Agency, words: string): boolean {
  if (kind === 'unknown' || kind === 'government') return false;
  return names.endings.some((endings) => {
    const ofAgency = endings.find((ending) => name.endsWith(ending));
    const ofWords = endings.find((ending) => words.endsWith(ending));
    if (ofAgency === undefined || ofWords === undefined) return false;
    return isWithin(words.slice(0, -ofWords.length), name.slice(0, -ofAgency.length));
  });
}

function isWithin(short: string, long: string): boolean {
  let from = 0;
  for (const character of short) {
    from = long.indexOf(character, from) + 1;
    if (from === 0) return false;
  }
  return true;
}
