import type { AgencyKind, AgencyLevel } from './agency.ts';
import type { ClaimKind, Topic } from './claim.ts';
import type { Selector } from './expression.ts';
import type { Words } from './language.ts';

/** `error` blocks submission, `errorWaivable` until it is explained and waived, `warning` blocks nothing. */
export const severities = ['error', 'errorWaivable', 'warning'] as const;
export type Severity = (typeof severities)[number];

/** What a rule looks at; a failed `structure` rule leaves a report incomplete, not inconsistent. */
export const ruleKinds = ['within', 'structure', 'cross-year', 'cross-section', 'text', 'hierarchy'] as const;
export type RuleKind = (typeof ruleKinds)[number];

export const basisSources = ['law', 'notice', 'form', 'heuristic'] as const;

/** Where a rule has its authority from. */
export interface Basis {
  readonly source: (typeof basisSources)[number];
  readonly text: Words;
}

/** The `at` of a rule that has one instance, in findings and in addresses. */
export const onlyPlace = '-';

/**
 * A rule of the form, as data. From it follow the evaluation, the catalogue and the sentences. `message` may use
 * `{at}` (the row, column, cell or section the finding is about), the rule's thresholds by name, and the placeholders
 * of its kind of test.
 */
export interface Rule {
  readonly id: string;
  readonly title: Words;
  readonly basis: Basis;
  readonly severity: Severity;
  /** Places whose severity differs, by `at`. */
  readonly severityAt?: Readonly<Record<string, Severity>>;
  readonly kind: RuleKind;
  readonly test: RuleTest;
  /** What a city may set otherwise (see `thresholds.ts`), with the value where it does not. */
  readonly thresholds?: Readonly<Record<string, number>>;
  readonly message: Words;
}

export type RuleTest =
  | SumTest
  | RatioTest
  | ChangeTest
  | OutlierTest
  | CompleteTest
  | LengthTest
  | ZeroTest
  | EntitlementTest
  | SubtotalsTest
  | ClaimsTest
  | PeriodTest
  | MentionTest
  | SimilarityTest
  | ConsolidationTest
  | CoverageTest;

export const relations = ['=', '≤'] as const;
export type Relation = (typeof relations)[number];

/**
 * The cells on the left come to what the cells on the right come to, or to no more. Sides hold selectors (see
 * `expression.ts`), in which `@` is the row or column the rule is instantiated for; without `forEach` there is one
 * instance. Placeholders: `{left}`, `{right}`, `{difference}`.
 */
export interface SumTest {
  readonly type: 'sum';
  readonly forEach?: { readonly section: string; readonly axis: 'row' | 'column'; readonly only?: readonly string[] };
  readonly left: readonly Selector[];
  readonly relation: Relation;
  readonly right: readonly Selector[];
  /** Last year's figures are comparable only where they were reported on the same edition. */
  readonly sameEdition?: true;
}

/**
 * A part is no more than `share` (a threshold) of a whole, where the whole is at least `least` (a threshold).
 * Placeholders: `{left}` the part, `{right}` the whole, `{percent}`, `{limit}` both in percent.
 */
export interface RatioTest {
  readonly type: 'ratio';
  readonly part: readonly Selector[];
  readonly whole: readonly Selector[];
}

/**
 * A cell has not become more than `factor` times what it was last year, nor less than the same part of it, where it
 * was at least `least` (thresholds; amounts in 万元). One instance a cell. Placeholders: `{left}` this year, `{right}`
 * last year, `{factor}`, `{change}` in words.
 */
export interface ChangeTest {
  readonly type: 'change';
  readonly cells: readonly Selector[];
  /** `factor` itself is too much already, and 0 is no change of this sort: a unit mistaken leaves no zero. */
  readonly unit?: true;
}

/**
 * A cell does not stand out from its own earlier years: modified z-score (Iglewicz and Hoaglin, 1993) on the
 * square-root scale, the deviation floored at the noise of a Poisson count (0.5). Fails above `score`, and only where
 * the figure is `share` and `least` away from the median; needs `years` earlier years (thresholds). One instance a
 * cell. Placeholders: `{left}` this year, `{right}` the median, `{count}` how many earlier years.
 */
export interface OutlierTest {
  readonly type: 'outlier';
  readonly cells: readonly Selector[];
}

/** Every cell of each section is filled and every narrative written. Placeholders: `{count}`, `{cells}`. */
export interface CompleteTest {
  readonly type: 'complete';
}

/**
 * A narrative has at least `shortest` characters, and where `bounded` at most `longest` (thresholds), white space not
 * counted. One instance a section. Placeholders: `{length}`, `{bounds}` in words.
 */
export interface LengthTest {
  readonly type: 'length';
  readonly sections: readonly { readonly section: string; readonly bounded?: true }[];
}

/** A report in which every figure is 0 is confirmed to be one (`zeroReport`). */
export interface ZeroTest {
  readonly type: 'zero';
}

/** Cells that are 0 for agencies of these levels, and of these kinds. Placeholders: `{count}`, `{cells}`. */
export interface EntitlementTest {
  readonly type: 'entitlement';
  readonly cells: readonly Selector[];
  readonly levels: readonly AgencyLevel[];
  readonly kinds: readonly AgencyKind[];
}

/** Subtotals a document states agree with the derived ones. Placeholders: `{left}` stated, `{right}` derived. */
export interface SubtotalsTest {
  readonly type: 'subtotals';
}

/**
 * What the narratives `sections` say of figures agrees with the tables. Placeholders: `{quote}` what is said, `{right}`
 * what the tables say.
 */
export interface ClaimsTest {
  readonly type: 'claims';
  readonly sections: readonly string[];
  readonly places: readonly ClaimedPlace[];
}

/** What may be said of one thing, and by which sums of cells it is true: by any of them. */
export interface ClaimedPlace {
  readonly at: string;
  readonly label: Words;
  readonly claims: readonly {
    readonly topic: Topic;
    /** `none` and `all` are true where a sum is 0; `share` where it is that share of one of `of`. */
    readonly kind: Exclude<ClaimKind, 'year' | 'mention'>;
    readonly sums: readonly (readonly Selector[])[];
    readonly of?: readonly (readonly Selector[])[];
  }[];
}

/** The period a narrative reports on is the report's year. Placeholders: `{quote}`, `{left}` the year said, `{right}`. */
export interface PeriodTest {
  readonly type: 'period';
  readonly sections: readonly string[];
  readonly topic: Topic;
}

/**
 * What a cell other than 0 or another narrative brings up is told of in the narrative `section`.
 * Placeholders: `{cause}`.
 */
export interface MentionTest {
  readonly type: 'mention';
  readonly section: string;
  readonly topic: Topic;
  readonly cells: readonly Selector[];
}

/**
 * A narrative is less than `share` (a threshold) the same as last year's and as any other agency's of the year.
 * Placeholder: `{others}`.
 */
export interface SimilarityTest {
  readonly type: 'similarity';
  readonly sections: readonly string[];
}

/**
 * Every cell of an agency that consolidates is the sum of its children's (`=`, once all of them have handed in), or at
 * least that (`≤`, before). One instance a cell. Placeholders: `{left}` the agency's figure, `{right}` the sum,
 * `{difference}`, `{reported}`, `{expected}`.
 */
export interface ConsolidationTest {
  readonly type: 'consolidation';
  readonly relation: Relation;
}

/** A consolidating agency hands in after its children. Placeholders: `{count}`, `{cells}` the missing by name. */
export interface CoverageTest {
  readonly type: 'coverage';
}
