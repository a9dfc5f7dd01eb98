import type { PrintedCell } from '../printed.ts';
import { around, type Box } from './box.ts';
import { gapBetween, heightOf, lineText, type TextLine } from './text.ts';

/** A line of a table without rules, or of running text (one cell). */
export interface SplitLine {
  readonly line: TextLine;
  readonly kind: 'separated' | 'plain';
  readonly cells: readonly PrintedCell[];
}

/** A part of a line with wide gaps around it. */
interface Piece {
  readonly text: string;
  readonly box: Box;
}

/** From how many heights on a gap parts two cells. */
const wideGap = 0.9;

/** How many figures a line has, and how many such lines there are, where a table stands. */
const [leastFigures, leastRows] = [3, 3];

/** A figure, or a mark for none. */
const figure = /^([+\-−－]?[\d０-９]([\d０-９.,．，]*[\d０-９])?|[/／\-—－])$/;

/** How many lines on from a row with figures the next of the same table stands, long labels between them. */
const nextRow = 3;

interface Split {
  readonly line: TextLine;
  readonly pieces: readonly Piece[];
}

/**
 * Splits the lines of tables that are printed without rules, where figures stand in columns over several lines. A line
 * in which anything stands across the columns stays whole; so do all where the columns cannot be told apart.
 */
export function splitLines(lines: readonly TextLine[]): SplitLine[] {
  const split = lines.map((line) => ({ line, pieces: piecesOf(line) }));
  const cells = new Map(tablesIn(split).flatMap(cellsByLine));
  return lines.map((line) => {
    const found = cells.get(line);
    return found ? { line, kind: 'separated', cells: found } : whole(line);
  });
}

/** Stretches of lines from a row with several figures to the last that follows closely. */
function tablesIn(lines: readonly Split[]): Split[][] {
  const tables: [first: number, last: number][] = [];
  lines.forEach(({ pieces }, index) => {
    if (pieces.filter(isFigure).length < leastFigures) return;
    const table = tables.at(-1);
    if (table && index - table[1] <= nextRow) table[1] = index;
    else tables.push([index, index]);
  });
  return tables.map(([first, last]) => lines.slice(first, last + 1));
}

function cellsByLine(table: readonly Split[]): (readonly [TextLine, PrintedCell[] | undefined])[] {
  const figures = table.map(({ pieces }) => pieces.filter(isFigure));
  const rows = figures.filter(({ length }) => length >= leastFigures);
  const columns = columnsOf(rows);
  if (rows.length < leastRows || !columns) return [];
  return table.map(({ line, pieces }) => [line, cellsOf(pieces, columns)] as const);
}

function whole(line: TextLine): SplitLine {
  return { line, kind: 'plain', cells: [{ text: lineText(line), column: 0, span: 1 }] };
}

function isFigure({ text }: Piece): boolean {
  return figure.test(text);
}

function piecesOf({ glyphs }: TextLine): Piece[] {
  const pieces: (typeof glyphs)[number][][] = [];
  for (const glyph of glyphs) {
    const [piece, before] = [pieces.at(-1), pieces.at(-1)?.at(-1)];
    if (piece && before && gapBetween(before, glyph) <= wideGap * heightOf(glyph.box)) piece.push(glyph);
    else pieces.push([glyph]);
  }
  return pieces.map((glyphs) => {
    const box = around(glyphs.map((glyph) => glyph.box));
    return { text: lineText({ box, glyphs }), box };
  });
}

/** Where the figures of several rows stand above each other; none if two of one row would stand in one column. */
function columnsOf(rows: readonly (readonly Piece[])[]): Box[] | undefined {
  const columns: Box[] = [];
  for (const { box } of rows.flat().toSorted((a, b) => a.box.left - b.box.left)) {
    const last = columns.at(-1);
    if (last && box.left <= last.right) columns[columns.length - 1] = around([last, box]);
    else columns.push(box);
  }
  const isApart = rows.every((row) => new Set(row.map(({ box }) => columnAt(columns, box))).size === row.length);
  return isApart ? columns : undefined;
}

/** The only column that a piece stands in; -1 if in none, or in several. */
function columnAt(columns: readonly Box[], box: Box): number {
  const met = columns.flatMap(({ left, right }, index) => (box.left <= right && box.right >= left ? [index] : []));
  return met.length === 1 ? (met[0] as number) : -1;
}

/** The label before the first column, then a cell for each column. */
function cellsOf(pieces: readonly Piece[], columns: readonly Box[]): PrintedCell[] | undefined {
  const start = columns[0]?.left ?? 0;
  const label = pieces.filter(({ box }) => box.right < start);
  const figures = pieces.filter(({ box }) => box.right >= start);
  const places = figures.map(({ box }) => columnAt(columns, box));
  const isClear = figures.every(isFigure) && !places.includes(-1) && new Set(places).size === places.length;
  if (!isClear || figures.length === 0) return undefined;
  const texts = columns.map((_, column) => figures[places.indexOf(column)]?.text ?? '');
  return [label.map(({ text }) => text).join(' '), ...texts].map((text, column) => ({ text, column, span: 1 }));
}
