import fc from 'fast-check';
import type { CheckedForm } from '../../../src/domain/compile.ts';
import { forms } from '../forms.ts';
import type { Pick } from './distortions.ts';

/** What a report states: a figure by cell address, `null` where the cell is blank. */
export type Stated = ReadonlyMap<string, number | null>;

export interface Drawn {
  readonly form: CheckedForm;
  readonly stated: Stated;
}

/** How agencies fill in the form: everything, with slips in the sums, with blanks for some cells or for most zeros. */
export const habits = ['filled', 'slips', 'blanks', 'blanksForZero'] as const;
export type Habit = (typeof habits)[number];

/** A number below another, drawn by fast-check, so that what is built with it shrinks. */
export function pickWith(draw: fc.GeneratorValue): Pick {
  return (below) => draw(fc.nat, { max: Math.max(0, below - 1) });
}

/** A report of some edition: mostly zeros, small figures, some large. */
export function drawReport(pick: Pick, habit: Habit): Drawn {
  const form = forms[pick(forms.length)] as CheckedForm;
  const stated = new Map(form.cells.map(({ address }) => [address, aFigure(pick)]));
  for (const { cell, parts } of form.totalCells) stated.set(cell.address, totalOf(form, stated, parts));
  const changed = new Map([...stated].map(([address, figure]) => [address, filledIn(figure, habit, pick)]));
  return { form, stated: changed };
}

function aFigure(pick: Pick): number {
  const size = pick(10);
  if (size < 6) return 0;
  return size < 9 ? pick(10) : pick(3_000);
}

/** A total, the totals among its parts added up before it. */
function totalOf(form: CheckedForm, stated: ReadonlyMap<string, number>, parts: Int32Array): number {
  return parts.reduce((sum: number, place) => {
    const inner = form.totalCells.find(({ cell }) => cell.index === place);
    return sum + (inner ? totalOf(form, stated, inner.parts) : (stated.get(form.cells[place]?.address ?? '') ?? 0));
  }, 0);
}

function filledIn(figure: number, habit: Habit, pick: Pick): number | null {
  if (habit === 'slips' && pick(40) === 0) return pick(9);
  if (habit === 'blanks' && pick(4) === 0) return null;
  return habit === 'blanksForZero' && figure === 0 && pick(3) > 0 ? null : figure;
}
