import type { Severity, RuleKind } from './rule.ts';

/** A cell's part in a finding. */
export interface Term {
  readonly cell: string;
  readonly label: string;
  readonly value: number | null;
  readonly side: 'left' | 'right';
  readonly sign: 1 | -1;
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
}

/** A rule that could not be assessed, and why. */
export interface NotAssessable {
  readonly rule: string;
  readonly at: string;
  readonly reason: string;
  readonly missing: readonly string[];
}
