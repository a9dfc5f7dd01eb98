import { toWritten, type Cell } from './cell.ts';
import { indices, type Selector } from './expression.ts';
import type { Figures } from './figures.ts';
import type { Form, FormTable } from './form.ts';

/** A cell in which people state a total, and what it is the total of. */
export interface TotalCell {
  readonly cell: Cell;
  readonly of: Selector;
  readonly parts: Int32Array;
}

/** A sum the form has no cell for: `requests.refused.total`, `requests.received.organisations`. */
export interface Subtotal {
  readonly address: Selector;
  readonly value: Cell['value'];
  readonly parts: Int32Array;
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
    const rowGroups = subtotalKeys(table.block.rowGroups);
    const columnGroups = subtotalKeys(table.block.columnGroups);
    const rows = [...table.rows.map((row) => row.key), ...rowGroups];
    const columns = [...table.columns.map((column) => column.key), ...columnGroups];
    return rows
      .flatMap((row) => columns.map((column) => ({ row, column })))
      .filter(({ row, column }) => rowGroups.includes(row) || columnGroups.includes(column))
      .map(({ row, column }) => subtotal(form, `${table.section}.${row}.${column}`));
  });
}

/** The sum of the cells named, in the integers of the vector; NaN where one is blank. */
export function sum(figures: Figures, parts: Int32Array): number {
  let result = 0;
  for (let part = 0; part < parts.length; part++) result += figures[parts[part] as number] as number;
  return result;
}

export function answerTotal(total: TotalCell, figures: Figures): TotalAnswer {
  const stated = figures[total.cell.index] as number;
  const derived = sum(figures, total.parts);
  return {
    cell: total.cell.address,
    of: total.of,
    stated: toWritten(total.cell.value, stated),
    derived: toWritten(total.cell.value, derived),
    agrees: Number.isNaN(stated) || Number.isNaN(derived) ? null : stated === derived,
  };
}

export function answerSubtotal(subtotal: Subtotal, figures: Figures): number | null {
  return toWritten(subtotal.value, sum(figures, subtotal.parts));
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
          return { cell: form.cellAt.get(address(line.key)) as Cell, of, parts: indices(form, of) };
        }),
  );
}

function subtotalKeys(groups: FormTable['block']['rowGroups']): string[] {
  return (groups ?? []).filter((group) => group.subtotal).map((group) => group.key);
}

function subtotal(form: Form, address: Selector): Subtotal {
  const parts = indices(form, address);
  return { address, parts, value: (form.cells[parts[0] as number] as Cell).value };
}
