import type { Params, Words } from '../domain/language.ts';

/** Where a text stops being JSON, in UTF-16 code units from its start, and why. */
export interface JsonFault {
  readonly at: number;
  readonly words: Words;
  readonly params?: Params;
}

/** What may come next: `…OrEnd` in what was just opened, which may end at once; `nothing` after the whole value. */
type Expected = 'value' | 'valueOrEnd' | 'name' | 'nameOrEnd' | 'colon' | 'commaOrEnd' | 'nothing';

/** A piece of JSON that may stand where it does. */
interface Token {
  readonly end: number;
  readonly opens?: '{' | '[';
  readonly closes?: true;
  /** What may come next, where it is not what comes after a value. */
  readonly next?: Expected;
}

/** Where in the text a token starts, and what was read before it. */
interface Place {
  readonly text: string;
  readonly start: number;
  readonly expected: Expected;
  /** The innermost that is open. */
  readonly inside: '{' | '[' | undefined;
  readonly last: { readonly start: number; readonly end: number };
}

/**
 * The first fault in a text that is no JSON; `undefined` where it is JSON. The program's own parser tells of one in
 * English alone and in words that change, so a text it has refused is read once more.
 */
export function jsonFault(text: string): JsonFault | undefined {
  const opened: ('{' | '[')[] = [];
  let [expected, last]: [Expected, Place['last']] = ['value', { start: 0, end: 0 }];
  for (;;) {
    const start = afterSpace(text, last.end);
    if (start === text.length) return expected === 'nothing' ? undefined : cutOff(text, start, last);
    const token = tokenAt({ text, start, expected, inside: opened.at(-1), last });
    if ('words' in token) return token;
    if (token.opens) opened.push(token.opens);
    if (token.closes) opened.pop();
    expected = token.next ?? (opened.length > 0 ? 'commaOrEnd' : 'nothing');
    last = { start, end: token.end };
  }
}

function tokenAt(place: Place): Token | JsonFault {
  const { text, start, expected, inside } = place;
  const character = text[start] as string;
  const end = start + 1;
  if (character === ':' && expected === 'colon') return { end, next: 'value' };
  if (character === ',' && expected === 'commaOrEnd') return { end, next: inside === '{' ? 'name' : 'value' };
  if (character === endOf(inside) && mayEnd.has(expected)) return { end, closes: true };
  if (character === '"' && (expected === 'name' || expected === 'nameOrEnd')) return stringAt(text, start, 'colon');
  return expected === 'value' || expected === 'valueOrEnd' ? valueAt(place, character) : unexpected(place);
}

const mayEnd: ReadonlySet<Expected> = new Set(['valueOrEnd', 'nameOrEnd', 'commaOrEnd']);

function endOf(opened: Place['inside']): string | undefined {
  return opened && (opened === '{' ? '}' : ']');
}

function valueAt(place: Place, character: string): Token | JsonFault {
  const { text, start } = place;
  if (character === '"') return stringAt(text, start);
  if (character === '{') return { end: start + 1, opens: character, next: 'nameOrEnd' };
  if (character === '[') return { end: start + 1, opens: character, next: 'valueOrEnd' };
  const end = wordEnd(text, start);
  if (end === start) return unexpected(place);
  const word = text.slice(start, end);
  if (scalar.test(word)) return { end };
  return { at: start, words: /^[-+.\d]/.test(word) ? noNumber : noWord, params: { word: shortened(word) } };
}

const scalar = /^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?)$/;

function wordEnd(text: string, start: number): number {
  let end = start;
  while (/[\w.+-]/.test(text[end] ?? '')) end += 1;
  return end;
}

const mostShown = 20;

function shortened(word: string): string {
  return word.length > mostShown ? `${word.slice(0, mostShown)}…` : word;
}

/** The string that starts here, or what is wrong in it. */
function stringAt(text: string, start: number, next?: Expected): Token | JsonFault {
  let at = start + 1;
  for (; at < text.length; at += 1) {
    const character = text[at] as string;
    if (character === '"') return { end: at + 1, ...(next && { next }) };
    if (character < ' ') return strayQuote(text, start, at) ?? inString(character, at);
    if (character !== '\\') continue;
    const [sequence] = escape.exec(text.slice(at, at + 6)) ?? [];
    if (sequence === undefined) return { at, words: noEscape, params: { sequence: shown(text.slice(at, at + 2)) } };
    at += sequence.length - 1;
  }
  return strayQuote(text, start, at) ?? { at: start, words: unclosedString };
}

const escape = /^\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/;

function inString(character: string, at: number): JsonFault {
  const isBreak = character === '\n' || character === '\r';
  return { at, words: isBreak ? breakInString : controlInString, params: { character: shown(character) } };
}

/** A quotation mark typed as Chinese ones are, by which somebody meant to end a string: what follows belongs to none. */
function strayQuote(text: string, start: number, end: number): JsonFault | undefined {
  const [before] = /^[^“”]*”(?=\s*(?:[,:}\]，：｝］]|$))/u.exec(text.slice(start, end)) ?? [];
  return before === undefined ? undefined : wide(start + before.length - 1, '”');
}

function cutOff(text: string, at: number, last: Place['last']): JsonFault {
  return last.end === 0 ? { at: 0, words: empty } : (strayQuote(text, last.start, at) ?? { at, words: tooShort });
}

/** What stands where it may not: what people send by mistake is told by its name. */
function unexpected(place: Place): JsonFault {
  const { text, start: at, expected, inside, last } = place;
  const character = String.fromCodePoint(text.codePointAt(at) as number);
  if (halfWidth(character) !== undefined) return wide(at, character);
  if (character === endOf(inside) && text[last.start] === ',') {
    return { at: last.start, words: trailingComma, params: { character } };
  }
  const stray = text[last.start] === '"' ? strayQuote(text, last.start, last.end - 1) : undefined;
  if (stray) return stray;
  const mistake = mistakes.find(([start]) => text.startsWith(start, at));
  if (mistake) return { at, words: mistake[1] };
  const params = { character: shown(character), expected: expectedInWords(expected, inside) };
  return { at, words: expected === 'nothing' ? afterEnd : unexpectedCharacter, params };
}

function wide(at: number, character: string): JsonFault {
  return { at, words: fullWidth, params: { character: shown(character), half: halfWidth(character) ?? '' } };
}

/** What a character as Chinese is typed in stands for in JSON; `undefined` for any other. */
function halfWidth(character: string): string | Words | undefined {
  const code = character.charCodeAt(0);
  if (code > 0xff00 && code < 0xff5f) return String.fromCharCode(code - 0xfee0);
  return lookAlikes[character];
}

const lookAlikes: Readonly<Record<string, string | Words>> = {
  '“': '"',
  '”': '"',
  '‘': '"',
  '’': '"',
  '、': ',',
  '【': '[',
  '】': ']',
  '\u3000': { 'zh-CN': '空格', en: 'space' },
};

/** What JSON has as space: blank, tab, line feed, carriage return. */
const spaces = new Set([0x20, 0x09, 0x0a, 0x0d]);

/** Where the space that starts at a place ends. */
function afterSpace(text: string, from: number): number {
  let at = from;
  while (spaces.has(text.charCodeAt(at))) at += 1;
  return at;
}

/** A character as it can be seen. */
function shown(text: string): string {
  return text.replace(/[\p{C}\p{Z}]/gu, (one) => {
    return `U+${(one.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0')}`;
  });
}

function expectedInWords(expected: Expected, inside: Place['inside']): Words {
  if (expected === 'colon') return { 'zh-CN': '冒号', en: 'a colon' };
  if (expected === 'name' || expected === 'nameOrEnd')
    return { 'zh-CN': '带双引号的名称', en: 'a name in double quotes' };
  if (expected !== 'commaOrEnd') return { 'zh-CN': '一个值', en: 'a value' };
  return { 'zh-CN': `逗号或“${endOf(inside)}”`, en: `a comma or “${endOf(inside)}”` };
}

const empty = { 'zh-CN': '没有内容。', en: 'there is nothing.' };
const tooShort = {
  'zh-CN': '内容到这里就断了，可能没有发送完整。',
  en: 'it ends here before it is complete: perhaps not all of it was sent.',
};
const unclosedString = {
  'zh-CN': '从这里开始的字符串没有结束的双引号。',
  en: 'the string that starts here has no closing quote.',
};
const breakInString = {
  'zh-CN': '字符串中间换了行：少了结束的双引号，或者换行没有写作 \\n。',
  en: 'a line ends within a string: its closing quote is missing, or the break is not written as \\n.',
};
const controlInString = {
  'zh-CN': '字符串里有控制字符 {character}，须写作转义（如制表符写作 \\t）。',
  en: 'a string has the control character {character} in it, which has to be escaped (a tab as \\t).',
};
const noEscape = {
  'zh-CN': '“{sequence}”不是 JSON 的转义；反斜杠本身须写作 \\\\。',
  en: '“{sequence}” is no escape of JSON; a backslash itself is written \\\\.',
};
const noNumber = {
  'zh-CN': '“{word}”不是 JSON 的数，应写作 12、-3 或 0.5 这样。',
  en: '“{word}” is no number of JSON; they are like 12, -3 or 0.5.',
};
const noWord = {
  'zh-CN': '“{word}”没有加双引号，也不是 true、false 或 null。',
  en: '“{word}” is neither in double quotes nor true, false or null.',
};
const fullWidth = {
  'zh-CN': '这里是全角（中文）字符 {character} ，请改为半角的 {half} 。',
  en: 'here is a full-width (Chinese) character, {character} : write {half} instead.',
};
const trailingComma = {
  'zh-CN': '“{character}”前面多了一个逗号。',
  en: 'there is a comma too many before “{character}”.',
};
const afterEnd = {
  'zh-CN': '内容已经结束，后面却还有“{character}”。',
  en: 'the value is complete, but “{character}” comes after it.',
};
const unexpectedCharacter = {
  'zh-CN': '这里应当是{expected}，却是“{character}”。',
  en: '{expected} should be here, not “{character}”.',
};

/** What starts with what is no JSON, but comes from somewhere. */
const mistakes: readonly (readonly [string, Words])[] = [
  ['//', { 'zh-CN': 'JSON 里不能有注释。', en: 'there are no comments in JSON.' }],
  ['/*', { 'zh-CN': 'JSON 里不能有注释。', en: 'there are no comments in JSON.' }],
  ["'", { 'zh-CN': '字符串须用双引号，不能用单引号。', en: 'strings are in double quotes, not in single ones.' }],
  [
    '\uFEFF',
    {
      'zh-CN': '这里有字节顺序标记（BOM），它只能在正文的最前面，而且只能有一个。',
      en: 'here is a byte order mark, of which there may be one, at the very beginning.',
    },
  ],
  [
    '\0',
    {
      'zh-CN': '这里是空字节：内容可能是 UTF-16 编码，须转换为 UTF-8。',
      en: 'here is a byte 0: it is UTF-16, perhaps, and has to be UTF-8.',
    },
  ],
];
