import { isStated, sureness, type Aligned } from './aligned.ts';
import type { Entry } from './entry.ts';
import type { Labelled } from './labels.ts';
import { placingsOf } from './placements.ts';
import type { Target } from './target.ts';

/** Figures without a label, where as many of them stand between two known lines as the form has lines there. */
export function betweenLines(
  candidates: readonly Labelled[],
  named: ReadonlyMap<Entry, Aligned>,
  rows: readonly Target[],
): Aligned[] {
  const taken = new Set([...named.values()].map(({ target }) => target.order));
  const found: Aligned[] = [];
  let start = -1;
  let waiting: Entry[] = [];
  for (const { entry, match } of candidates) {
    const known = named.get(entry);
    if (!known) {
      // A line that is named and has its figures is printed again: it stands for no other.
      if (!match?.exact) waiting.push(entry);
      continue;
    }
    const isMissing = ({ order }: Target) => order > start && order < known.target.order && !taken.has(order);
    if (start >= 0) found.push(...inGap(waiting, rows.filter(isMissing)));
    if (known.target.edition === undefined) start = known.target.order;
    waiting = [];
  }
  return found;
}

function inGap(entries: readonly Entry[], rows: readonly Target[]): Aligned[] {
  const possible = entries.filter(
    (entry) => entry.slots.some(isStated) && rows.some((row) => placingsOf(entry, row).ways.length > 0),
  );
  if (possible.length !== rows.length) return [];
  const lines = possible.map((entry, index) => {
    const target = rows[index] as Target;
    // By its place alone a line is not sure: the sums have to agree.
    const { ways } = placingsOf(entry, target);
    return { entry, target, placings: { sure: false, ways }, confidence: sureness.order };
  });
  return lines.every(({ entry, target, placings }) => placings.ways.length > 0 && mayName(entry, target)) ? lines : [];
}

/** The share of the characters beside figures that have to be in the name of a line. */
const likeness = 0.6;

/** Whether what stands beside some figures, if anything does, may be what is left of a line's name. */
function mayName({ own }: Entry, { names }: Target): boolean {
  const said = own.map(({ normal }) => normal).join('');
  const alike = [...said].filter((character) => names[0]?.includes(character));
  return alike.length >= said.length * likeness;
}
