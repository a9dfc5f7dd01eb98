import { toWritten, type Cell } from './cell.ts';
import { indices, type Selector } from './expression.ts';
import type { Figures } from './figures.ts';
import type { Group } from './edition.ts';
import { crossed, groupName, type Form, type FormLine, type FormTable } from './form.ts';
import type { Words } from './language.ts';

/** A cell in which people state a total, and what it is the total of. */
export interface TotalCell {
  readonly cell: Cell;
  readonly of: Selector;
  readonly parts: Int32Array;
  /** The cell's own place in the vector, as the other side of the equation. */
  readonly place: Int32Array;
  /** How its answer begins in JSON, up to the figures. */
  readonly text: string;
}

/** A sum the form has no cell for: `requests.refused.total`, `requests.received.organisations`. */
export interface Subtotal {
  readonly address: Selector;
  readonly label: Words;
  readonly value: Cell['value'];
  readonly parts: Int32Array;
  /** How its answer begins in JSON, up to the figure. */
  readonly text: string;
}

/** A stated total beside the derived one; `agrees` is `null` where either is blank. */
export interface TotalAnswer {
  readonly cell: string;
  readonly of: Selector;
  readonly stated: number | null;
  readonly derived: number | null;
  readonly agrees: boolean | null;
}

/** Every stated total of a form. A cell that totals its row and its column (三（七）总计·总计) is there twice. */
export function totalCells(form: Form): TotalCell[] {
  return form.tables.flatMap((table) => [...totalsAlong(form, table, 'rows'), ...totalsAlong(form, table, 'columns')]);
}

/** Every sum a form's subtotal groups give, alone and crossed with each other. */
export function subtotals(form: Form): Subtotal[] {
  return form.tables.flatMap((table) => {
    const { rowGroups = [], columnGroups = [] } = table.block;
    const rows = [...table.rows.map(plain), ...subtotalLines(rowGroups)];
    const columns = [...table.columns.map(plain), ...subtotalLines(columnGroups)];
    return rows
      .flatMap((row) => columns.map((column) => ({ row, column })))
      .filter(({ row, column }) => row.derived || column.derived)
      .map(({ row, column }) => subtotal(form, table, row, column));
  });
}

/** The sum of the cells named, in the integers of the vector; NaN where one is blank. */
export function sum(figures: Figures, parts: Int32Array): number {
  let result = 0;
  for (let part = 0; part < parts.length; part++) result += figures[parts[part] as number] as number;
  return result;
}

/**
 * How two sums compare: negative, 0 or positive; `undefined` where a blank is among them. Figures up to 2^53 − 1 are
 * legal and sums of them are not exact in a double: those few are summed again exactly, and so is whatever may be
 * negative (`signed`), since such a sum may have left the safe range and come back.
 */
export function compareSums(figures: Figures, one: Int32Array, other: Int32Array, signed: boolean): number | undefined {
  const a = sum(figures, one);
  const b = sum(figures, other);
  if (!signed && a <= Number.MAX_SAFE_INTEGER && b <= Number.MAX_SAFE_INTEGER) return a - b;
  if (Number.isNaN(a) || Number.isNaN(b)) return undefined;
  const difference = exactSum(figures, one) - exactSum(figures, other);
  return difference === 0n ? 0 : difference < 0n ? -1 : 1;
}

const nothing = new Int32Array();

/**
 * The sum of some cells less that of others, as near as a number can hold it; NaN where a cell is blank. `signed`
 * where a figure may be negative, as in `compareSums`.
 */
export function exactly(figures: Figures, parts: Int32Array, signed: boolean, less: Int32Array = nothing): number {
  const added = sum(figures, parts);
  const subtracted = sum(figures, less);
  if (!signed && added <= Number.MAX_SAFE_INTEGER && subtracted <= Number.MAX_SAFE_INTEGER) return added - subtracted;
  if (Number.isNaN(added) || Number.isNaN(subtracted)) return Number.NaN;
  return Number(exactSum(figures, parts) - exactSum(figures, less));
}

/** The sum of the cells named, whatever its size. */
export function exactSum(figures: Figures, parts: Int32Array): bigint {
  return parts.reduce<bigint>((result, part) => result + BigInt(figures[part] as number), 0n);
}

export function answerTotal(total: TotalCell, figures: Figures): TotalAnswer {
  const signed = total.cell.value === 'signedCount';
  const stated = figures[total.cell.index] as number;
  const derived = exactly(figures, total.parts, signed);
  return {
    cell: total.cell.address,
    of: total.of,
    stated: toWritten(total.cell.value, stated),
    derived: toWritten(total.cell.value, derived),
    agrees: agree(compareSums(figures, total.parts, total.place, signed)),
  };
}

function agree(order: number | undefined): boolean | null {
  return order === undefined ? null : order === 0;
}

/** Every subtotal by its address. */
export function answerSubtotals(subtotals: readonly Subtotal[], figures: Figures): Record<string, number | null> {
  const answer: Record<string, number | null> = {};
  for (const { address, value, parts } of subtotals)
    answer[address] = toWritten(value, exactly(figures, parts, value === 'signedCount'));
  return answer;
}

function totalsAlong(form: Form, table: FormTable, axis: 'rows' | 'columns'): TotalCell[] {
  const across = axis === 'rows' ? table.columns : table.rows;
  return table[axis].flatMap((line) =>
    line.totalOf === undefined
      ? []
      : across.map((crossing) => {
          const address = (key: string) =>
            axis === 'rows' ? `${table.section}.${key}.${crossing.key}` : `${table.section}.${crossing.key}.${key}`;
          const of = address(line.totalOf as string);
          const cell = form.cellAt.get(address(line.key)) as Cell;
          const text = `{"cell":"${cell.address}","of":"${of}","stated":`;
          return { cell, of, text, parts: indices(form, of), place: Int32Array.of(cell.index) };
        }),
  );
}

/** A line subtotals stand in: one of the form's, or one the form has no cells for. */
interface SubtotalLine {
  readonly key: string;
  readonly name: Words;
  readonly derived: boolean;
}

const plain = ({ key, name }: FormLine): SubtotalLine => ({ key, name, derived: false });

function subtotalLines(groups: readonly Group[]): SubtotalLine[] {
  return groups
    .filter((group) => group.subtotal)
    .map((group) => ({ key: group.key, name: groupName(group, groups), derived: true }));
}

function subtotal(form: Form, { section }: FormTable, row: SubtotalLine, column: SubtotalLine): Subtotal {
  const address = `${section}.${row.key}.${column.key}`;
  const parts = indices(form, address);
  return {
    address,
    parts,
    label: crossed(row.name, column.name),
    value: (form.cells[parts[0] as number] as Cell).value,
    text: `"${address}":`,
  };
}
