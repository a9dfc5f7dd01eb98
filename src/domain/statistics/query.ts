import type { AgencyKind, AgencyLevel } from '../agency.ts';
import type { YearRange } from '../store.ts';
import type { Basis } from './figure-changes.ts';
import type { Measure } from './measure.ts';

/** What a row of an answer is about; none of them: everything in one row. */
export const dimensions = ['year', 'agency', 'parent', 'level', 'kind'] as const;
export type Dimension = (typeof dimensions)[number];

/**
 * What may be told beside the figures. `fraction`: the two sums of a ratio. `blank`: how many reports leave a figure
 * blank. `change`: the year before and the difference. `rank`: an agency's place among those of its level, the greatest
 * figure first. `percentiles`: P10 to P90 among the agencies of the level. `missing`: who is expected and not there.
 */
export const extras = ['fraction', 'blank', 'change', 'rank', 'percentiles', 'missing'] as const;
export type Extra = (typeof extras)[number];

/** What of all there is statistics are made of. */
export interface Selection {
  /** The agencies the caller may ask about: one and everything below it; absent for all. */
  readonly reach?: string;
  readonly agency?: string;
  /** The direct children of this agency. */
  readonly parent?: string;
  /** This agency and everything below it. */
  readonly under?: string;
  readonly level?: AgencyLevel;
  readonly kind?: AgencyKind;
  /** Absent for every year there are reports of. */
  readonly years?: readonly YearRange[];
  readonly basis: Basis;
  /** Whether reports that are themselves sums of others (汇总) are counted. */
  readonly consolidated: 'include' | 'exclude';
  /** Whether groups nobody has reported in are told, and who is missing: not to the public. */
  readonly tellsEmpty: boolean;
}

export interface StatisticsQuery extends Selection {
  readonly measures: readonly Measure[];
  readonly groupBy: readonly Dimension[];
  readonly with: readonly Extra[];
  /** The name of a column; without it rows are in the order of their groups. What has no figure comes last. */
  readonly sort?: { readonly column: string; readonly descending: boolean };
  /** Only so many rows from the top. */
  readonly top?: number;
}

/** A column of an answer. */
export interface Column {
  /** `year`, `agencyId`, `requests.received.total`, `closureRate.change` … */
  readonly name: string;
  readonly label: string;
  readonly kind: 'group' | 'coverage' | Measure['kind'];
  readonly type: 'text' | 'number' | 'list';
  readonly unit?: string;
  /** What the codes in it mean, in the language asked for. */
  readonly codes?: Readonly<Record<string, string>>;
  /** The figure it tells of, and what of it: absent for the figure itself. */
  readonly measure?: string;
  readonly statistic?: string;
  /** Whether its figures may be added up over rows. */
  readonly additive?: boolean;
}

/** A report that is expected and not there. */
export interface MissingReport {
  readonly agencyId: string;
  readonly name: string;
  readonly year: number;
}

export type Value = string | number | null | readonly MissingReport[];

/** How an edition of the form bears on an answer. */
export interface EditionNote {
  readonly edition: string;
  readonly years: readonly number[];
  /** What was asked for and is not on this form: `null` in every row that is of these years alone. */
  readonly absent: readonly string[];
}

/** What is told of an answer beside its rows. */
export interface StatisticsHead {
  readonly basis: Basis;
  readonly groupBy: readonly Dimension[];
  readonly columns: readonly Column[];
  readonly editions: readonly EditionNote[];
  readonly coverage: {
    readonly reports: number;
    readonly expected: number;
    readonly missing: number;
    /** Of the reports those that are sums of others (汇总): what stands below them may be counted twice. */
    readonly consolidated: number;
  };
}

/** Where a page of rows ends: what its last row sorts by, and the group it is about. */
export interface RowPlace {
  /** Of the column rows are sorted by; `null` where there is none, or no figure in it. */
  readonly value: string | number | null;
  readonly group: GroupName;
}

/** What a group is grouped by, in turn: years, ids, levels, kinds. */
export type GroupName = readonly (string | number | null)[];
