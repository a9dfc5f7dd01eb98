import type { Entry, Slot } from './entries.ts';

/** Marks the empty slots of tables whose columns are empty in all rows of the same size. */
export function withUnused(entries: readonly Entry[]): Entry[] {
  const ruled = entries.filter(({ standing }) => standing === 'ruled');
  const used = new Set(
    ruled.flatMap((entry) => entry.slots.filter(({ text }) => text !== '').map((slot) => placeOf(entry, slot))),
  );
  return entries.map((entry) => {
    if (entry.standing !== 'ruled') return entry;
    return {
      ...entry,
      slots: entry.slots.map((slot) => (used.has(placeOf(entry, slot)) ? slot : { ...slot, unused: true })),
    };
  });
}

/** The table, the size of the row, the column. */
function placeOf({ slots }: Entry, { where, column }: Slot): string {
  return [where.sheet, where.table, slots.length, column].join();
}
