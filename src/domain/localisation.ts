import { mayChange, ofTwo, type Correction, type Disagreement, type KnownChange } from './correction.ts';
import { inseparable } from './inseparable.ts';
import { residualAfter } from './residual.ts';
import { signIn, type Standing } from './suspect-system.ts';

/** Every change of one cell that puts a disagreement right. */
export function correctionsOfOne(disagreement: Disagreement): Correction[] {
  const found: Correction[] = [];
  for (const place of shortestFailing(disagreement)) {
    const by = changeAlone(disagreement, place);
    if (by !== undefined) found.push({ changes: [{ place, by }], total: Math.abs(by) });
  }
  return found;
}

/**
 * Every set of two cells whose change puts right a disagreement that no change of one cell does. One of the two stands
 * in the failing identity that is looked through; the other has to stand in what fails without the first. Neither
 * change comes out as 0: the other would do alone.
 */
export function correctionsOfTwo(disagreement: Disagreement): Correction[] {
  const found: Correction[] = [];
  const places = shortestFailing(disagreement);
  for (const one of places) {
    for (const other of partners(disagreement, one)) {
      // Where both stand in the identity looked through, the pair comes up twice.
      if (other === one || (other < one && places.includes(other))) continue;
      const correction = correctionOf(disagreement, one, other);
      if (correction) found.push(correction);
    }
  }
  return found;
}

/** The change of one cell that puts everything right, where there is one the cell may hold. */
export function changeAlone(disagreement: Disagreement, place: number): number | undefined {
  if (!explain(disagreement, place)) return undefined;
  const by = changeApart(disagreement, place);
  return by !== undefined && mayChange(disagreement, place, by) ? by : undefined;
}

/** The places in the failing identity that has the fewest. */
function shortestFailing({ system, failing }: Disagreement): Int32Array {
  const places = failing.map((identity) => system.places[identity] as Int32Array);
  return places.reduce((shortest, each) => (each.length < shortest.length ? each : shortest));
}

/** Whether every failing identity has one of the cells in it. */
function explain({ system, failing }: Disagreement, one: number, other = one): boolean {
  for (const identity of failing) {
    if (signIn(system, one, identity) === undefined && signIn(system, other, identity) === undefined) return false;
  }
  return true;
}

/**
 * The cells that can be wrong together with one. If that one explains all that fails, its partner may stand only
 * where it stands too: any other identity holds, and would not with the partner changed.
 */
function partners({ system, failing }: Disagreement, place: number): Int32Array {
  const rest = failing.find((identity) => signIn(system, place, identity) === undefined);
  return (rest === undefined ? system.neighbours[place] : system.places[rest]) as Int32Array;
}

function correctionOf(disagreement: Disagreement, one: number, other: number): Correction | undefined {
  if (!explain(disagreement, one, other)) return undefined;
  const byApart = changeApart(disagreement, one, other);
  if (byApart !== undefined) return completed(disagreement, { place: one, by: byApart }, other);
  const otherApart = changeApart(disagreement, other, one);
  if (otherApart !== undefined) return completed(disagreement, { place: other, by: otherApart }, one);
  return inseparable(disagreement, one, other);
}

/**
 * The change of a cell that the identities call for in which it stands without the other. `undefined` where it stands
 * in none, NaN where they contradict each other.
 */
function changeApart({ system, residuals }: Disagreement, place: number, other?: number): number | undefined {
  let by: number | undefined;
  for (const { identity, sign } of system.standings[place] as Standing[]) {
    const residual = residuals.of[identity] as number;
    if (Number.isNaN(residual)) continue;
    if (other !== undefined && signIn(system, other, identity) !== undefined) continue;
    if (by !== undefined && by !== -sign * residual) return Number.NaN;
    by = -sign * residual;
  }
  return by;
}

/** The change of a cell that all its identities call for after a change of another; NaN as in `changeApart`. */
function changeAfter({ system, residuals }: Disagreement, place: number, first: KnownChange): number {
  let by = Number.NaN;
  for (const { identity, sign } of system.standings[place] as Standing[]) {
    if (Number.isNaN(residuals.of[identity])) continue;
    const needed = -sign * residualAfter(residuals, identity, (signIn(system, first.place, identity) ?? 0) * first.by);
    if (!Number.isNaN(by) && by !== needed) return Number.NaN;
    by = needed;
  }
  return by;
}

/** The correction of two cells of which one's change is known. */
function completed(disagreement: Disagreement, first: KnownChange, second: number): Correction | undefined {
  if (!mayChange(disagreement, first.place, first.by)) return undefined;
  const by = changeAfter(disagreement, second, first);
  return mayChange(disagreement, second, by) ? ofTwo(first, { place: second, by }) : undefined;
}
