import { toSixDecimals } from '../indicator.ts';

/** An agency's place among those ranked, the greatest figure first; equal figures share a place. */
export interface Ranked {
  readonly rank: number;
  /** How many were ranked. */
  readonly of: number;
}

/** Ranks figures; what has none is not ranked. */
export function ranksOf(values: readonly (number | null)[]): (Ranked | undefined)[] {
  const sorted = sortedFigures(values).reverse();
  const rankOf = new Map<number, number>();
  for (const [place, value] of sorted.entries()) if (!rankOf.has(value)) rankOf.set(value, place + 1);
  return values.map((value) => (value === null ? undefined : { rank: rankOf.get(value) as number, of: sorted.length }));
}

/** The percentiles told of. */
export const percentiles = [10, 25, 50, 75, 90] as const;

/**
 * What a share of the figures does not exceed, between two of them in proportion (Hyndman & Fan, "Sample Quantiles in
 * Statistical Packages", 1996, definition 7; `PERCENTILE.INC` of spreadsheets), to six decimals. `null` of no figures at all.
 */
export function percentileOf(sorted: readonly number[], percent: number): number | null {
  if (sorted.length === 0) return null;
  const hundredths = (sorted.length - 1) * percent;
  const place = Math.floor(hundredths / 100);
  const below = sorted[place] as number;
  const above = sorted[place + 1] ?? below;
  return toSixDecimals(below + ((above - below) * (hundredths % 100)) / 100);
}

/** The figures there are, ascending. */
export function sortedFigures(values: readonly (number | null)[]): number[] {
  return values.filter((value) => value !== null).sort((one, other) => one - other);
}
