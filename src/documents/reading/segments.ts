import { readCellText, isCounted } from './figure.ts';
import { simplified } from './normal-form.ts';

/** A piece of running text: a label of the form, figures parted by white space, or anything else. */
export interface Segment {
  readonly kind: 'label' | 'figures' | 'words';
  readonly text: string;
}

/** Parts running text in which labels and figures stand together: `规章 1 0 11行政规范性文件 8 26 66`. */
export type Segmenter = (text: string) => Segment[];

/** Makes the segmenter for a form's labels, as they are written. */
export function segmenter(labels: readonly string[]): Segmenter {
  const source = [...labels]
    .sort((a, b) => b.length - a.length)
    .map(loosely)
    .join('|');
  // A short label is found in longer words (其他 in 其他法律…) unless something ends it.
  const pattern = new RegExp(`(?:${source})(?=$|[^\\p{Script=Han}]|${source})`, 'gu');
  return (text) => {
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
  return index === end || /[\s\d。；;)/.-]$/u.test(text.slice(0, index));
}

/** What stands between two labels: figures only, words with figures set apart behind them, or words. */
function between(text: string): Segment[] {
  const trimmed = text.trim();
  if (trimmed === '') return [];
  const tokens = trimmed.split(/\s+/u);
  const first = tokens.findLastIndex((token) => !isFigures(token)) + 1;
  if (first === 0) return [{ kind: 'figures', text: trimmed }];
  const figures = tokens.slice(first);
  // One figure behind words may be anything; a run of them is the rest of a row whose label is damaged.
  if (figures.length < 2) return [{ kind: 'words', text: trimmed }];
  return [
    { kind: 'words', text: tokens.slice(0, first).join(' ') },
    { kind: 'figures', text: figures.join(' ') },
  ];
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
