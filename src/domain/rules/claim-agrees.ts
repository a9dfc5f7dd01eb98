import type { Claim } from '../claim.ts';

/** How far a text may be from the tables and still be taken at its word. */
export interface Tolerance {
  /** For shares, in percentage points. */
  readonly share: number;
  /** For what the text itself calls approximate, as a part of the figure. */
  readonly loose: number;
}

/** Whether a figure of the tables is what a claim says. `none` and `all` say that what is left over is 0. */
export function agreesWithClaim({ kind, value, precision }: Claim, figure: number, tolerance: Tolerance): boolean {
  if (kind === 'none' || kind === 'all') return figure === 0;
  if (value === null) return true;
  // 占39% is 38.6% rounded.
  const rounded = Number.isInteger(value) ? 0.5 : 0;
  const exact = kind === 'share' ? Math.max(tolerance.share, rounded) : 0;
  const slack = Math.max(exact, looseness(value, tolerance.loose));
  const [below, above] = {
    exact: [exact, exact],
    about: [slack, slack],
    over: [exact, slack],
    under: [slack, exact],
  }[precision] as [number, number];
  // Halves of a percent are not exact in a double.
  return figure >= value - below - 1e-9 && figure <= value + above + 1e-9;
}

/** The shares sums are of wholes, in percent; `undefined` where one of them is blank. Nothing is a share of 0. */
export function readsAsShare(
  sums: readonly (number | undefined)[],
  wholes: readonly (number | undefined)[],
): (number | undefined)[] {
  const some = wholes.filter((whole) => whole !== 0);
  return sums.flatMap((sum) =>
    some.map((whole) => (sum === undefined || whole === undefined ? undefined : (100 * sum) / whole)),
  );
}

/** 余 and 约 round to the leading digits: 两千余 may be 2,900, so a figure's last named place is given to it whole. */
function looseness(value: number, loose: number): number {
  let place = 1;
  while (value > 0 && value % (place * 10) === 0) place *= 10;
  return Math.max(loose * value, value === 0 ? 0 : place - 1);
}
