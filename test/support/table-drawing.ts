import fc from 'fast-check';
import { bar, line, rectangle, text, widthOf } from './pdf.ts';

/** A table as it is meant: where its columns and rows end, and which fields each cell takes. */
export interface DrawnTable {
  /** Of all columns and rows, from left and top; one more than there are. */
  readonly xs: readonly number[];
  readonly ys: readonly number[];
  readonly cells: readonly DrawnCell[];
}

export interface DrawnCell {
  readonly column: number;
  readonly row: number;
  readonly span: number;
  readonly rows: number;
  /** Lines within it are parted by `\n`. */
  readonly text: string;
}

interface Side {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

/** How word processors, browsers and printers draw the sides of cells. */
export const ruleStyles: Readonly<Record<string, (side: Side) => string>> = {
  strokes: ({ x0, y0, x1, y1 }) => line(x0, y0, x1, y1),
  bars: ({ x0, y0, x1, y1 }) => bar(x0, y0, x1, y1, 0.48),
  double: ({ x0, y0, x1, y1 }) => `${line(x0, y0, x1, y1)}\n${line(x0 + 0.9, y0 + 0.9, x1 + 0.9, y1 + 0.9)}`,
  dashes: (side) =>
    pieces(side, 3, 1.2)
      .map(({ x0, y0, x1, y1 }) => line(x0, y0, x1, y1))
      .join('\n'),
  wide: (side) =>
    pieces(side, 4.5, 3.5)
      .map(({ x0, y0, x1, y1 }) => line(x0, y0, x1, y1))
      .join('\n'),
  dots: (side) =>
    pieces(side, 0.5, 0.8)
      .map(({ x0, y0, x1, y1 }) => bar(x0, y0, x1, y1, 0.3))
      .join('\n'),
  short: ({ x0, y0, x1, y1 }) => line(x0 + (x1 > x0 ? 0.8 : 0), y0 + (y1 > y0 ? 0.8 : 0), x1, y1),
};

/** So many pieces of a side, about so far apart; the first and the last reach its ends. */
function pieces({ x0, y0, x1, y1 }: Side, length: number, gap: number): Side[] {
  const whole = Math.hypot(x1 - x0, y1 - y0);
  const [dx, dy] = [(x1 - x0) / whole, (y1 - y0) / whole];
  const count = Math.ceil((whole + gap) / (length + gap));
  const starts = Array.from({ length: count }, (_, index) => (index * (whole - length)) / (count - 1));
  return starts.map((at) => {
    const end = at + length;
    return { x0: x0 + dx * at, y0: y0 + dy * at, x1: x0 + dx * end, y1: y0 + dy * end };
  });
}

/** The four sides of a cell. */
export function sidesOf({ xs, ys }: DrawnTable, { column, row, span, rows }: DrawnCell, shift = 0): Side[] {
  const at = (places: readonly number[], index: number) => (places[index] as number) + shift;
  const [x0, x1, y0, y1] = [at(xs, column), at(xs, column + span), at(ys, row), at(ys, row + rows)];
  return [
    { x0, y0, x1, y1: y0 },
    { x0, y0: y1, x1, y1 },
    { x0, y0, x1: x0, y1 },
    { x0: x1, y0, x1, y1 },
  ];
}

/** A cell as a filled ring, as browsers draw borders. */
export function ringOf({ xs, ys }: DrawnTable, { column, row, span, rows }: DrawnCell): string {
  const at = (places: readonly number[], index: number) => places[index] as number;
  const [x0, x1, y0, y1] = [at(xs, column), at(xs, column + span), at(ys, row), at(ys, row + rows)];
  return `${rectangle(x0, y0, x1, y1)} ${rectangle(x0 + 0.75, y0 + 0.75, x1 - 0.75, y1 - 0.75)} f*`;
}

/** The size text is set in. */
const size = 8;

/** What stands in a cell, in its middle; `apart` shows each character for itself. */
export function wordsOf({ xs, ys }: DrawnTable, cell: DrawnCell, apart = false): string[] {
  const middle = (places: readonly number[], from: number, count: number) =>
    ((places[from] as number) + (places[from + count] as number)) / 2;
  const x = middle(xs, cell.column, cell.span);
  const lines = cell.text.split('\n');
  const first = middle(ys, cell.row, cell.rows) + size * 0.35 - ((lines.length - 1) * (size + 1)) / 2;
  return lines.flatMap((words, index) => {
    const [left, y] = [x - widthOf(words, size) / 2, first + index * (size + 1)];
    if (!apart) return words === '' ? [] : [text(left, y, size, words)];
    return [...words].map((character, at) => text(left + widthOf(words.slice(0, at), size), y, size, character));
  });
}

/** The rows as they are to be read: boundaries that part nothing are none. */
export function readRows({ cells }: DrawnTable) {
  const begins = (first: (cell: DrawnCell) => number, count: (cell: DrawnCell) => number) =>
    [...new Set(cells.flatMap((cell) => [first(cell), first(cell) + count(cell)]))].sort((a, b) => a - b);
  const columns = begins(
    ({ column }) => column,
    ({ span }) => span,
  );
  const rows = begins(
    ({ row }) => row,
    ({ rows }) => rows,
  );
  return rows.slice(0, -1).map((row) =>
    cells
      .filter((cell) => cell.row <= row && row < cell.row + cell.rows)
      .toSorted((a, b) => a.column - b.column)
      .map((cell) => {
        const column = columns.indexOf(cell.column);
        const span = columns.indexOf(cell.column + cell.span) - column;
        return { text: cell.text, column, span, ...(cell.row < row && { fromAbove: true }) };
      }),
  );
}

/** Tables with merged cells, figures, blanks and labels of up to two lines. */
export function drawnTable(): fc.Arbitrary<DrawnTable> {
  const widths = fc.array(fc.integer({ min: 24, max: 60 }), { minLength: 2, maxLength: 8 });
  const heights = fc.array(fc.integer({ min: 20, max: 40 }), { minLength: 2, maxLength: 10 });
  return fc.tuple(widths, heights).chain(([across, down]) => {
    const merge = fc.record({
      column: fc.nat(across.length - 1),
      row: fc.nat(down.length - 1),
      span: fc.integer({ min: 1, max: across.length - 1 }),
      rows: fc.integer({ min: 1, max: down.length - 1 }),
    });
    const words = fc.oneof(fc.nat(999).map(String), fc.constantFrom('', '/', '规章', '结果\n维持', '三\n本'));
    const texts = fc.array(words, { minLength: across.length * down.length, maxLength: across.length * down.length });
    return fc.tuple(fc.array(merge, { maxLength: 5 }), texts).map(([merges, texts]) => ({
      xs: placesFrom(60, across),
      ys: placesFrom(120, down),
      cells: cellsFrom(across.length, down.length, merges, texts),
    }));
  });
}

function placesFrom(start: number, sizes: readonly number[]): number[] {
  return sizes.reduce((places, size) => [...places, (places.at(-1) as number) + size], [start]);
}

type Merge = Omit<DrawnCell, 'text'>;

function cellsFrom(columns: number, rows: number, merges: readonly Merge[], texts: readonly string[]): DrawnCell[] {
  const taken = new Set<number>();
  const fieldsOf = (cell: Merge) =>
    Array.from({ length: cell.rows * cell.span }, (_, index) => {
      const [row, column] = [cell.row + Math.floor(index / cell.span), cell.column + (index % cell.span)];
      return row * columns + column;
    });
  const all = Array.from({ length: rows * columns }, (_, field) => field);
  const single = all.map((field) => ({ column: field % columns, row: Math.floor(field / columns), span: 1, rows: 1 }));
  const cells = [...merges, ...single].filter((cell) => {
    const fits = cell.column + cell.span <= columns && cell.row + cell.rows <= rows;
    if (!fits || fieldsOf(cell).some((field) => taken.has(field))) return false;
    for (const field of fieldsOf(cell)) taken.add(field);
    return true;
  });
  return cells.map((cell, index) => ({ ...cell, text: texts[index] as string }));
}
