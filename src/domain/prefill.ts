import { sideBySide } from './assessed.ts';
import type { Cell } from './cell.ts';
import { selectAll, type SignedCell } from './expression.ts';
import { packFigures, unpackTable, type Figures, type TableContent } from './figures.ts';
import type { Form } from './form.ts';
import type { ReportInput, SectionsInput } from './report.ts';
import { placesOf } from './rules/sum.ts';
import { sum } from './totals.ts';

/**
 * The report with its blank cells filled that repeat what last year's report says. A figure somebody stated stays, and
 * so does a blank where last year's is blank. `lastYear` is in this form's order.
 */
export function prefilled(form: Form, input: ReportInput, lastYear: Figures): ReportInput {
  const figures = packFigures(form, (input.sections ?? {}) as Record<string, TableContent>);
  const both = sideBySide(figures, lastYear);
  for (const { cell, places } of carriedCells(form)) {
    if (Number.isNaN(figures[cell.index])) figures[cell.index] = sum(both, places);
  }
  const tables = new Set(form.tables.map(({ section }) => section));
  const filled: SectionsInput = Object.fromEntries([...tables].map((key) => [key, unpackTable(form, key, figures)]));
  return { ...input, sections: { ...input.sections, ...filled } };
}

interface CarriedCell {
  readonly cell: Cell;
  /** Where the figures stand that it is the sum of. */
  readonly places: Int32Array;
}

/** The cells that, by the form's own rules, equal figures of last year's report and nothing else. */
function carriedCells(form: Form): CarriedCell[] {
  return form.edition.rules.flatMap(({ test }) => {
    if (test.type !== 'sum' || test.relation !== '=') return [];
    return placesOf(form, test).flatMap((line) => {
      const [left, right] = [selectAll(form, test.left, line?.key), selectAll(form, test.right, line?.key)];
      const [only] = left;
      if (!only || left.length > 1 || only.lastYear || !right.every(isCarried)) return [];
      return [{ cell: only.cell, places: Int32Array.from(right, ({ place }) => place) }];
    });
  });
}

function isCarried({ lastYear, sign }: SignedCell): boolean {
  return lastYear && sign === 1;
}
