import type { Precision } from '../claim.ts';
import type { Lexicon, Role, UnitKind } from '../lexicon.ts';
import { isChineseNumeral, numeralCharacters, readArabic, readChinese, type Numeral } from './numeral.ts';
import { longestAt, wordTree, type WordTree } from './words.ts';

/** What the characters of a token are: a word of the lexicon, a number, a mark, or nothing known. */
export type TokenRole = Role | Mark | 'amount' | 'number' | 'title' | 'unknown';

/** `stop` ends a sentence, the others a clause. */
export type Mark = 'stop' | 'question' | 'semicolon' | 'comma' | 'enumeration' | 'open' | 'close';

/** A piece of a normalised text; places are in that text, half-open. */
export interface Token {
  readonly role: TokenRole;
  /** Of words that have one; empty otherwise. */
  readonly topic: string;
  readonly start: number;
  readonly end: number;
  /** Of an `amount`: a number with a unit. `value` is `null` where it cannot be told for sure. */
  readonly value: number | null;
  readonly unit: UnitKind;
  readonly precision: Precision;
}

/** The lexicon, made ready to be looked up. */
export interface Vocabulary {
  readonly words: WordTree<Meaning>;
  readonly units: WordTree<UnitKind>;
  readonly before: WordTree<Precision>;
  readonly after: WordTree<Precision>;
  /** For every code unit which kinds of token may begin with it: the sum of their `kinds`. */
  readonly begins: Uint8Array;
}

interface Meaning {
  readonly role: Role;
  readonly topic: string;
}

export function compileVocabulary(lexicon: Lexicon): Vocabulary {
  const words = wordTree(
    lexicon.entries.flatMap(({ role, topic = '', words }) => words.map((word) => [word, { role, topic }] as const)),
  );
  const before = keyed(lexicon.before);
  return {
    words,
    units: keyed(lexicon.units),
    before,
    after: keyed(lexicon.after),
    begins: beginnings(words, before),
  };
}

/** What a character may begin, as bits. */
const kinds = { word: 1, number: 2, mark: 4, title: 8, numbering: 16 } as const;

function beginnings(words: WordTree<unknown>, before: WordTree<unknown>): Uint8Array {
  const begins = new Uint8Array(0x10000);
  const mayBegin = (kind: number, characters: Iterable<string>) => {
    for (const character of characters)
      begins[character.charCodeAt(0)] = (begins[character.charCodeAt(0)] as number) | kind;
  };
  mayBegin(kinds.word, firstOf(words));
  mayBegin(kinds.number, [...firstOf(before), ...numeralCharacters, ...'0123456789第数几']);
  mayBegin(kinds.mark, marks.keys());
  mayBegin(kinds.title, closers.keys());
  mayBegin(kinds.numbering, '(0123456789一二三四五六七八九十');
  return begins;
}

function firstOf({ first }: WordTree<unknown>): string[] {
  return [...first.keys()].filter((code) => first[code] !== 0).map((code) => String.fromCharCode(code));
}

function keyed<Key extends string>(lists: Readonly<Record<Key, readonly string[]>>): WordTree<Key> {
  const entries = Object.entries(lists) as [Key, readonly string[]][];
  return wordTree(entries.flatMap(([key, words]) => words.map((word) => [word, key] as const)));
}

const marks: ReadonlyMap<string, Mark> = new Map([
  ...[...'。!\n|•●'].map((mark) => [mark, 'stop'] as const),
  ['?', 'question'],
  [';', 'semicolon'],
  [',', 'comma'],
  [':', 'comma'],
  ['.', 'stop'],
  ['、', 'enumeration'],
  ['(', 'open'],
  [')', 'close'],
  ['[', 'open'],
  [']', 'close'],
  ['【', 'open'],
  ['】', 'close'],
]);

const markRoles: ReadonlySet<TokenRole> = new Set(marks.values());

function isMark(role: TokenRole): boolean {
  return markRoles.has(role);
}

const closers: ReadonlyMap<string, string> = new Map([
  ['《', '》'],
  ['“', '”'],
  ['「', '」'],
  ['"', '"'],
]);

/** A title or a quotation longer than this has lost its closing mark. */
const longestTitle = 120;

/** The tokens of a normalised text, in one pass. */
export function tokenise(vocabulary: Vocabulary, text: string): Token[] {
  const tokens: Token[] = [];
  let [at, unknown] = [0, 0];
  while (at < text.length) {
    const last = unknown < at ? undefined : tokens[tokens.length - 1];
    const token = tokenAt(vocabulary, text, at, last);
    if (token === undefined) {
      at++;
      continue;
    }
    if (unknown < at) tokens.push(plain('unknown', unknown, at));
    tokens.push(token);
    unknown = at = token.end;
  }
  if (unknown < at) tokens.push(plain('unknown', unknown, at));
  return tokens;
}

function plain(role: TokenRole, start: number, end: number, topic = ''): Token {
  return { role, topic, start, end, value: null, unit: 'other', precision: 'exact' };
}

/** The token that begins at a place; `undefined` where its first character is no part of anything known. */
function tokenAt(vocabulary: Vocabulary, text: string, at: number, last: Token | undefined): Token | undefined {
  const begins = vocabulary.begins[text.charCodeAt(at)] as number;
  if (begins <= kinds.word) return begins === 0 ? undefined : wordAt(vocabulary, text, at);
  return (
    (begins & kinds.numbering ? numberingAt(text, at, last) : undefined) ??
    (begins & kinds.title ? titleAt(text, at) : undefined) ??
    (begins & kinds.number ? ordinalAt(vocabulary, text, at) : undefined) ??
    longer(begins & kinds.number ? numberAt(vocabulary, text, at) : undefined, wordAt(vocabulary, text, at)) ??
    (begins & kinds.mark ? markAt(text, at) : undefined)
  );
}

function markAt(text: string, at: number): Token | undefined {
  const mark = marks.get(text.charAt(at));
  return mark && plain(mark, at, at + 1);
}

/** 一、 and 1. and (二) at the beginning of a clause number it. */
const numbering = /\(?(?:[一二三四五六七八九十]{1,3}|\d{1,2})(?:\)[、.]?|[、.](?!\d)|\.(?=(?:19|20)\d\d年))/y;

function numberingAt(text: string, at: number, last: Token | undefined): Token | undefined {
  const begins = at === 0 || text.charAt(at) === '(' || (last !== undefined && isMark(last.role));
  if (!begins || last?.role === 'enumeration') return undefined;
  numbering.lastIndex = at;
  return numbering.test(text) ? plain('comma', at, numbering.lastIndex) : undefined;
}

/** A title or a quotation is one word, whatever is in it. */
function titleAt(text: string, at: number): Token | undefined {
  const closer = closers.get(text.charAt(at));
  if (closer === undefined) return undefined;
  const end = text.slice(at + 1, at + longestTitle).indexOf(closer);
  return end < 0 ? undefined : plain('title', at, at + end + 2);
}

/** 第二十条 and 数十件 are no amounts, and no words we know. But 第一季度 is in the lexicon. */
function ordinalAt(vocabulary: Vocabulary, text: string, at: number): Token | undefined {
  const character = text.charAt(at);
  const vague = (character === '数' || character === '几') && '十百千万亿'.includes(text.charAt(at + 1) || ' ');
  if (!vague && (character !== '第' || longestAt(vocabulary.words, text, at))) return undefined;
  return plain('unknown', at, numeralAt(text, at + 1)?.end ?? at + 1);
}

function wordAt({ words }: Vocabulary, text: string, at: number): Token | undefined {
  const found = longestAt(words, text, at);
  return found && plain(found.meaning.role, at, found.end, found.meaning.topic);
}

/** 一季度 is a word, 一件 a number. */
function longer(number: Token | undefined, word: Token | undefined): Token | undefined {
  return number && word && word.end > number.end ? word : (number ?? word);
}

const percentPrefix = '百分之';

/** A number with what belongs to it: 约, 余, its unit. A Chinese numeral without a unit is no number (一是, 统一). */
function numberAt(vocabulary: Vocabulary, text: string, at: number): Token | undefined {
  const before = longestAt(vocabulary.before, text, at);
  const start = before?.end ?? at;
  if (text.startsWith(percentPrefix, start)) return percentAt(text, at, start, before?.meaning);
  const numeral = numeralAt(text, start);
  if (numeral === undefined) return undefined;
  const more = longestAt(vocabulary.after, text, numeral.end);
  const unit = longestAt(vocabulary.units, text, more?.end ?? numeral.end);
  if (unit === undefined) return withoutUnit(text, at, start, numeral);
  const around = longestAt(vocabulary.after, text, unit.end);
  const exact = settled(numeral, [before?.meaning, more?.meaning, around?.meaning]);
  return amount(at, around?.end ?? unit.end, unit.meaning, exact);
}

function amount(start: number, end: number, unit: UnitKind, { value, precision }: Exactness): Token {
  return { role: 'amount', topic: '', start, end, value, unit, precision };
}

function numeralAt(text: string, at: number): Numeral | undefined {
  const character = text.charAt(at);
  if (character >= '0' && character <= '9') return readArabic(text, at);
  return isChineseNumeral(character) ? readChinese(text, at) : undefined;
}

function withoutUnit(text: string, at: number, start: number, numeral: Numeral): Token | undefined {
  return isChineseNumeral(text.charAt(start)) ? undefined : plain('number', at, numeral.end);
}

function percentAt(text: string, at: number, start: number, before: Precision | undefined): Token | undefined {
  const from = start + percentPrefix.length;
  const numeral = text.charAt(from) === '百' ? hundred(from) : numeralAt(text, from);
  if (numeral === undefined) return undefined;
  return amount(at, numeral.end, 'percent', { value: numeral.value, precision: before ?? 'exact' });
}

function hundred(at: number): Numeral {
  return { value: 100, rounded: false, headless: false, end: at + 1 };
}

type Exactness = Pick<Token, 'value' | 'precision'>;

/** How exact the number is; two words that do not agree (近三万余) make it none at all. */
function settled(numeral: Numeral, said: readonly (Precision | undefined)[]): Exactness {
  const words = [...new Set(said.filter((word) => word !== undefined))];
  const precision = words[0] ?? (numeral.rounded ? 'about' : 'exact');
  const unsure = words.length > 1 || (numeral.headless && words.length === 0);
  return { value: unsure ? null : numeral.value, precision };
}
