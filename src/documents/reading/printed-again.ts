import type { Aligned } from './align.ts';

/** The share of a section's lines that shows that its table is there twice; one line more may stand anywhere. */
const shareOfTable = 1 / 2;

/**
 * Tells lines from the same table printed again, for another year or another agency. Where a table is printed twice, a
 * line that is found once may be of either, and is none of both.
 */
export function printedAgain(
  lines: readonly Aligned[],
  matched: readonly Aligned[],
): { readonly once: readonly Aligned[]; readonly again: readonly Aligned[] } {
  const used = new Set(lines.map(({ entry }) => entry));
  const spare = matched.filter((line) => !used.has(line.entry) && isStated(line));
  const stated = lines.filter(isStated);
  const linesIn = (of: readonly Aligned[], section: string) =>
    new Set(
      of.flatMap(({ target }) => (target.section === section && target.kind !== 'subtotal' ? [target.order] : [])),
    );
  const twice = new Set(
    stated
      .map(({ target }) => target.section)
      .filter((section) => linesIn(spare, section).size >= linesIn(stated, section).size * shareOfTable),
  );
  const again = spare.filter(({ target }) => twice.has(target.section));
  const known = new Set(again.map(({ target }) => target.order));
  return { once: lines.filter(({ target }) => !twice.has(target.section) || known.has(target.order)), again };
}

function isStated({ entry }: Aligned): boolean {
  return entry.slots.some(({ read }) => read.kind === 'figure');
}
