import type { Agency } from '../agency.ts';
import type { Figures } from '../figures.ts';
import type { ReportKey } from '../report.ts';
import type { Year } from '../year.ts';

/**
 * What of a report is counted: the report as it stands, drafts too; what has been handed in, which others go by; or
 * what has been published, as it was published.
 */
export const bases = ['current', 'handedIn', 'published'] as const;
export type Basis = (typeof bases)[number];

/** What statistics go by, or as much of it as has changed since an event. */
export interface FigureChanges {
  /** The number of the last event they take in. */
  readonly last: number;
  /** Absent where no agency and no year has changed. */
  readonly registry?: Registry;
  /** The reports that were written or removed; read while it is walked, and walked once. */
  readonly reports: Iterable<ReportFigures>;
}

/** Every agency, by id, and every year. */
export interface Registry {
  readonly agencies: readonly RegisteredAgency[];
  readonly years: readonly Year[];
}

/** An agency as far as statistics look at it. */
export type RegisteredAgency = Pick<
  Agency,
  'id' | 'name' | 'level' | 'kind' | 'parentId' | 'consolidates' | 'vertical' | 'activeFrom' | 'activeTo'
>;

/** The figures of a report. */
export interface ReportFigures extends ReportKey {
  /** Empty where the report is gone. */
  readonly edition: string;
  /** Each revision something goes by, once; none where the report is gone. */
  readonly revisions: readonly RevisionFigures[];
}

export interface RevisionFigures {
  /** What goes by this revision. */
  readonly bases: readonly Basis[];
  readonly figures: Figures;
}
