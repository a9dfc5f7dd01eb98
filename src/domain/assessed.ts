import type { AgencyKind, AgencyLevel } from './agency.ts';
import type { Claim } from './claim.ts';
import type { Figures } from './figures.ts';
import type { LastYear } from './indicator.ts';

/** What rules look at: a report, and what they compare it with. */
export interface Assessed {
  readonly year: number;
  /** This year's figures, and after them last year's in the same order, NaN where there are none. */
  readonly figures: Figures;
  /** What the narratives say, by section. */
  readonly readings: Readings;
  readonly zeroReport: boolean;
  /** Whether the report has been handed in: submitted or later, or as printed. */
  readonly handedIn: boolean;
  /** Whose report it is; absent where nobody knows. */
  readonly agency?: AgencyFacts;
  /** The report of the year before, as it was handed in; absent where there is none. */
  readonly lastYear?: LastYear & {
    readonly year: number;
    readonly sameEdition: boolean;
    /** The cells of the form it was on. */
    readonly cells: ReadonlyMap<string, unknown>;
  };
  /** Where the agency succeeded others: which of them all existed last year and have not handed in, by name. */
  readonly unreported?: readonly string[];
  /** The figures handed in for earlier years in this form's order, last year's among them. */
  readonly earlier: readonly Figures[];
  /** What the children of an agency that consolidates have handed in. */
  readonly children?: ChildrenFacts;
  /** Whether the narratives were compared with others at all. */
  readonly textsCompared: boolean;
  /** Texts this report's resemble, the most alike first. */
  readonly likenesses: readonly ToldLikeness[];
  /** Subtotals a document states, by address: in an import's check only. */
  readonly statedSubtotals?: Readonly<Record<string, number>>;
}

export interface AgencyFacts {
  readonly level?: AgencyLevel;
  readonly kind?: AgencyKind;
  readonly consolidates?: boolean;
}

export interface ChildrenFacts {
  readonly expected: number;
  readonly reported: number;
  /** The names of those that have not handed in. */
  readonly missing: readonly string[];
  /** The sum of what has been handed in, NaN where one of them is blank. */
  readonly sums: Figures;
}

/** What is kept of a narrative, so that a check need not read it again. */
export interface Reading {
  /** Characters, white space not counted; 0 where the narrative says nothing. */
  readonly length: number;
  readonly claims: readonly QuotedClaim[];
}

/** A claim with the words that make it. */
export interface QuotedClaim extends Claim {
  readonly text: string;
}

export type Readings = Readonly<Record<string, Reading>>;

/** A narrative much the same as that of another report. */
export interface Likeness {
  readonly section: string;
  readonly agencyId: string;
  readonly year: number;
  /** Jaccard similarity of their shingles, 0 to 1. */
  readonly share: number;
}

/** The same as it is told; without a name where whoever is told need not know whose report it is. */
export interface ToldLikeness extends Likeness {
  readonly agencyName?: string;
}

const unread: Reading = { length: 0, claims: [] };

/** What a section's narrative says; one that is not there says nothing. */
export function readingOf({ readings }: Pick<Assessed, 'readings'>, section: string): Reading {
  return readings[section] ?? unread;
}

/** The figures rules look at: this year's and last year's side by side. */
export function sideBySide(figures: Figures, lastYear: Figures | undefined): Figures {
  const both = new Float64Array(2 * figures.length).fill(Number.NaN);
  both.set(figures);
  if (lastYear) both.set(lastYear, figures.length);
  return both;
}
