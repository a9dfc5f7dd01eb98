import type { Entry, Slot } from './entry.ts';
import type { LabelMatch } from './row-match.ts';
import type { ColumnWords } from './target.ts';

interface Row {
  readonly entry: Entry;
  readonly match?: LabelMatch | undefined;
}

/**
 * Tells rows by those like them: marks the empty slots whose places are empty in all rows of the same block that have as
 * many slots, and the rows that end before the others.
 */
export function besideOthers<Labelled extends Row>(rows: readonly Labelled[]): Labelled[] {
  const ends = commonEnds(rows);
  const used = new Set(rows.flatMap((row) => usedPlaces(row)));
  return rows.map((row) => {
    if (!row.match) return row;
    const { columns } = row.match.target;
    const slots = row.entry.slots.map((slot, index) =>
      slot.text !== '' || used.has(placeOf(row, index)) || isHeaded(row.entry, slot, columns)
        ? slot
        : { ...slot, unused: true as const },
    );
    const isShort = endOf(row) < (ends.get(blockOf(row)) ?? 0);
    return { ...row, entry: { ...row.entry, slots, ...(isShort && { short: true }) } };
  });
}

/** Whether the head of a column of the form stands over a place. */
function isHeaded({ heads }: Entry, { column }: Slot, columns: readonly ColumnWords[]): boolean {
  return heads.some((head) => head.column === column && columns.some(({ name }) => name === head.normal));
}

/** Where most rows of each block end. */
function commonEnds(rows: readonly Row[]): Map<string, number> {
  const byBlock = Map.groupBy(rows, blockOf);
  return new Map([...byBlock].map(([block, alike]) => [block, median(alike.map(endOf))]));
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1] as number;
}

/** By columns in a table, by their number where each stands on a line; parted by bars or blanks rows may end anywhere. */
function endOf({ entry: { slots, standing } }: Row): number {
  if (standing === 'listed') return slots.length;
  const last = slots.at(-1);
  return standing === 'ruled' ? (last?.column ?? 0) + (last?.span ?? 0) : 0;
}

function usedPlaces(row: Row): string[] {
  return row.entry.slots.flatMap(({ text }, index) => (text === '' ? [] : [placeOf(row, index)]));
}

/** The size of the row, the place in it. */
function placeOf(row: Row, index: number): string {
  return [blockOf(row), row.entry.slots.length, index].join();
}

/** Its columns tell a block. */
function blockOf({ entry: { standing }, match }: Row): string {
  return [standing, match?.target.columns.map(({ key }) => key)].join();
}
