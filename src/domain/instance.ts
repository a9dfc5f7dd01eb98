import type { Assessed } from './assessed.ts';
import type { Quote, Term } from './finding.ts';
import type { Identity } from './identity.ts';
import type { Language, Params, Words } from './language.ts';
import type { Rule, Severity } from './rule.ts';

/** The status of a rule: a number, since hundreds of thousands of reports a second are asked for theirs. */
export const PASS = 0;
export const FAIL = 1;
export const NOT_ASSESSABLE = 2;
/** The rule does not concern the report, and is not told of. */
export const NOT_APPLICABLE = 3;
export type Status = typeof PASS | typeof FAIL | typeof NOT_ASSESSABLE | typeof NOT_APPLICABLE;

/** Why a rule has the status it has, in one language. */
export interface Explanation {
  readonly left: number | null;
  readonly right: number | null;
  readonly delta: number | null;
  readonly terms: readonly Term[];
  readonly missing: readonly string[];
  /** The blanks in words. */
  readonly blanks: readonly string[];
  /** What was read where, for a rule that looks at texts. */
  readonly quotes?: readonly Quote[];
  /** Why the rule could not be assessed, where it is not for the blanks. */
  readonly reason?: Words;
  /** What fills the placeholders of the rule's message beside `{at}`, `{count}` and `{cells}`, which tell of the blanks. */
  readonly params: Params;
}

/** A rule for one row, column, cell or section, compiled to places in the figure vector. */
export interface RuleInstance {
  readonly rule: Rule;
  readonly severity: Severity;
  /** The key of the row, column or section it is about, the address of the cell, or `-` where there is one instance. */
  readonly at: string;
  readonly place: Words;
  /** What is compared, in official labels. */
  readonly expression: Words;
  /** The equation, where the rule is one within a report. */
  readonly identity?: Identity;
  /** Runs for every report at every write: allocates nothing. */
  readonly status: (assessed: Assessed) => Status;
  /** Runs only for what failed or could not be assessed. */
  readonly explain: (assessed: Assessed, language: Language) => Explanation;
}

/** Why a rule as a whole is not looked at: it does not concern the report, or something it needs is not there. */
export type Unmet = typeof NOT_APPLICABLE | Words;

/** A rule with its instances. */
export interface RuleGroup {
  readonly rule: Rule;
  readonly instances: readonly RuleInstance[];
  /** What keeps the whole rule from being looked at, asked before any instance is. */
  readonly unmet?: (assessed: Assessed) => Unmet | undefined;
  /** What is unmet is told once, at `-`, instead of for each instance. */
  readonly toldOnce?: true;
}

/** An explanation of nothing but its parameters. */
export function explainedBy(params: Params, rest: Partial<Explanation> = {}): Explanation {
  return { left: null, right: null, delta: null, terms: [], missing: [], blanks: [], params, ...rest };
}

/** The severity of a rule at a place. */
export function severityAt({ severity, severityAt: except }: Rule, at: string): Severity {
  return except?.[at] ?? severity;
}

/**
 * A threshold of a rule.
 *
 * @throws Error when the rule has no such threshold: a slip in the edition's data, found at start.
 */
export function threshold({ id, thresholds }: Rule, name: string): number {
  const value = thresholds?.[name];
  if (value === undefined) throw new Error(`rule ${id} has no threshold ${name}`);
  return value;
}
