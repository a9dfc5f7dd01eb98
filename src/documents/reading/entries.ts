import type { Entry, Slot, Standing, Words } from './entry.ts';
import type { Place, PrintedCell, PrintedLine } from '../printed/printed.ts';
import { tooLong } from '../printed/printed-lines.ts';
import { readCellText } from './figure.ts';
import { normalForm } from './normal-form.ts';
import type { RowMatcher } from './row-match.ts';
import type { Segmenter } from './segments.ts';

/** How many runs of figures are looked at; a report has about 40. */
const greatestEntries = 3_000;

/** How some lines of a document end: more lines follow, or it ends, and the last cell is closed or left open. */
export type Ending = 'goes-on' | 'closed' | 'open';

/** Gathers the runs of figures in some lines, in reading order. */
export function gatherEntries(
  lines: readonly PrintedLine[],
  ending: Ending,
  segments: Segmenter,
  matcher: RowMatcher,
): Entry[] {
  const gathering = new Gathering();
  for (const line of lines) {
    const row = line.kind === 'grid' || (line.kind === 'separated' && line.cells.length > 1);
    if (row) gathering.row(line, firstSlot(line.cells, matcher));
    else gathering.text(line, segments);
  }
  return ending === 'goes-on' ? gathering.end() : gathering.breakOff(ending);
}

/**
 * Where the figures of a row begin: behind the last label of a line, else behind the words it begins with. A row in
 * which nothing is stated and no line of the form is named has none: it holds the heads of the columns.
 */
function firstSlot(cells: readonly PrintedCell[], matcher: RowMatcher): number {
  const kinds = cells.map(({ text }) => readCellText(text).kind);
  const stated = cells.findIndex(
    ({ text }, index) => kinds[index] === 'figure' || (kinds[index] === 'blank' && text.trim() !== ''),
  );
  const named = cells.findLastIndex(({ text }, index) => {
    if (kinds[index] !== 'words' || (stated >= 0 && index > stated)) return false;
    const match = matcher.whole(normalForm(text));
    return match !== undefined && (stated >= 0 || !match.alsoHead);
  });
  // The names of lines may stand over columns as well: other words behind one, or heads of columns beside it, say so.
  const areHeads = cells.some(
    ({ text }, index) => kinds[index] === 'words' && (index > named || matcher.isHead(normalForm(text))),
  );
  if (stated < 0 && areHeads) return cells.length;
  if (named >= 0) return named + 1;
  if (!kinds.includes('words')) return 0;
  if (stated < 0) return cells.length;
  return kinds.findIndex((kind, index) => kind !== 'words' && index >= kinds.indexOf('words'));
}

/** Puts words and figures together as they come. */
class Gathering {
  readonly #entries: Entry[] = [];
  #standing: Standing = 'run';
  #own: Words[] = [];
  #above: Words[] = [];
  #heads: Words[] = [];
  /** Figures stood under the heads: the next words that are no label of figures begin others. */
  #headed = false;
  #slots: Slot[] = [];

  /** A row of cells; its figures begin at one of them. */
  row({ kind, cells, place }: PrintedLine, first: number): void {
    this.#close();
    const standing = kind === 'grid' ? 'ruled' : 'parted';
    for (const [index, cell] of cells.entries()) {
      if (index >= first && !cell.fromAbove) this.#figure(slotOf(cell, place), standing);
      // A label that reaches down from above names the rows it covers together, none of them.
      else if (index < first && !cell.fromAbove && cell.text.trim() !== '') this.#own.push(wordsOf(cell, place));
    }
    this.#close();
  }

  /** A line of running text: words, figures, or both. */
  text({ kind: line, cells, place }: PrintedLine, segments: Segmenter): void {
    const cell = cells[0] as PrintedCell;
    const slot = slotOf(cell, place);
    if (slot.read.kind !== 'words' && (slot.text !== '' || line === 'separated')) return this.#listed(slot);
    for (const { kind, text } of segments(cell.text)) {
      if (kind === 'figures') this.#runOf(text, place);
      else this.#words({ text, normal: normalForm(text), where: place });
    }
  }

  end(): Entry[] {
    this.#close();
    return this.#entries;
  }

  /** The same where nothing follows in the document. */
  breakOff(breaksOff: 'closed' | 'open'): Entry[] {
    const [last, ...before] = this.end().toReversed();
    // Words behind the last figures show that there were no more of them.
    if (!last || this.#above.length > 0) return this.#entries;
    return [...before.toReversed(), { ...last, breaksOff }];
  }

  #listed(slot: Slot): void {
    if (this.#standing !== 'listed') this.#close();
    this.#figure(slot, 'listed');
  }

  #runOf(text: string, where: Place): void {
    this.#close();
    for (const token of text.split(/\s+/u)) this.#figure({ text: token, read: readCellText(token), where }, 'run');
  }

  #figure(slot: Slot, standing: Standing): void {
    this.#standing = standing;
    this.#slots.push(slot);
  }

  #words(words: Words): void {
    this.#close();
    this.#above = latest(this.#above, [words]);
    this.#overColumns(words);
  }

  #overColumns(...words: readonly Words[]): void {
    if (words.length === 0) return;
    this.#heads = latest(this.#headed ? [] : this.#heads, words);
    this.#headed = false;
  }

  #close(): void {
    const [own, slots] = [this.#own, this.#slots];
    this.#own = [];
    this.#slots = [];
    const stated = slots.some(({ read }) => read.kind === 'figure');
    if (slots.length > 0) {
      if (this.#entries.length === greatestEntries) throw tooLong();
      this.#entries.push({ standing: this.#standing, own, above: this.#above, heads: this.#heads, slots });
    } else {
      this.#above = latest(this.#above, own);
      this.#overColumns(...own);
    }
    // Blanks alone may be no row at all.
    if (stated) this.#headed = true;
    if (stated || (slots.length > 0 && own.length > 0)) this.#above = [];
  }
}

/** How many words before some figures are looked at: the heads of a table are about twenty. */
const mostWords = 100;

function latest(words: readonly Words[], more: readonly Words[]): Words[] {
  return [...words, ...more].slice(-mostWords);
}

function wordsOf({ text, column, span }: PrintedCell, where: Place): Words {
  return { text, normal: normalForm(text), where, column, span };
}

function slotOf({ text, column, span }: PrintedCell, place: Place): Slot {
  return { text: text.trim(), read: readCellText(text), where: { ...place, column: column + 1 }, column, span };
}
