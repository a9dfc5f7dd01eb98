import { around, isWithin, shared, type Box } from './box.ts';
import type { GridCell } from './cells.ts';
import type { Glyph } from './drawing.ts';
import type { Grid } from './grid.ts';
import { gapBetween, heightOf, linesOf, textOf } from './text.ts';

/** A cell and what stands in it. */
export interface FilledCell extends GridCell {
  readonly text: string;
}

export interface FilledGrid extends Grid {
  readonly cells: readonly FilledCell[];
}

/**
 * Puts characters into the cells they stand in. The digits of one number stay together, with the cell that has most of
 * them; where they lie across a rule with too little on one side to tell whose they are, the cells on both sides become
 * one, which no figure is read from.
 */
export function fillGrid(grid: Grid, glyphs: readonly Glyph[]): FilledGrid {
  const numbers = numbersOf(glyphs);
  const cells = numbers.map((number) => straddled(number, grid.cells)).reduce(joinedCells, grid.cells);
  const owners = new Map(numbers.flatMap((number) => owned(number, cells)));
  const inCell = Map.groupBy(glyphs, (glyph) => owners.get(glyph) ?? cellAt(cells, glyph.box));
  return { ...grid, cells: cells.map((cell) => ({ ...cell, text: textOf(inCell.get(cell) ?? []) })) };
}

export function cellAt(cells: readonly GridCell[], box: Box): GridCell | undefined {
  return cells.find((cell) => isWithin(box, cell.box));
}

/** How close digits of one number stand, in heights. */
const digitGap = 0.15;

/** Numbers of two digits or more, wherever they stand. */
export function numbersOf(glyphs: readonly Glyph[]): Glyph[][] {
  const upright = glyphs.filter(({ turn }) => turn === 0);
  return linesOf(upright)
    .flatMap((line) => runsOf(line.glyphs))
    .filter((run) => run.length > 1);
}

function runsOf(line: readonly Glyph[]): Glyph[][] {
  const runs: Glyph[][] = [];
  for (const glyph of line) {
    const [run, before] = [runs.at(-1), runs.at(-1)?.at(-1)];
    if (!/^[\d０-９.,．，]+$/.test(glyph.text)) runs.push([]);
    else if (run && before && Math.abs(gapBetween(before, glyph)) <= digitGap * heightOf(glyph.box)) run.push(glyph);
    else runs.push([glyph]);
  }
  return runs;
}

/** How much of a number must lie in a cell to be its. */
const ownShare = 0.75;

/** The cells that share a number neither of them has for itself. */
function straddled(number: readonly Glyph[], cells: readonly GridCell[]): readonly GridCell[] {
  const box = boxOf(number);
  const touched = new Set(number.flatMap((glyph) => cellAt(cells, glyph.box) ?? []));
  const hasOwner = [...touched].some((cell) => shareWithin(box, cell.box) >= ownShare);
  return touched.size > 1 && !hasOwner ? [...touched] : [];
}

function owned(number: readonly Glyph[], cells: readonly GridCell[]): (readonly [Glyph, GridCell])[] {
  const box = boxOf(number);
  const [owner] = cells
    .filter((cell) => overlap(cell.box, box))
    .toSorted((a, b) => shareWithin(box, b.box) - shareWithin(box, a.box));
  return owner ? number.map((glyph) => [glyph, owner] as const) : [];
}

function boxOf(glyphs: readonly Glyph[]): Box {
  return around(glyphs.map(({ box }) => box));
}

function shareWithin(box: Box, cell: Box): number {
  const both = shared(box, cell);
  return ((both.right - both.left) / (box.right - box.left)) * ((both.bottom - both.top) / (box.bottom - box.top));
}

function overlap(a: Box, b: Box): boolean {
  const both = shared(a, b);
  return both.right > both.left && both.bottom > both.top;
}

/** The cells with some of them made one, and whatever that cuts into. */
function joinedCells(cells: readonly GridCell[], some: readonly GridCell[]): readonly GridCell[] {
  if (some.length === 0) return cells;
  const box = around(some.map((cell) => cell.box));
  const joined = cells.filter((cell) => overlap(cell.box, box));
  if (joined.length > some.length) return joinedCells(cells, joined);
  const row = Math.min(...joined.map((cell) => cell.row));
  const end = Math.max(...joined.map((cell) => cell.row + cell.rows));
  return [...cells.filter((cell) => !joined.includes(cell)), { box, row, rows: end - row }];
}
