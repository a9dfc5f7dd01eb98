import type { PrintedCell } from '../printed.ts';
import type { FilledCell, FilledGrid } from './fill.ts';

/** A part of a table that stands on one page. */
export interface TablePart {
  readonly page: number;
  readonly grid: FilledGrid;
}

export interface TableRow {
  readonly page: number;
  readonly cells: readonly PrintedCell[];
}

/** A cell in the rows and columns of the whole table. */
interface Cell {
  readonly page: number;
  readonly row: number;
  rows: number;
  readonly column: number;
  readonly span: number;
  text: string;
}

/** The rows of a table, read as if no page had ended within it. Its columns are those of all its parts together. */
export function rowsOf(parts: readonly TablePart[], tolerance: number): TableRow[] {
  const edges = edgesOf(parts, tolerance);
  const cells: Cell[] = [];
  parts.forEach((part, index) => {
    const next = part.grid.cells.map((cell) => placed(cell, part.page, edges));
    const isCut = parts[index - 1]?.grid.openBelow === true && part.grid.openAbove;
    append(cells, withoutHead(next, cells), isCut);
  });
  const rows = Math.max(...cells.map(({ row, rows }) => row + rows));
  return Array.from({ length: rows }, (_, row) => rowOf(cells, row)).flat();
}

/** Where columns begin and end, from left to right. */
function edgesOf(parts: readonly TablePart[], tolerance: number): number[] {
  const places = parts.flatMap(({ grid }) => grid.cells.flatMap(({ box }) => [box.left, box.right]));
  const edges: number[] = [];
  for (const place of places.sort((a, b) => a - b)) {
    if (place - (edges.at(-1) ?? -Infinity) > tolerance) edges.push(place);
  }
  return edges;
}

function placed({ box, row, rows, text }: FilledCell, page: number, edges: readonly number[]): Cell {
  const edge = (place: number) => edges.findLastIndex((at) => at <= place);
  const [column, end] = [edge(box.left), edge(box.right)];
  return { page, row, rows, column, span: Math.max(1, end - column), text };
}

/** A part without the head of the table, where that is printed again at the top of every page. */
function withoutHead(next: readonly Cell[], cells: readonly Cell[]): readonly Cell[] {
  const isAgain = (cell: Cell) =>
    cells.some((other) => other.row === cell.row && isBelow(cell, other) && other.text === cell.text);
  const others = next.filter((cell) => !isAgain(cell) || isFigure(cell.text)).map(({ row }) => row);
  const head = Math.min(...others);
  if (next.some(({ row, rows }) => row < head && row + rows > head)) return next;
  return next.filter(({ row }) => row >= head).map((cell) => ({ ...cell, row: cell.row - head }));
}

/** Adds the cells of another part below. What is known to go on there goes on; all else begins anew. */
function append(cells: Cell[], next: readonly Cell[], isCut: boolean): void {
  const end = Math.max(0, ...cells.map(({ row, rows }) => row + rows));
  const above = (cell: Cell) =>
    cell.row > 0 ? undefined : cells.find((other) => other.row + other.rows === end && isBelow(cell, other));
  const first = next.filter(({ row }) => row === 0);
  const goesOn = isCut && first.every((cell) => isOneCell(cell, above(cell)));
  for (const cell of next) {
    const upper = above(cell);
    if (upper && (goesOn || isGroup(cell, upper))) {
      upper.rows += cell.rows;
      upper.text = [upper.text, cell.text].filter((text) => text !== '').join('\n');
    } else cells.push({ ...cell, row: cell.row + end });
  }
}

function isBelow(cell: Cell, other: Cell): boolean {
  return cell.column === other.column && cell.span === other.span;
}

/** Whether two halves may be one cell: figures in both are two figures, not one. */
function isOneCell(lower: Cell, upper: Cell | undefined): boolean {
  return upper !== undefined && !(/\d/.test(lower.text) && isFigure(upper.text));
}

function isFigure(text: string): boolean {
  return /^\D?\d[\d.,]*$/.test(text);
}

/** A blank cell below the heading of a group of rows is where the heading goes on; figures never have such cells. */
function isGroup(lower: Cell, upper: Cell): boolean {
  return lower.text === '' && (lower.rows > 1 || upper.rows > 1);
}

function rowOf(cells: readonly Cell[], row: number): TableRow[] {
  const inRow = cells.filter((cell) => cell.row <= row && row < cell.row + cell.rows);
  const begun = inRow.find((cell) => cell.row === row);
  if (!begun) return [];
  const printed = inRow
    .toSorted((a, b) => a.column - b.column)
    .map(({ text, column, span, row: first }) => ({
      text,
      column,
      span,
      ...(first < row && { fromAbove: true as const }),
    }));
  return [{ page: begun.page, cells: printed }];
}
