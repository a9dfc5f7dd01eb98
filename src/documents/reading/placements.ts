import type { Entry, Slot } from './entry.ts';
import { isZero, partings, uncertain } from './doubtful.ts';
import { none, type Fill, type Placings } from './placing.ts';
import { byHeads } from './under-heads.ts';
import type { Target } from './target.ts';

/** The ways of giving the figures of an entry to the cells of a line of the form. */
export function placingsOf(entry: Entry, target: Target): Placings {
  const placings = placedIn(entry, target);
  const last = entry.slots.findLast((slot) => !isEmpty(slot));
  if (entry.breaksOff !== 'open' || !last || isZero(last)) return placings;
  // The last figure of a text that breaks off may have lost digits; a nought is no beginning of a count.
  const withoutLast = placings.ways.map((way) => way.map((fill) => (fill?.slot === last ? undefined : fill)));
  return { ...placings, ways: [...placings.ways, ...withoutLast] };
}

function placedIn(entry: Entry, target: Target): Placings {
  const { standing, slots } = entry;
  const size = target.cells.length;
  // A cell is gone: blanks do not tell whether it was one of the form.
  if (entry.short && slots.length >= size && slots.some(isEmpty)) return none;
  if (standing === 'ruled' && entry.short && slots.length < size) return uncertain(slots, size);
  if (standing === 'ruled') return byHeads(entry, target) ?? withoutUnusedEnds(slots, size);
  if (standing === 'listed') {
    if (entry.breaksOff && slots.length < size) return cutOff(slots, size);
    if (slots.length > size && slots.some(isEmpty)) return withoutUnusedEnds(slots, size);
    return exactly(slots, size) ?? uncertain(slots, size);
  }
  // Blanks at the ends may be padding, or belong to the label.
  const kept = standing === 'parted' ? inner(slots) : slots;
  if (entry.breaksOff && kept.length < size) return standing === 'run' ? none : cutOff(slots, size);
  if (kept.length === 0 && slots.length >= size) return exactly(slots.slice(0, size), size) ?? none;
  if (standing === 'run' && kept.length < size) return partings(kept, size);
  return exactly(kept, size) ?? uncertain(kept, size);
}

/** The cells printed before a document breaks off. */
function cutOff(slots: readonly Slot[], size: number): Placings {
  if (slots.some(({ read }) => read.kind !== 'figure')) return none;
  const fills = Array.from({ length: size }, (_, index): Fill | undefined => {
    const slot = slots[index];
    return slot && { slot };
  });
  return { sure: false, cut: true, ways: [fills] };
}

function exactly(slots: readonly Slot[], size: number): Placings | undefined {
  return slots.length === size ? { sure: true, ways: [slots.map((slot) => ({ slot }))] } : undefined;
}

/** Without unused columns that are too many, at the ends; at both of them it may be either that is none of the form. */
function withoutUnusedEnds(slots: readonly Slot[], size: number): Placings {
  const starts = Array.from({ length: Math.max(0, slots.length - size + 1) }, (_, start) => start).filter((start) =>
    [...slots.slice(0, start), ...slots.slice(start + size)].every(({ unused }) => unused),
  );
  const ways = starts.map((start) => slots.slice(start, start + size).map((slot) => ({ slot })));
  const isBlank = slots.every(({ read }) => read.kind === 'blank');
  return { sure: ways.length === 1 || isBlank, ways: isBlank ? ways.slice(0, 1) : ways };
}

function inner(slots: readonly Slot[]): readonly Slot[] {
  return slots.slice(
    slots.findIndex((slot) => !isEmpty(slot)),
    slots.findLastIndex((slot) => !isEmpty(slot)) + 1,
  );
}

function isEmpty(slot: Slot | undefined): boolean {
  return slot?.text === '';
}
