import type { Finding, WaiverOfFinding } from './finding.ts';

/** Who said something, when (ISO 8601, UTC), and what. */
export interface Statement {
  readonly by: string;
  readonly at: string;
  readonly reason: string;
}

/**
 * What was said in defence of a waivable error: the reporter's explanation, the reviewer's waiver. It holds for the
 * rule, its place and the values its terms had, so it lapses by itself when one of those figures changes.
 */
export interface Waiver {
  readonly rule: string;
  readonly at: string;
  /** The values of the finding's terms, in their order. */
  readonly values: readonly (number | null)[];
  readonly explanation?: Statement;
  readonly waived?: Statement;
}

/** The figures a waiver is bound to. */
export function valuesOf({ terms }: Pick<Finding, 'terms'>): (number | null)[] {
  return terms.map(({ value }) => value);
}

/** A waiver as the finding it defends shows it. */
export function waiverOf(waiver: Waiver, terms: Finding['terms']): WaiverOfFinding {
  const { explanation, waived } = waiver;
  return { status: statusOf(waiver, terms), ...(explanation && { explanation }), ...(waived && { waived }) };
}

/** The waiver of a place, if there is one. */
export function findWaiver(waivers: readonly Waiver[], rule: string, at: string): Waiver | undefined {
  return waivers.find((waiver) => waiver.rule === rule && waiver.at === at);
}

/** Whether a waiver is bound to these values. */
export function isBoundTo({ values }: Waiver, now: Waiver['values']): boolean {
  return now.length === values.length && now.every((value, place) => value === values[place]);
}

function statusOf(waiver: Waiver, terms: Finding['terms']): WaiverOfFinding['status'] {
  if (!isBoundTo(waiver, valuesOf({ terms }))) return 'lapsed';
  return waiver.waived ? 'waived' : 'explained';
}
