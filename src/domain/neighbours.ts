import type { Agency } from './agency.ts';
import type { Figures } from './figures.ts';
import type { Signature } from './likeness.ts';
import type { ReportKey, ReportStatus } from './report.ts';

/**
 * What a decision on a report may look at besides the report: other agencies, other years, other texts, all as of one
 * transaction. What a report counts for others is the revision that was published last, else the one accepted or
 * submitted, never a draft; a report as printed was published elsewhere and counts at once.
 */
export interface Neighbours {
  /** Those an agency took over from, and those they had taken over from. */
  readonly predecessors: (agencyId: string) => readonly Agency[];
  /** The agency that took over from this one, then whichever took over from that. */
  readonly successors: (agencyId: string) => readonly string[];
  /** What an agency handed in for the years before, latest first. */
  readonly handedInBefore: (key: ReportKey) => readonly HandedIn[];
  /** An agency's children, each with what it handed in for the year. */
  readonly children: (key: ReportKey) => readonly Child[];
  /** The same without the figures, of which each has to be read once. */
  readonly childrenAlone: (key: ReportKey) => readonly Child[];
  /** The years an agency has reports of. */
  readonly yearsOf: (agencyId: string) => readonly number[];
  /** By what narratives of a report as it was handed in are compared; of none where another revision has come since. */
  readonly signaturesHandedIn: (key: ReportKey) => readonly Signature[];
  /** The content of a report as it was handed in, JSON. */
  readonly contentHandedIn: (key: ReportKey) => string | undefined;
  /** The content of one revision, JSON. */
  readonly contentOf: (key: ReportKey, revision?: number) => string | undefined;
  /** Other agencies' narratives of the year that share a band: those first written next to these, not all. */
  readonly lookAlikes: (key: ReportKey, texts: readonly Signature[]) => readonly LookAlike[];
  /** The reports whose narratives were found to be much the same as this one's. */
  readonly resembling: (key: ReportKey) => readonly ReportKey[];
}

/** A child, and what others go by of its report, where it has handed in. */
export interface Child extends Pick<Agency, 'id' | 'name' | 'vertical' | 'activeFrom' | 'activeTo'> {
  /** Of a report that has not been handed in. */
  readonly status?: ReportStatus;
  readonly reportId?: number;
  readonly revision?: number;
  /** In the order of the year's edition. */
  readonly figures?: Figures;
}

/** The figures of the revision others go by, in the order of its own edition. */
export interface HandedIn extends ReportKey {
  readonly edition: string;
  readonly figures: Figures;
}

/** A narrative that may be much the same. */
export interface LookAlike extends Signature {
  readonly agencyId: string;
  readonly agencyName: string;
  /** Whether its own finding tells of another that is much the same. */
  readonly told: boolean;
}
