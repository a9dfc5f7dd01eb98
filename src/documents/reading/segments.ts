import { readCellText, isCounted } from './figure.ts';
import { simplified, withoutGlosses } from './normal-form.ts';

/** A piece of running text: a label of the form, figures parted by white space, or anything else. */
export interface Segment {
  readonly kind: 'label' | 'figures' | 'words';
  readonly text: string;
}

/** Parts running text in which labels and figures stand together: `规章 1 0 11行政规范性文件 8 26 66`. */
export type Segmenter = (text: string) => Segment[];

/** In characters: no row of a table is as long as a paragraph, unless a whole page is one line. */
export const longestRow = 100;

/** Makes the segmenter for a form's labels, as they are written. */
export function segmenter(labels: readonly string[]): Segmenter {
  const source = [...labels]
    .sort((a, b) => b.length - a.length)
    .map(loosely)
    .join('|');
  // A short label is found in longer words (其他 in 其他法律…) unless something ends it.
  const pattern = new RegExp(`(?:${numbering})?(?:${source})(?=$|[^\\p{Script=Han}]|${source})`, 'gu');
  return (glossed) => {
    const text = withoutGlosses(glossed);
    // A paragraph without a digit is a paragraph.
    if (text.length > longestRow && !/[\d０-９]/u.test(text)) return [{ kind: 'words', text }];
    const plain = simplified(text);
    const pieces: Segment[] = [];
    let end = 0;
    for (const { 0: label, index } of plain.matchAll(pattern)) {
      if (!standsAlone(plain, index, end)) continue;
      pieces.push(...between(text.slice(end, index)), { kind: 'label', text: text.slice(index, index + label.length) });
      end = index + label.length;
    }
    return settle([...pieces, ...between(text.slice(end))]);
  };
}

/** What may number a label in place of its own number. */
const numbering = '\\(\\d{1,2}\\)\\s*|[①-⑳]\\s*';

/** A label with any white space in it, its marks as they may be written. */
function loosely(label: string): string {
  const characters = [...simplified(label)].map((character) => {
    if ('“”"'.includes(character)) return '["“”]?';
    if (character === '.') return '[.、]';
    if ('、,'.includes(character)) return '[、,]?';
    return character.replace(/[()[\]{}*+?^$\\|/]/u, '\\$&');
  });
  return characters.join('\\s*');
}

/** Words before it make a label part of a sentence; figures, other labels and the end of a sentence do not. */
function standsAlone(text: string, index: number, end: number): boolean {
  return index === end || /[\s\d。；;)/.-]/u.test(text[index - 1] ?? '');
}

/** What stands between two labels: figures only, words with figures set apart before or behind them, or words. */
function between(text: string): Segment[] {
  const trimmed = text.trim();
  if (trimmed === '') return [];
  const tokens = trimmed.split(/\s+/u);
  const first = tokens.findLastIndex((token) => !isFigures(token)) + 1;
  if (first === 0) return [{ kind: 'figures', text: trimmed }];
  const before = tokens.slice(
    0,
    tokens.findIndex((token) => !isFigures(token)),
  );
  const leading = beginsAnother.test(tokens[before.length] as string) ? before : apart(before);
  const behind = apart(tokens.slice(first));
  const words = tokens.slice(leading.length, tokens.length - behind.length);
  return [...segmentOf('figures', leading), ...segmentOf('words', words), ...segmentOf('figures', behind)];
}

/** Words that have nothing to do with what stands before them: a heading, a note. */
const beginsAnother = /^(?:[（(]?[一二三四五六七八九十]{1,2}[)）、]|注[:：])/u;

/** One figure beside words may be anything; a run of them is a row, or the rest of one whose label is damaged. */
function apart(figures: readonly string[]): readonly string[] {
  return figures.length < 2 ? [] : figures;
}

function segmentOf(kind: Segment['kind'], tokens: readonly string[]): Segment[] {
  return tokens.length > 0 ? [{ kind, text: tokens.join(' ') }] : [];
}

function isFigures(token: string): boolean {
  const read = readCellText(token);
  return read.kind === 'blank' || (read.kind === 'figure' && isCounted(read));
}

/** Figures count only behind a label, or where the text begins with them; in a sentence they are words. */
function settle(pieces: readonly Segment[]): Segment[] {
  return pieces.map((piece, index) => {
    const before = pieces[index - 1];
    const founded = piece.kind !== 'figures' || !before || before.kind === 'label' || pieces.length === 2;
    return founded ? piece : { kind: 'words', text: piece.text };
  });
}
