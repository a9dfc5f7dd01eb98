/** A text in one spelling, and where each of its characters stands in the text as written. */
export interface Normalised {
  readonly text: string;
  /** For each character of `text`, its place in the text as written (UTF-16 code units). */
  readonly places: Int32Array;
}

/** Characters and words that are read as others, made once from the lexicon. */
export interface Spelling {
  /** For every UTF-16 code unit the one it is read as; a blank for every kind of white space but a line break. */
  readonly characters: Uint16Array;
  readonly synonyms: readonly (readonly [string, string])[];
}

const newline = 10;
const space = 32;
const comma = 44;

/** A line this long that does not end in a stop was broken by the page, not by the writer. */
const wrappedLine = 20;

export function compileSpelling(characters: string, synonyms: readonly (readonly [string, string])[]): Spelling {
  const pairs = [...characters.matchAll(/(\S)(\S)/gu)].map(
    ([, from, to]) => [(from as string).charCodeAt(0), (to as string).charCodeAt(0)] as const,
  );
  const others = new Map(pairs);
  const readAs = new Uint16Array(0x10000);
  for (let code = 0; code < readAs.length; code++) readAs[code] = oneSpelling(others, code);
  return { characters: readAs, synonyms };
}

/**
 * One spelling: half-width, simplified, no white space but one blank between digits, and a line break only where
 * the writer made one. Every character stands for exactly one of the text as written.
 */
export function normalise(spelling: Spelling, written: string): Normalised {
  const codes = new Uint16Array(written.length);
  const places = new Int32Array(written.length);
  let [length, lineStart] = [0, 0];
  for (let place = 0; place < written.length; place++) {
    const code = spelling.characters[written.charCodeAt(place)] as number;
    if (code === space || code === newline) {
      const last = codes[length - 1];
      if (code === newline && (last === newline || isWrapped(written, lineStart, place))) continue;
      if (code === newline) lineStart = place + 1;
      else if (!isDigit(last)) continue;
    } else if (codes[length - 1] === space && !isDigit(code)) length--;
    codes[length] = code;
    places[length++] = place;
  }
  return { text: withSynonyms(spelling, inWords(codes, length)), places };
}

/** Whether the line that ends at `end` goes on in the next: a long one, and the next is not blank. */
function isWrapped(written: string, start: number, end: number): boolean {
  if (isBreak(written.charCodeAt(end + 1))) return false;
  let from = end;
  while (from > start && !isBreak(written.charCodeAt(from - 1))) from--;
  return end - from >= wrappedLine && !/[。；：！？|]/.test(written.charAt(end - 1));
}

function isBreak(code: number): boolean {
  return code === newline || code === 13;
}

const chunk = 8192;

function inWords(codes: Uint16Array, length: number): string {
  let text = '';
  for (let from = 0; from < length; from += chunk) {
    text += Reflect.apply(
      String.fromCharCode,
      undefined,
      codes.subarray(from, Math.min(from + chunk, length)),
    ) as string;
  }
  return text;
}

function withSynonyms(spelling: Spelling, text: string): string {
  return spelling.synonyms.reduce((result, [from, to]) => result.replaceAll(from, to), text);
}

/**
 * Compatibility forms are taken where they are the same character: full width, Kangxi radicals, compatibility
 * ideographs. Not superscripts, whose digits are footnotes; numbers in circles are list marks and separate.
 */
function oneSpelling(others: ReadonlyMap<number, number>, code: number): number {
  if (code < 0x80) return code === 9 || code === 11 || code === 12 || code === 13 ? space : code;
  if (isBlank(code)) return space;
  if (code >= 0x2460 && code <= 0x24ff) return comma;
  const same = isCompatible(code) ? compatible(code) : code;
  return others.get(same) ?? same;
}

function isBlank(code: number): boolean {
  return code === 0xa0 || code === 0x3000 || code === 0xfeff || (code >= 0x2000 && code <= 0x200f) || code === 0x202f;
}

function isCompatible(code: number): boolean {
  return code >= 0xff00 || (code >= 0x2f00 && code <= 0x2fdf) || (code >= 0xf900 && code <= 0xfaff);
}

function compatible(code: number): number {
  const form = String.fromCharCode(code).normalize('NFKC');
  return form.length === 1 ? form.charCodeAt(0) : code;
}

function isDigit(code: number | undefined): boolean {
  return code !== undefined && code >= 48 && code <= 57;
}
