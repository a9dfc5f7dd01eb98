import { toSixDecimals } from '../indicator.ts';

/** A figure's place among figures that are ascending, it being one of them: the greatest first, and equals share a place. */
export function rankIn(sorted: Float64Array, figure: number): number {
  let [from, to] = [0, sorted.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((sorted[middle] as number) > figure) to = middle;
    else from = middle + 1;
  }
  return sorted.length - from + 1;
}

/** The percentiles told of. */
export const percentiles = [10, 25, 50, 75, 90] as const;

/**
 * What a share of the figures does not exceed, between two of them in proportion (Hyndman & Fan, "Sample Quantiles in
 * Statistical Packages", 1996, definition 7; `PERCENTILE.INC` of spreadsheets), to six decimals. `null` of no figures at all.
 */
export function percentileOf(sorted: Float64Array, percent: number): number | null {
  if (sorted.length === 0) return null;
  const hundredths = (sorted.length - 1) * percent;
  const place = Math.floor(hundredths / 100);
  const below = sorted[place] as number;
  const above = sorted[place + 1] ?? below;
  return toSixDecimals(below + ((above - below) * (hundredths % 100)) / 100);
}

/** The figures there are, ascending. */
export function sortedFigures(values: readonly (number | null)[]): Float64Array {
  return Float64Array.from(values.filter((value) => value !== null)).sort();
}
