import type { Severity, RuleKind } from './rule.ts';
import type { Waiver } from './waiver.ts';

/** A cell's part in a finding. */
export interface Term {
  readonly cell: string;
  readonly label: string;
  readonly value: number | null;
  readonly side: 'left' | 'right';
  readonly sign: 1 | -1;
  /** The year the figure is of, where that is not the report's. */
  readonly year?: number;
}

/** Words of a narrative a finding rests on; UTF-16 code units from the start of the section's text, half-open. */
export interface Quote {
  readonly section: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * A flaw of a report: a rule that failed. A value, never thrown. `left`, `right` and `delta` (left − right) are `null`
 * for a rule that compares no figures; `missing` names the blanks by cell address, or by section for a narrative.
 */
export interface Finding {
  readonly rule: string;
  readonly at: string;
  readonly severity: Severity;
  readonly kind: RuleKind;
  readonly message: string;
  readonly expression: string;
  readonly left: number | null;
  readonly right: number | null;
  readonly delta: number | null;
  readonly terms: readonly Term[];
  readonly missing: readonly string[];
  readonly quotes?: readonly Quote[];
  /** What was said in its defence, and whether that still holds. */
  readonly waiver?: WaiverOfFinding;
}

export interface WaiverOfFinding extends Omit<Waiver, 'rule' | 'at' | 'values'> {
  readonly status: WaiverStatus;
}

/** `lapsed`: one of the figures has changed since. */
export const waiverStatuses = ['explained', 'waived', 'lapsed'] as const;
export type WaiverStatus = (typeof waiverStatuses)[number];

/** A rule that could not be assessed, and why. */
export interface NotAssessable {
  readonly rule: string;
  readonly at: string;
  readonly reason: string;
  readonly missing: readonly string[];
}
