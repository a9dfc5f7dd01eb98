import type { Cell } from './cell.ts';
import type { CheckedForm } from './compile.ts';
import type { Figures } from './figures.ts';
import { compareSums, type TotalCell } from './totals.ts';

/**
 * Which cells printed blank can mean 0: not a total whose parts come to something, nor a part of a total that then no
 * longer adds up. Those were left out by whoever made the document, and nobody knows what belongs there.
 */
export function possibleZeros(form: CheckedForm, figures: Figures, blank: readonly Cell[]): Cell[] {
  const filled = Float64Array.from(figures);
  for (const { index } of blank) filled[index] = 0;
  const wasBlank = new Set(blank.map(({ index }) => index));
  const impossible = new Set(
    form.totalCells
      .filter((total) => contradicts(filled, total))
      .flatMap(({ cell, parts }) => (wasBlank.has(cell.index) ? [cell.index] : [...parts])),
  );
  return blank.filter(({ index }) => !impossible.has(index));
}

function contradicts(figures: Figures, { cell, parts, place }: TotalCell): boolean {
  const order = compareSums(figures, parts, place, cell.value === 'signedCount');
  return order !== undefined && order !== 0;
}
