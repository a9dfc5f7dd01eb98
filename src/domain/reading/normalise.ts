/** A text in one spelling: the text as written, character for character, but for what is left out. */
export interface Normalised {
  readonly text: string;
  /** The places of the text as written (UTF-16 code units) that have no character in `text`, in their order. */
  readonly leftOut: readonly number[];
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
export function normalise({ characters, synonyms }: Spelling, written: string): Normalised {
  const leftOut: number[] = [];
  const text = inOneSpelling(characters, written).replaceAll(blanks, (run, from: number, whole: string) => {
    const kept = keptBlanks(written, run, from, whole);
    for (let place = 0; place < run.length; place++) if (!kept.includes(place)) leftOut.push(from + place);
    return kept.map((place) => run.charAt(place)).join('');
  });
  return { text: synonyms.reduce((result, [from, to]) => result.replaceAll(from, to), text), leftOut };
}

/** Where the character at a place of the normalised text stands in the text as written. */
export function placeAsWritten({ leftOut }: Normalised, at: number): number {
  let [low, high] = [0, leftOut.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((leftOut[middle] as number) - middle <= at) low = middle + 1;
    else high = middle;
  }
  return at + low;
}

/** Few characters are written otherwise than they are read: what is between them is taken as it is. */
function inOneSpelling(characters: Uint16Array, written: string): string {
  let [text, from] = ['', 0];
  for (let place = 0; place < written.length; place++) {
    const code = written.charCodeAt(place);
    const readAs = characters[code] as number;
    if (readAs === code) continue;
    text += written.slice(from, place) + String.fromCharCode(readAs);
    from = place + 1;
  }
  return text + written.slice(from);
}

const blanks = /[ \n]+/g;

/** What is kept of a run of white space, by place in it: a blank where digits are on both sides, and a line break. */
function keptBlanks(written: string, run: string, from: number, whole: string): number[] {
  let lineBreak = run.indexOf('\n');
  while (lineBreak >= 0 && isWrapped(written, from + lineBreak)) lineBreak = run.indexOf('\n', lineBreak + 1);
  const blank = (lineBreak < 0 ? run : run.slice(0, lineBreak)).indexOf(' ');
  const to = from + run.length;
  const endsHere = lineBreak >= 0 || to === whole.length;
  const separates = isDigit(whole.charCodeAt(from - 1)) && (endsHere || isDigit(whole.charCodeAt(to)));
  return [separates ? blank : -1, lineBreak].filter((place) => place >= 0);
}

/** Whether the line that ends at `end` goes on in the next: a long one, and the next is not blank. */
function isWrapped(written: string, end: number): boolean {
  if (isBreak(written.charCodeAt(end + 1))) return false;
  let start = end;
  while (start > 0 && !isBreak(written.charCodeAt(start - 1))) start--;
  return end - start >= wrappedLine && !/[。；：！？|]/.test(written.charAt(end - 1));
}

function isBreak(code: number): boolean {
  return code === newline || code === 13;
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

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}
