import type { Cell } from '../../domain/cell.ts';
import type { Block, Column, Group, Line, TableSection } from '../../domain/edition.ts';
import type { Form, FormLine, FormTable } from '../../domain/form.ts';
import { headingsAlong, type Heading } from './headings.ts';

/** A section's table as the notice prints it, whatever it is written in: every place of the grid is in one cell. */
export interface TableLayout {
  /** How many columns the grid has. */
  readonly width: number;
  /** How many rows at the top head all others; 0 where blocks with headings of their own stand one below the other. */
  readonly headRows: number;
  /** How many columns at the left head the others. */
  readonly labelColumns: number;
  /** Row by row, the cells that begin there, left to right. */
  readonly rows: readonly (readonly LayoutCell[])[];
}

export type LayoutCell = HeadCell | FigureCell;

/** Where a cell begins in the grid, counted from 0, and how far it reaches. */
interface Area {
  readonly row: number;
  readonly column: number;
  readonly rowSpan: number;
  readonly colSpan: number;
  /** The key of the block it belongs to. */
  readonly block: string;
}

/** `caption` heads a whole block, `corner` stands where the headings of rows and columns meet. */
export interface HeadCell extends Area {
  readonly kind: 'caption' | 'corner' | 'row' | 'column';
  /** In official words, number and unit included. */
  readonly text: string;
}

export interface FigureCell extends Area {
  readonly kind: 'figure';
  readonly cell: Cell;
}

/** What a block puts into the grid: the headings of each line, outermost first, and the figures where lines cross. */
interface Printed {
  readonly block: Block;
  /** Empty where the rows have no headings at their side. */
  readonly rows: readonly (readonly Heading[])[];
  readonly columns: readonly (readonly Heading[])[];
  readonly figures: readonly (readonly Cell[])[];
}

/** Lays out the table of a section: its blocks one below the other, as wide as the widest. */
export function layoutOf(form: Form, section: TableSection): TableLayout {
  const printed = form.tables
    .filter((table) => table.section === section.key)
    .map((table) => printedBlock(form, table));
  const labelColumns = Math.max(...printed.map(({ rows }) => depthOf(rows)));
  const width = Math.max(...printed.map(({ rows, columns }) => (rows.length > 0 ? labelColumns : 0) + columns.length));
  const cells: LayoutCell[] = [];
  for (const block of printed) cells.push(...placed(block, bottomOf(cells), width, labelColumns));
  return {
    width,
    headRows: printed.length === 1 ? headRowsOf(printed[0] as Printed) : 0,
    labelColumns,
    rows: inRows(cells),
  };
}

/** The headings a figure stands under and beside. */
export function headsOf({ rows }: TableLayout, figure: FigureCell): HeadCell[] {
  return rows.flat().filter((head): head is HeadCell => {
    if (head.kind === 'figure' || head.kind === 'corner' || head.block !== figure.block) return false;
    if (head.kind === 'caption') return true;
    return head.kind === 'row'
      ? covers(head.row, head.rowSpan, figure.row)
      : covers(head.column, head.colSpan, figure.column);
  });
}

function covers(start: number, span: number, place: number): boolean {
  return start <= place && place < start + span;
}

function printedBlock(form: Form, { section, block, rows, columns }: FormTable): Printed {
  const rowHeadings = block.rows.map((row, place) => headingsOf(row, rows[place] as FormLine, block.rowGroups));
  const columnHeadings = block.columns.map((column, place) =>
    headingsOf(column, columns[place] as FormLine, block.columnGroups),
  );
  const figures = block.rows.map((row) =>
    block.columns.map((column) => form.cellAt.get(`${section}.${row.key}.${column.key}`) as Cell),
  );
  if (!block.rowsSideBySide) return { block, rows: rowHeadings, columns: columnHeadings, figures };
  const sideBySide = rowHeadings.flatMap((row) => columnHeadings.map((column) => [...row, ...column]));
  return { block, rows: [], columns: sideBySide, figures: [figures.flat()] };
}

function headingsOf(line: Line | Column, { groups }: FormLine, known: readonly Group[] = []): Heading[] {
  const around = [...groups].reverse().map((key) => known.find((group) => group.key === key) as Group);
  const own = line.label ? [line] : [];
  return [...around, ...own].map((heading) => ({ key: heading.key, text: textOf(heading) }));
}

/** A heading in official words: an amount says what it is counted in, so that nobody has to guess. */
function textOf({ number = '', label, ...rest }: Group | Line | Column): string {
  const unit = 'unit' in rest && rest.unit ? `（单位：${rest.unit['zh-CN']}）` : '';
  return `${number}${label?.['zh-CN'] ?? ''}${unit}`;
}

/** Gives the cells of a block their places, from row `top` on. */
function placed({ block, rows, columns, figures }: Printed, top: number, width: number, labels: number): LayoutCell[] {
  const { key, label, corner } = block;
  const left = rows.length > 0 ? labels : 0;
  const edges = Array.from({ length: columns.length + 1 }, (_, place) => left + edge(place, columns, width - left));
  const between = (start: number, length: number) => {
    const column = edges[start] as number;
    return { column, colSpan: (edges[start + length] as number) - column };
  };
  const depth = depthOf(columns);
  const heads = top + (label ? 1 : 0);
  const cells: LayoutCell[] = [];
  if (label) {
    const area = { row: top, column: 0, rowSpan: 1, colSpan: width };
    cells.push({ kind: 'caption', block: key, text: label['zh-CN'], ...area });
  }
  if (left > 0) {
    const area = { row: heads, column: 0, rowSpan: depth, colSpan: left };
    cells.push({ kind: 'corner', block: key, text: corner?.['zh-CN'] ?? '', ...area });
  }
  for (const { text, start, length, level, levels } of headingsAlong(columns, depth)) {
    cells.push({ kind: 'column', block: key, text, row: heads + level, rowSpan: levels, ...between(start, length) });
  }
  for (const { text, start, length, level, levels } of headingsAlong(rows, left)) {
    const area = { row: heads + depth + start, column: level, rowSpan: length, colSpan: levels };
    cells.push({ kind: 'row', block: key, text, ...area });
  }
  figures.forEach((line, row) =>
    line.forEach((cell, place) => {
      cells.push({ kind: 'figure', block: key, cell, row: heads + depth + row, rowSpan: 1, ...between(place, 1) });
    }),
  );
  return cells;
}

/** Where a column begins when fewer columns share the width of more. */
function edge(place: number, { length }: readonly unknown[], width: number): number {
  return Math.floor((place * width) / length);
}

function depthOf(lines: readonly (readonly Heading[])[]): number {
  return Math.max(0, ...lines.map(({ length }) => length));
}

function headRowsOf({ block, columns }: Printed): number {
  return (block.label ? 1 : 0) + depthOf(columns);
}

function bottomOf(cells: readonly LayoutCell[]): number {
  return Math.max(0, ...cells.map(({ row, rowSpan }) => row + rowSpan));
}

function inRows(cells: readonly LayoutCell[]): LayoutCell[][] {
  const rows = Array.from({ length: bottomOf(cells) }, (): LayoutCell[] => []);
  for (const cell of [...cells].sort((one, other) => one.column - other.column)) rows[cell.row]?.push(cell);
  return rows;
}
