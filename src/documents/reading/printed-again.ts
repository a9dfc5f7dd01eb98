import type { Aligned } from './aligned.ts';

/** The share of a section's lines that shows that its table is there twice; one line more may stand anywhere. */
const shareOfTable = 1 / 2;

/** The lines of a report, and those of the same tables printed again. */
export interface PrintedAgain {
  readonly once: readonly Aligned[];
  readonly again: readonly Aligned[];
}

/**
 * Tells lines from the same table printed again, for another year or another agency. Where a table is printed twice, a
 * line that is found once may be of either, and is none of both.
 */
export function printedAgain(lines: readonly Aligned[], matched: readonly Aligned[]): PrintedAgain {
  const used = new Set(lines.map(({ entry }) => entry));
  const spare = matched.filter((line) => !used.has(line.entry) && hasFigure(line));
  const twice = sectionsTwice(ordersBySection(lines.filter(hasFigure)), ordersBySection(spare));
  const again = spare.filter(({ target }) => twice.has(target.section));
  const known = new Set(again.map(({ target }) => target.order));
  return { once: lines.filter(({ target }) => !twice.has(target.section) || known.has(target.order)), again };
}

function hasFigure({ entry }: Aligned): boolean {
  return entry.slots.some(({ read }) => read.kind === 'figure');
}

type Orders = ReadonlyMap<string, ReadonlySet<number>>;

function ordersBySection(lines: readonly Aligned[]): Orders {
  const rows = lines.filter(({ target }) => target.kind !== 'subtotal');
  const bySection = Map.groupBy(rows, ({ target }) => target.section);
  return new Map([...bySection].map(([section, of]) => [section, new Set(of.map(({ target }) => target.order))]));
}

/** A table of one line is there twice where another is: its second line may be beyond recognition. */
function sectionsTwice(stated: Orders, spare: Orders): Set<string> {
  const twice = [...stated].filter(([section, { size }]) => (spare.get(section)?.size ?? 0) >= size * shareOfTable);
  const single = [...stated].filter(([, { size }]) => size === 1);
  return new Set([...twice, ...(twice.length > 0 ? single : [])].map(([section]) => section));
}
