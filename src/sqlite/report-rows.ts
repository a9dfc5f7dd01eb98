import type { Likeness } from '../domain/assessed.ts';
import { figureBytes, figuresFromBytes } from '../domain/figures.ts';
import type { ReportFacts, ReportState } from '../domain/report.ts';
import type { CheckedState } from '../domain/store.ts';
import type { Waiver } from '../domain/waiver.ts';
import type { SummaryRow } from './report-lists.ts';

/** A report's row beside its current revision's content. */
export interface StateRow extends Omit<SummaryRow, 'agency_name'> {
  readonly id: number;
  readonly version: number;
  readonly check_version: number;
  readonly counted_revision: number | null;
  readonly published_version: number | null;
  readonly published_waivers: string;
  readonly reason: string | null;
  readonly first_submitted_at: string | null;
  readonly figures: Buffer;
  readonly facts: string;
  readonly published_answer: Buffer | null;
  /** UTF-8: made a text by Node, which takes a third of the time it takes SQLite's driver. */
  readonly content: Buffer;
}

/** Of that row, what a check looks at. */
export type CheckRow = Pick<
  StateRow,
  'id' | 'agency_id' | 'year' | 'edition' | 'status' | 'revision' | 'figures' | 'facts'
>;

export function fromCheckRow(row: CheckRow, waivers: Waiver[], likenesses: Likeness[]): CheckedState {
  const { agency_id: agencyId, year, edition, status, revision } = row;
  const [figures, facts] = [figuresFromBytes(row.figures), JSON.parse(row.facts) as ReportFacts];
  return { agencyId, year, edition, status, revision, figures, facts, waivers, likenesses };
}

/** Of that row, what is said of a report before its content. */
export type HeadRow = Pick<
  StateRow,
  | 'agency_id'
  | 'year'
  | 'edition'
  | 'status'
  | 'reason'
  | 'revision'
  | 'published_revision'
  | 'submitted_at'
  | 'published_at'
  | 'updated_at'
>;

/** As every report has it, whatever else is read of it. */
export function fromHeadRow(row: HeadRow) {
  const { agency_id: agencyId, year, edition, status, revision, updated_at: updatedAt } = row;
  return {
    agencyId,
    year,
    edition,
    status,
    ...(row.reason !== null && { reason: row.reason }),
    revision,
    ...(row.published_revision !== null && { publishedRevision: row.published_revision }),
    ...(row.submitted_at !== null && { submittedAt: row.submitted_at }),
    ...(row.published_at !== null && { publishedAt: row.published_at }),
    updatedAt,
  };
}

/** What is kept of a report in other tables. */
export interface StateParts {
  readonly failed: readonly string[];
  readonly waivers: readonly Waiver[];
  readonly likenesses: readonly Likeness[];
}

export function fromStateRow(row: StateRow, parts: StateParts): ReportState & { readonly id: number } {
  const { version, verdict, errors, warnings } = row;
  const { failed, waivers, likenesses } = parts;
  return {
    id: row.id,
    ...fromHeadRow(row),
    version,
    checkVersion: row.check_version,
    assessment: { verdict, errors, warnings, failed },
    content: row.content.toString(),
    figures: figuresFromBytes(row.figures),
    facts: JSON.parse(row.facts) as ReportFacts,
    waivers,
    likenesses,
    ...(row.published_revision !== null && {
      publishedWaivers: JSON.parse(row.published_waivers) as Waiver[],
    }),
    ...(row.counted_revision !== null && { countedRevision: row.counted_revision }),
    ...(row.published_version !== null && { publishedVersion: row.published_version }),
    ...(row.first_submitted_at !== null && { firstSubmittedAt: row.first_submitted_at }),
    ...(row.published_answer !== null && { publishedAnswer: row.published_answer.toString() }),
  };
}

export function toRow(state: ReportState): Record<string, unknown> {
  const { verdict, errors, warnings } = state.assessment;
  const published = state.publishedRevision === state.revision ? state.assessment : state.publishedAssessment;
  return {
    agencyId: state.agencyId,
    year: state.year,
    edition: state.edition,
    status: state.status,
    revision: state.revision,
    publishedRevision: state.publishedRevision ?? null,
    countedRevision: state.countedRevision ?? null,
    version: state.version,
    checkVersion: state.checkVersion,
    publishedVersion: state.publishedVersion ?? null,
    publishedVerdict: published?.verdict ?? null,
    publishedWaivers: JSON.stringify(state.publishedWaivers ?? []),
    verdict,
    errors,
    warnings,
    reason: state.reason ?? null,
    submittedAt: state.submittedAt ?? null,
    firstSubmittedAt: state.firstSubmittedAt ?? null,
    publishedAt: state.publishedAt ?? null,
    updatedAt: state.updatedAt,
    figures: figureBytes(state.figures),
    facts: JSON.stringify(state.facts),
    publishedAnswer: state.publishedAnswer === undefined ? null : Buffer.from(state.publishedAnswer),
  };
}
