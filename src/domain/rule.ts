import type { Words } from './language.ts';

/** `error` blocks submission, `errorWaivable` until it is explained and waived, `warning` blocks nothing. */
export const severities = ['error', 'errorWaivable', 'warning'] as const;
export type Severity = (typeof severities)[number];

/** What a rule looks at; a failed `structure` rule leaves a report incomplete, not inconsistent. */
export const ruleKinds = ['within', 'structure'] as const;
export type RuleKind = (typeof ruleKinds)[number];

export const basisSources = ['law', 'notice', 'form', 'heuristic'] as const;

/** Where a rule has its authority from. */
export interface Basis {
  readonly source: (typeof basisSources)[number];
  readonly text: Words;
}

/**
 * A rule of the form, as data. From it follow the evaluation, the catalogue and the sentences. `message` may use
 * `{at}` (the row, column or section the finding is about) and the placeholders of its kind of test.
 */
export interface Rule {
  readonly id: string;
  readonly title: Words;
  readonly basis: Basis;
  readonly severity: Severity;
  readonly kind: RuleKind;
  readonly test: RuleTest;
  readonly message: Words;
}

export type RuleTest = SumTest | CompleteTest;

/**
 * The cells on the left add up to the cells on the right. Sides hold selectors (see `expression.ts`), in which `@`
 * is the row or column the rule is instantiated for. Placeholders: `{left}`, `{right}`, `{difference}`.
 */
export interface SumTest {
  readonly type: 'sum';
  readonly forEach: { readonly section: string; readonly axis: 'row' | 'column' };
  readonly left: readonly string[];
  readonly right: readonly string[];
}

/** Every cell of each section is filled and every narrative written. Placeholders: `{count}`, `{cells}`. */
export interface CompleteTest {
  readonly type: 'complete';
}
