import type { Entry } from './entries.ts';
import type { LabelMatch } from './row-match.ts';

interface Row {
  readonly entry: Entry;
  readonly match?: LabelMatch | undefined;
}

/** Marks the empty slots whose places are empty in all rows of the same block that have as many slots. */
export function withUnused<Labelled extends Row>(rows: readonly Labelled[]): Labelled[] {
  const used = new Set(rows.flatMap((row) => usedPlaces(row)));
  return rows.map((row) => {
    const slots = row.entry.slots.map((slot, index) =>
      slot.text !== '' || used.has(placeOf(row, index)) ? slot : { ...slot, unused: true as const },
    );
    return row.match ? { ...row, entry: { ...row.entry, slots } } : row;
  });
}

function usedPlaces(row: Row): string[] {
  return row.entry.slots.flatMap(({ text }, index) => (text === '' ? [] : [placeOf(row, index)]));
}

/** The block (its columns tell), the size of the row, the place in it. */
function placeOf({ entry: { slots, standing }, match }: Row, index: number): string {
  return [standing, match?.target.columns.map(({ key }) => key), slots.length, index].join();
}
