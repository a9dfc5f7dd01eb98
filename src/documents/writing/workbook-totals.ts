import type { ConditionalRule } from 'hucre/xlsx';
import type { CheckedForm } from '../../domain/compile.ts';
import { packFigures, type TableContent } from '../../domain/figures.ts';
import { answerTotal, type TotalAnswer, type TotalCell } from '../../domain/totals.ts';
import type { PrintedContent } from './report-document.ts';
import { named, namedTogether, type Place } from './workbook-places.ts';
import { wrong } from './workbook-style.ts';

/** What is known of the totals stated on one sheet. */
export interface SheetTotals {
  /** The sum a total may be written as: only where it is what was stated, by address. */
  readonly formulas: ReadonlyMap<string, string>;
  /** What is to be said of a total that is not what it adds up to, by address. */
  readonly remarks: ReadonlyMap<string, string>;
  /** Marks a total that is not what it adds up to, for as long as it is not. */
  readonly rules: readonly ConditionalRule[];
}

/**
 * The totals of a sheet. A stated figure is never replaced: it becomes a formula only where the formula gives it, and
 * where it does not, or a blank keeps it from being known, the figure stands as it was stated and is marked.
 */
export function totalsOn(form: CheckedForm, report: PrintedContent, places: ReadonlyMap<string, Place>): SheetTotals {
  const figures = packFigures(form, report.sections as Readonly<Record<string, TableContent>>);
  const formulas = new Map<string, string>();
  const remarks = new Map<string, string>();
  const rules: ConditionalRule[] = [];
  for (const total of form.totalCells.filter(({ cell }) => places.has(cell.address))) {
    const { address } = total.cell;
    const parts = Array.from(total.parts, (part) => places.get(form.cells[part]?.address ?? '') as Place);
    rules.push(ruleFor(total, places.get(address) as Place, parts, rules.length + 1));
    const answer = answerTotal(total, figures);
    const remark = remarkOn(answer);
    if (remark !== undefined) remarks.set(address, remark);
    if (answer.agrees && !formulas.has(address)) formulas.set(address, sumOf(total, parts));
  }
  // A cell may total its row and its column: it takes both to be written as a formula.
  for (const address of remarks.keys()) formulas.delete(address);
  return { formulas, remarks, rules };
}

/** Nothing where the total is what it adds up to, or where neither of the two is known. */
function remarkOn({ stated, derived, agrees }: TotalAnswer): string | undefined {
  if (agrees || (stated === null && derived === null)) return undefined;
  if (derived === null) return '相加的各项有空白，无法核对。';
  return stated === null
    ? `总计未填写；各项之和为 ${derived}。`
    : `所填为 ${stated}，各项之和为 ${derived}，两者不符。`;
}

function ruleFor(total: TotalCell, place: Place, parts: readonly Place[], priority: number): ConditionalRule {
  const [cell, sum, count] = [named(place), sumOf(total, parts), `COUNT(${namedTogether(parts)})`];
  return {
    type: 'expression',
    priority,
    range: cell,
    formula: `AND(ISNUMBER(${cell}),OR(${count}<${parts.length},${sum}<>${cell}))`,
    style: wrong,
  };
}

/** The sum of the parts; of amounts to the six decimals they have, since fractions add up inexactly. */
function sumOf({ cell }: TotalCell, parts: readonly Place[]): string {
  const sum = `SUM(${namedTogether(parts)})`;
  return cell.value === 'amount' ? `ROUND(${sum},6)` : sum;
}
