import { greatestFigure, toInteger, type Cell } from './cell.ts';
import { cellValues, type CellValue } from './edition.ts';
import type { Figures } from './figures.ts';
import type { Residuals } from './residual.ts';
import type { SuspectSystem } from './suspect-system.ts';

/** One figure to be changed, in the integers of the vector; `by` is `null` where several changes would do. */
export interface Change {
  readonly place: number;
  readonly by: number | null;
}

/** A change that is known. */
export interface KnownChange extends Change {
  readonly by: number;
}

/** Changes that together make every assessable identity of an independent part hold, in permanent order. */
export interface Correction {
  readonly changes: readonly Change[];
  /** How much is changed in all, at the least. */
  readonly total: number;
}

/** A report in which identities of one independent part fail. */
export interface Disagreement {
  readonly system: SuspectSystem;
  readonly figures: Figures;
  readonly residuals: Residuals;
  readonly failing: readonly number[];
}

/** The correction that makes two changes. */
export function ofTwo(one: KnownChange, other: KnownChange): Correction {
  const changes = one.place < other.place ? [one, other] : [other, one];
  return { changes, total: Math.abs(one.by) + Math.abs(other.by) };
}

const ranges = Object.fromEntries(cellValues.map((value) => [value, rangeOf(value)])) as Record<CellValue, Range>;

/** Least and greatest figure, in the integers of the vector. */
export interface Range {
  readonly least: number;
  readonly greatest: number;
}

function rangeOf(value: CellValue): Range {
  const greatest = toInteger(value, greatestFigure(value));
  return { least: value === 'signedCount' ? -greatest : 0, greatest };
}

/** What a cell may hold. */
export function rangeAt({ system }: Disagreement, place: number): Range {
  return ranges[(system.cells[place] as Cell).value];
}

/**
 * Whether the cell may hold the figure after the change. A change is a safe integer: one that takes a negative figure
 * from one end of the range to the other is not looked for.
 */
export function mayChange(disagreement: Disagreement, place: number, by: number): boolean {
  const { least, greatest } = rangeAt(disagreement, place);
  const changed = (disagreement.figures[place] as number) + by;
  return Math.abs(by) <= Number.MAX_SAFE_INTEGER && changed >= least && changed <= greatest;
}
