import type { Box } from './box.ts';
import type { Rule, Rules } from './rules.ts';

/** A cell of a ruled table: which of its rows it stands in, and where. */
export interface GridCell {
  readonly box: Box;
  readonly row: number;
  /** How many rows it reaches over. */
  readonly rows: number;
}

/** Most fields of a table: what has more is a drawing. */
const mostFields = 20_000;

/** The fields that all the rules of a table, drawn through from end to end, would cut it into. */
interface Fields {
  readonly xs: readonly number[];
  readonly ys: readonly number[];
  readonly columns: number;
  /** For each field, row by row, a field of the same cell; itself for one of them. */
  readonly sameAs: number[];
}

/** The cells that rules close in; a cell spans fields where the rules between them are missing. */
export function closedCells({ across, down }: Rules): GridCell[] {
  const [xs, ys] = [placesOf(down), placesOf(across)];
  const [columns, rows] = [xs.length - 1, ys.length - 1];
  if (columns < 1 || rows < 1 || columns * rows > mostFields) return [];
  const fields: Fields = { xs, ys, columns, sameAs: Array.from({ length: columns * rows }, (_, field) => field) };
  joinOpen(fields, across, down);
  return rectangles(fields)
    .map((part) => cellOf(fields, part))
    .filter(({ box }) => isClosed(box, across, down));
}

function placesOf(rules: readonly Rule[]): number[] {
  return [...new Set(rules.map(({ at }) => at))].sort((a, b) => a - b);
}

/** How much of a side must be drawn to part two cells. */
const drawnShare = 0.5;

function isDrawn(rules: readonly Rule[], from: number, to: number): boolean {
  const drawn = rules.reduce((sum, rule) => sum + Math.max(0, Math.min(rule.to, to) - Math.max(rule.from, from)), 0);
  return drawn >= drawnShare * (to - from);
}

function joinOpen(fields: Fields, across: readonly Rule[], down: readonly Rule[]): void {
  const { xs, ys, columns, sameAs } = fields;
  const [walls, floors] = [Map.groupBy(down, ({ at }) => at), Map.groupBy(across, ({ at }) => at)];
  sameAs.forEach((_, field) => {
    const [left, right, top, bottom] = sidesOf(fields, field);
    const wall = walls.get(right) ?? [];
    const floor = floors.get(bottom) ?? [];
    if (right !== xs.at(-1) && !isDrawn(wall, top, bottom)) join(sameAs, field, field + 1);
    if (bottom !== ys.at(-1) && !isDrawn(floor, left, right)) join(sameAs, field, field + columns);
  });
}

function sidesOf(
  { xs, ys, columns }: Fields,
  field: number,
): [left: number, right: number, top: number, bottom: number] {
  const [column, row] = [field % columns, Math.floor(field / columns)];
  return [xs[column], xs[column + 1], ys[row], ys[row + 1]] as [number, number, number, number];
}

function join(sameAs: number[], a: number, b: number): void {
  sameAs[rootOf(sameAs, b)] = rootOf(sameAs, a);
}

function rootOf(sameAs: number[], field: number): number {
  let root = field;
  while (sameAs[root] !== root) root = sameAs[root] = sameAs[sameAs[root] as number] as number;
  return root;
}

/** The first and last column and row of a cell. */
interface Part {
  readonly columns: readonly [number, number];
  readonly rows: readonly [number, number];
}

/** The cells' fields, each a rectangle: one with a corner missing takes in what stands there, rather than guess. */
function rectangles({ columns, sameAs }: Fields): Part[] {
  for (;;) {
    const cells = Map.groupBy(sameAs.keys(), (field) => rootOf(sameAs, field));
    const parts = [...cells].map(([root, fields]) => ({ root, fields, part: partOf(fields, columns) }));
    const odd = parts.filter(({ fields, part }) => fieldsOf(part, columns).length !== fields.length);
    if (odd.length === 0) return parts.map(({ part }) => part);
    for (const { root, part } of odd) for (const field of fieldsOf(part, columns)) join(sameAs, root, field);
  }
}

function partOf(fields: readonly number[], columns: number): Part {
  const [across, down] = [fields.map((field) => field % columns), fields.map((field) => Math.floor(field / columns))];
  return { columns: [Math.min(...across), Math.max(...across)], rows: [Math.min(...down), Math.max(...down)] };
}

function fieldsOf({ columns: [left, right], rows: [top, bottom] }: Part, columns: number): number[] {
  const across = Array.from({ length: right - left + 1 }, (_, index) => left + index);
  return Array.from({ length: bottom - top + 1 }, (_, index) => top + index).flatMap((row) =>
    across.map((column) => row * columns + column),
  );
}

function cellOf({ xs, ys }: Fields, { columns: [left, right], rows: [top, bottom] }: Part): GridCell {
  const at = (places: readonly number[], index: number) => places[index] as number;
  return {
    box: { left: at(xs, left), top: at(ys, top), right: at(xs, right + 1), bottom: at(ys, bottom + 1) },
    row: top,
    rows: bottom - top + 1,
  };
}

/** Beside a table that is narrower in some rows lies nothing, though rules of the others reach there. */
function isClosed({ left, top, right, bottom }: Box, across: readonly Rule[], down: readonly Rule[]): boolean {
  const isSide = (rules: readonly Rule[], place: number, from: number, to: number) =>
    isDrawn(
      rules.filter(({ at }) => at === place),
      from,
      to,
    );
  return (
    [left, right].every((place) => isSide(down, place, top, bottom)) &&
    [top, bottom].every((place) => isSide(across, place, left, right))
  );
}
