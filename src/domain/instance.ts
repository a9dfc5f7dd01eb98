import type { Figures } from './figures.ts';
import type { Term } from './finding.ts';
import type { Identity } from './identity.ts';
import type { Language, Params, Words } from './language.ts';
import type { Rule } from './rule.ts';

/** What rules look at: a report's figures, and the keys of its narratives that say nothing. */
export interface Assessed {
  readonly figures: Figures;
  readonly blankTexts: readonly string[];
}

/** The status of a rule: a number, since a million reports a second are asked for theirs. */
export const PASS = 0;
export const FAIL = 1;
export const NOT_ASSESSABLE = 2;
export type Status = typeof PASS | typeof FAIL | typeof NOT_ASSESSABLE;

/** Why a rule has the status it has, in one language. */
export interface Explanation {
  readonly left: number | null;
  readonly right: number | null;
  readonly delta: number | null;
  readonly terms: readonly Term[];
  readonly missing: readonly string[];
  /** The blanks in words. */
  readonly blanks: readonly string[];
  /** What fills the placeholders of the rule's message beside `{at}`, `{count}` and `{cells}`, which tell of the blanks. */
  readonly params: Params;
}

/** A rule for one row, column or section, compiled to places in the figure vector. */
export interface RuleInstance {
  readonly rule: Rule;
  /** The key of the row, column or section it is about. */
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
