import type { Figures } from './figures.ts';
import type { Identity } from './identity.ts';
import { exactSum, sum } from './totals.ts';

/** How far each identity of a report is from holding. */
export interface Residuals {
  /**
   * By identity, what stands in `one` less what stands in `other`: 0 where it holds, NaN where a blank keeps it from
   * being assessed, an infinity where it is no integer a double holds exactly.
   */
  readonly of: Float64Array;
  /** The last in full. */
  readonly great: ReadonlyMap<number, bigint>;
}

export function residualsOf(identities: readonly Identity[], figures: Figures): Residuals {
  const of = new Float64Array(identities.length);
  const great = new Map<number, bigint>();
  for (let n = 0; n < identities.length; n++) {
    const residual = residualOf(figures, identities[n] as Identity);
    if (typeof residual === 'bigint') great.set(n, residual);
    of[n] = typeof residual === 'number' ? residual : residual > 0n ? Infinity : -Infinity;
  }
  return { of, great };
}

/** Whether a residual is that of an identity that was assessed and does not hold. */
export function isFailure(residual: number): boolean {
  return residual !== 0 && !Number.isNaN(residual);
}

/**
 * The residual of an identity after a change of one of its cells has `added` so much to it. It is exact up to 2^53 − 1,
 * and what is greater comes out greater than that: compared with a change, which never is, it is never wrongly equal.
 */
export function residualAfter({ of, great }: Residuals, identity: number, added: number): number {
  const exact = great.get(identity);
  return exact === undefined ? (of[identity] as number) + added : Number(exact + BigInt(added));
}

/** The residual of an identity that can be assessed, whatever its size. */
export function exactResidual({ of, great }: Residuals, identity: number): bigint {
  return great.get(identity) ?? BigInt(of[identity] as number);
}

/** A number where that is exact, NaN with a blank. */
function residualOf(figures: Figures, { one, other }: Identity): number | bigint {
  const size = magnitude(figures, one) + magnitude(figures, other);
  // No sum on the way is greater than all figures together: where those are safe, so is everything.
  if (Number.isNaN(size) || size <= Number.MAX_SAFE_INTEGER) return sum(figures, one) - sum(figures, other);
  const exact = exactSum(figures, one) - exactSum(figures, other);
  return Number.isSafeInteger(Number(exact)) ? Number(exact) : exact;
}

function magnitude(figures: Figures, places: Int32Array): number {
  let result = 0;
  for (let n = 0; n < places.length; n++) result += Math.abs(figures[places[n] as number] as number);
  return result;
}
