import type { Box } from './box.ts';
import { seen, type Drawing, type Glyph } from './drawing.ts';
import { cellAt, fillGrid, numbersOf, type FilledGrid } from './fill.ts';
import { gridsOf, type Grid } from './grid.ts';
import { rulesOf } from './rules.ts';
import { heightOf, linesOf, upright, type TextLine } from './text.ts';

/** What stands on a page, one below the other: ruled tables, and lines of text outside them. */
export interface Page {
  readonly number: number;
  readonly box: Box;
  readonly blocks: readonly Block[];
  /** How far apart, in points, two places may be and still be meant as one. */
  readonly tolerance: number;
}

export type Block = FilledGrid | TextLine;

export function isGrid(block: Block): block is FilledGrid {
  return 'cells' in block;
}

/** How far apart rules may be and still be one, in heights of the page's characters. */
const toleranceShare = 0.25;

/** Recognises the tables and lines of a drawn page. */
export function pageOf(number: number, drawing: Drawing): Page {
  const { page, glyphs, strokes, fills } = seen(drawing);
  const tolerance = toleranceShare * usualHeight(glyphs);
  const grids = gridsOf(rulesOf(strokes, fills, tolerance), tolerance);
  const placed = inGrids(glyphs, grids);
  const outside = placed.get(undefined) ?? [];
  const filled = grids.map((grid) => fillGrid(grid, placed.get(grid) ?? []));
  const blocks = [...filled, ...linesOf(upright(outside, 0))].toSorted((a, b) => a.box.top - b.box.top);
  const aside = [1, 2, 3].flatMap((turn) => linesOf(upright(outside, turn)));
  return { number, box: page, blocks: [...blocks, ...aside], tolerance };
}

function usualHeight(glyphs: readonly Glyph[]): number {
  const heights = glyphs.map(({ box }) => heightOf(box)).sort((a, b) => a - b);
  return heights[heights.length >> 1] ?? 0;
}

/** The characters of each table, the inner one where tables lie in each other; a number goes where part of it lies. */
function inGrids(glyphs: readonly Glyph[], grids: readonly Grid[]): Map<Grid | undefined, Glyph[]> {
  const innerFirst = grids.toSorted((a, b) => areaOf(a.box) - areaOf(b.box));
  const gridAt = ({ box }: Glyph) => innerFirst.find(({ cells }) => cellAt(cells, box));
  const ofNumber = new Map(
    numbersOf(glyphs).flatMap((number) => {
      const grid = number.map(gridAt).find((found) => found !== undefined);
      return number.map((glyph) => [glyph, grid] as const);
    }),
  );
  return Map.groupBy(glyphs, (glyph) => ofNumber.get(glyph) ?? gridAt(glyph));
}

function areaOf({ left, top, right, bottom }: Box): number {
  return (right - left) * (bottom - top);
}
