import { toWritten, type Cell } from './cell.ts';
import type { Change, Correction, Disagreement } from './correction.ts';
import { writtenFigure, type Figures } from './figures.ts';
import type { Words } from './language.ts';
import { correctionsOfOne, correctionsOfTwo } from './localisation.ts';
import { patternIn, type Pattern } from './pattern.ts';
import { isFailure, residualsOf } from './residual.ts';
import { rowShifts } from './row-shift.ts';
import type { IndependentPart, SuspectSystem } from './suspect-system.ts';

export { suspectSystem, type SuspectSystem } from './suspect-system.ts';

/** A figure that is probably wrong, as written on the wire. */
export interface Suspect {
  readonly cell: Cell;
  readonly stated: number;
  /** What the rest of the report implies; `null` where several figures would do. */
  readonly implied: number | null;
}

/** Cells whose change makes every assessable identity of their block hold. */
export interface SuspectSet {
  /** In permanent order. */
  readonly cells: readonly Suspect[];
  /** How many failures the change explains. */
  readonly explains: number;
  readonly pattern?: Pattern;
}

/** An independent part of the report in which identities fail: all of `requests`, or one row of `disputes`. */
export interface SuspectBlock {
  readonly section: string;
  /** Where the block is one row. */
  readonly row?: string;
  /** How many identities fail. */
  readonly failures: number;
  /**
   * The smallest sets, all of one cell or all of two: those with a recognised pattern first, then by how much is
   * changed in all, then in permanent order.
   */
  readonly sets: readonly SuspectSet[];
  /** How many more such sets there are. */
  readonly omitted: number;
  /** Whether no two cells explain the failures. Then `sets` holds at most rows that were typed one column off. */
  readonly beyond: boolean;
}

/** What to say where `beyond` is set and no shifted row was recognised. */
export const manyDisagree: Words = {
  'zh-CN': '有多个数字互相矛盾（至少三处），无法推断是哪几个填错，请逐项核对。',
  en: 'Many figures disagree, three of them at least: which ones are wrong cannot be told. Please check each.',
};

/** How many sets are listed for a block. */
const listed = 20;

/**
 * Names the smallest sets of cells whose change makes the identities hold, after Fellegi and Holt: every set of one
 * cell, else every set of two. Identities with a blank are left out, and a blank is never a suspect.
 */
export function findSuspects(system: SuspectSystem, figures: Figures): readonly SuspectBlock[] {
  const residuals = residualsOf(system.identities, figures);
  return system.parts.flatMap((part) => {
    const failing = part.identities.filter((identity) => isFailure(residuals.of[identity] as number));
    return failing.length === 0 ? [] : [suspectBlock(part, { system, figures, residuals, failing })];
  });
}

/** A correction with the pattern that was recognised in it. */
interface Explanation extends Correction {
  readonly pattern?: Pattern | undefined;
}

function suspectBlock(part: IndependentPart, disagreement: Disagreement): SuspectBlock {
  const smallest = smallestCorrections(part, disagreement);
  const beyond = smallest.length === 0;
  const all = beyond ? rowShifts(disagreement, part) : smallest.map((one) => withPattern(disagreement, one));
  const ordered = all.sort(inOrder);
  return {
    section: part.section,
    ...(part.row !== undefined && { row: part.row }),
    failures: disagreement.failing.length,
    sets: ordered.slice(0, listed).map((explanation) => suspectSet(disagreement, explanation)),
    omitted: Math.max(0, ordered.length - listed),
    beyond,
  };
}

/** Nothing where more identities fail than two cells stand in. */
function smallestCorrections({ degree }: IndependentPart, disagreement: Disagreement): Correction[] {
  const failures = disagreement.failing.length;
  const ofOne = failures > degree ? [] : correctionsOfOne(disagreement);
  if (ofOne.length > 0 || failures > 2 * degree) return ofOne;
  return correctionsOfTwo(disagreement);
}

function withPattern({ system, figures }: Disagreement, correction: Correction): Explanation {
  return { ...correction, pattern: patternIn(system.patterns, figures, correction.changes) };
}

function inOrder(a: Explanation, b: Explanation): number {
  return Number(!a.pattern) - Number(!b.pattern) || a.total - b.total || byPlaces(a.changes, b.changes);
}

function byPlaces(a: readonly Change[], b: readonly Change[]): number {
  const n = a.findIndex(({ place }, position) => place !== b[position]?.place);
  return n === -1 ? 0 : (a[n] as Change).place - (b[n]?.place ?? -1);
}

function suspectSet({ system, figures, failing }: Disagreement, { changes, pattern }: Explanation): SuspectSet {
  return {
    cells: changes.map(({ place, by }) => suspect(system.cells[place] as Cell, figures, by)),
    explains: failing.length,
    ...(pattern && { pattern }),
  };
}

function suspect(cell: Cell, figures: Figures, by: number | null): Suspect {
  return {
    cell,
    stated: writtenFigure(cell, figures) as number,
    implied: by === null ? null : toWritten(cell.value, (figures[cell.index] as number) + by),
  };
}
