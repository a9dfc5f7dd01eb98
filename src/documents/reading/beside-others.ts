import type { Entry } from './entries.ts';
import type { LabelMatch } from './row-match.ts';
import type { ColumnWords } from './vocabulary.ts';

interface Row {
  readonly entry: Entry;
  readonly match?: LabelMatch | undefined;
}

/**
 * Tells rows by those like them: marks the empty slots whose places are empty in all rows of the same block that have as
 * many slots, and the rows of a table that end before the others.
 */
export function besideOthers<Labelled extends Row>(rows: readonly Labelled[]): Labelled[] {
  const ends = commonEnds(rows);
  const used = new Set(rows.flatMap((row) => usedPlaces(row)));
  return rows.map((row) => {
    const slots = row.entry.slots.map((slot, index) =>
      slot.text !== '' || used.has(placeOf(row, index)) ? slot : { ...slot, unused: true as const },
    );
    if (!row.match) return row;
    const isShort = row.entry.standing === 'ruled' && endOf(row) < (ends.get(row.match.target.columns) ?? 0);
    return { ...row, entry: { ...row.entry, slots, ...(isShort && { short: true }) } };
  });
}

/** Where most rows of each block end. */
function commonEnds(rows: readonly Row[]): Map<readonly ColumnWords[], number> {
  const byBlock = Map.groupBy(
    rows.filter(({ match }) => match),
    ({ match }) => (match as LabelMatch).target.columns,
  );
  return new Map([...byBlock].map(([block, alike]) => [block, median(alike.map(endOf))]));
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1] as number;
}

function endOf({ entry: { slots } }: Row): number {
  const last = slots.at(-1);
  return (last?.column ?? 0) + (last?.span ?? 0);
}

function usedPlaces(row: Row): string[] {
  return row.entry.slots.flatMap(({ text }, index) => (text === '' ? [] : [placeOf(row, index)]));
}

/** The block (its columns tell), the size of the row, the place in it. */
function placeOf({ entry: { slots, standing }, match }: Row, index: number): string {
  return [standing, match?.target.columns.map(({ key }) => key), slots.length, index].join();
}
