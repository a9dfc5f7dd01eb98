import { mayChange, ofTwo, rangeAt, type Correction, type Disagreement } from './correction.ts';
import { exactResidual } from './residual.ts';
import { signIn, type Standing } from './suspect-system.ts';

/**
 * The correction of two cells that stand in the same identities: those in which they stand on the same side tell the
 * sum of their changes, those in which they stand on opposite sides the difference. Rare, so that it may be exact
 * without being fast.
 */
export function inseparable(disagreement: Disagreement, one: number, other: number): Correction | undefined {
  const { system, residuals } = disagreement;
  let sum: bigint | undefined;
  let difference: bigint | undefined;
  for (const { identity, sign } of system.standings[one] as Standing[]) {
    if (Number.isNaN(residuals.of[identity])) continue;
    const needed = BigInt(-sign) * exactResidual(residuals, identity);
    const known = signIn(system, other, identity) === sign ? (sum ??= needed) : (difference ??= needed);
    if (known !== needed) return undefined;
  }
  if (sum !== undefined && difference !== undefined) return fromBoth(disagreement, one, other, sum, difference);
  return fromEither(disagreement, one, other, sum ?? -(difference as bigint), sum !== undefined);
}

function fromBoth(
  disagreement: Disagreement,
  one: number,
  other: number,
  sum: bigint,
  difference: bigint,
): Correction | undefined {
  if ((sum + difference) % 2n !== 0n) return undefined;
  const by = Number((sum + difference) / 2n);
  const otherBy = Number((sum - difference) / 2n);
  if (!mayChange(disagreement, one, by) || !mayChange(disagreement, other, otherBy)) return undefined;
  return ofTwo({ place: one, by }, { place: other, by: otherBy });
}

/**
 * Two cells of whose changes only the sum is known, or only other − one (`alike` tells which). What they may hold often
 * leaves several answers. As neither cell can put things right alone, both change, in all by as much as is known.
 */
function fromEither(
  disagreement: Disagreement,
  one: number,
  other: number,
  known: bigint,
  alike: boolean,
): Correction | undefined {
  const [a, b] = [changesAt(disagreement, one), changesAt(disagreement, other)];
  const least = greater(a.least, alike ? known - b.most : b.least - known);
  const most = -greater(-a.most, alike ? b.least - known : known - b.most);
  if (least > most) return undefined;
  const by = Number(least);
  const otherBy = Number(alike ? known - least : known + least);
  if (least === most) return ofTwo({ place: one, by }, { place: other, by: otherBy });
  const places = one < other ? [one, other] : [other, one];
  return { changes: places.map((place) => ({ place, by: null })), total: Math.abs(Number(known)) };
}

/** The least and the greatest change that `mayChange` accepts. */
function changesAt(disagreement: Disagreement, place: number): { readonly least: bigint; readonly most: bigint } {
  const { least, greatest } = rangeAt(disagreement, place);
  const stated = BigInt(disagreement.figures[place] as number);
  const limit = BigInt(Number.MAX_SAFE_INTEGER);
  return { least: greater(BigInt(least) - stated, -limit), most: -greater(stated - BigInt(greatest), -limit) };
}

function greater(one: bigint, other: bigint): bigint {
  return one > other ? one : other;
}
