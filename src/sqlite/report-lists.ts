import type { Database } from 'better-sqlite3';
import type { Verdict } from '../domain/check.ts';
import { dueOn, isOverdue, wasSubmittedLate } from '../domain/due.ts';
import type { ReportKey, ReportStatus, ReportSummary } from '../domain/report.ts';
import type { PageOf, ReadScope, ReportQuery } from '../domain/store.ts';
import type { YearStatus } from '../domain/year.ts';
import { subtree } from './agencies.ts';
import { queries, type Condition } from './query.ts';

export interface SummaryRow {
  readonly agency_id: string;
  readonly agency_name: string;
  readonly year: number;
  readonly edition: string;
  readonly status: ReportStatus;
  readonly revision: number;
  readonly published_revision: number | null;
  readonly verdict: Verdict;
  readonly errors: number;
  readonly warnings: number;
  readonly submitted_at: string | null;
  readonly published_at: string | null;
  readonly updated_at: string;
}

/** A row of a list for the holder of a key: with what is held against its due date. */
interface ListedRow extends SummaryRow {
  readonly handed_in?: number;
  readonly first_submitted_at?: string | null;
  /** Of an agency that has to report. */
  readonly level_due?: string | null;
  readonly year_status?: YearStatus;
  readonly extended_to?: string | null;
}

/** A report's own columns, or those of what was published: a correction in progress is not for the public. */
const columns: Readonly<Record<ReadScope, string>> = {
  all: `
    r.agency_id, a.name AS agency_name, r.year, r.edition, r.status, r.revision, r.published_revision,
    r.verdict, r.errors, r.warnings, r.submitted_at, r.published_at, r.updated_at,
    r.counted_revision IS NOT NULL AS handed_in, r.first_submitted_at, d.due AS level_due,
    y.status AS year_status, e.due AS extended_to`,
  published: `
    r.agency_id, a.name AS agency_name, r.year, r.edition, 'published' AS status, v.revision, r.published_revision,
    v.verdict, v.errors, v.warnings, r.submitted_at, r.published_at, r.published_at AS updated_at`,
};

/** The columns of the conditions that differ between what everybody and what a key holder reads. */
const shown: Readonly<Record<ReadScope, Readonly<Record<'status' | 'verdict' | 'revision' | 'updatedAt', string>>>> = {
  all: { status: 'r.status', verdict: 'r.verdict', revision: 'r.revision', updatedAt: 'r.updated_at' },
  published: {
    status: "'published'",
    verdict: 'r.published_verdict',
    revision: 'r.published_revision',
    updatedAt: 'r.published_at',
  },
};

/**
 * Both what is listed and what fails a rule are kept in the order of the list, so a page is read from its beginning to
 * its end: `CROSS JOIN`, and the `+` before what is held against a list of agencies, keep SQLite from beginning elsewhere.
 */
const summaries = (scope: ReadScope, place: Place): string => `
  SELECT ${columns[scope]}
  FROM ${place === 'f' ? `failed_rules AS f CROSS JOIN reports AS r ON r.id = f.report_id` : 'reports AS r'}
  ${scope === 'published' ? 'CROSS JOIN assessments AS v ON v.report_id = r.id AND v.revision = r.published_revision' : ''}
  CROSS JOIN agencies AS a ON a.id = r.agency_id
  ${scope === 'all' ? dueDates : ''}`;

/** Of those that have to report (`hasToReport`): others have no date. */
const dueDates = `
  LEFT JOIN years AS y ON y.year = r.year
  LEFT JOIN year_dates AS d ON d.year = r.year AND d.level = a.due_level AND a.vertical = 0
    AND coalesce(a.active_from, '') <= r.year || '-12-31' AND coalesce(a.active_to, '9999') >= r.year || '-12-31'
  LEFT JOIN extensions AS e ON e.year = r.year AND e.agency_id = r.agency_id`;

/** The table whose agency and year a list goes by: the reports, or where a rule is asked for what fails it. */
type Place = 'r' | 'f';

const conditions = (scope: ReadScope, place: Place): readonly Condition<ReportQuery>[] => [
  ({ agency }) => agency !== undefined && `${place}.agency_id = :agency`,
  ({ under }) => under !== undefined && `+${place}.agency_id IN (${subtree})`,
  ({ years }) =>
    years !== undefined &&
    years.length > 0 &&
    years.map((_, n) => `${place}.year BETWEEN :first${n} AND :last${n}`).join(' OR '),
  ({ status }) => status !== undefined && `${shown[scope].status} = :status`,
  ({ verdict }) => verdict !== undefined && `${shown[scope].verdict} = :verdict`,
  ({ updatedAfter }) => updatedAfter !== undefined && `${shown[scope].updatedAt} > :updatedAfter`,
  ({ rule }) => rule !== undefined && `f.rule = :rule AND f.revision = ${shown[scope].revision}`,
  ({ overdue }) => overdue !== undefined && `${overdue ? '' : 'NOT '}(${overdueIn[scope]})`,
];

/** What has been published is not overdue. */
const overdueIn: Readonly<Record<ReadScope, string>> = {
  all: `
    r.counted_revision IS NULL AND y.status <> 'planned'
    AND coalesce(:today > max(d.due, coalesce(e.due, d.due)), FALSE)`,
  published: 'FALSE',
};

/** Lists of reports, summaries only. */
export function reportLists(database: Database) {
  const select = queries<ListedRow>(database);
  return (query: ReportQuery, scope: ReadScope, { after, limit }: PageOf<ReportKey>): ReportSummary[] => {
    const place = query.rule === undefined ? 'r' : 'f';
    const clauses = [
      ...conditions(scope, place).map((condition) => condition(query)),
      after !== undefined &&
        `${place}.year <= :afterYear AND (${place}.year < :afterYear OR ${place}.agency_id > :afterAgency)`,
    ];
    const order = `ORDER BY ${place}.year DESC, ${place}.agency_id LIMIT :limit`;
    const values = { ...bound(query), afterYear: after?.year, afterAgency: after?.agencyId, limit };
    return select(summaries(scope, place), clauses, order)
      .all(values)
      .map((row) => fromListedRow(row, query.today));
  };
}

/** The values of a query's conditions; what a condition says in its text alone is left out. */
function bound({ years = [], overdue: _, ...plain }: ReportQuery): Record<string, string | number> {
  const ranges = years.flatMap(({ first, last }, n): [string, number][] => [
    [`first${n}`, first],
    [`last${n}`, last],
  ]);
  return { ...plain, ...Object.fromEntries(ranges) };
}

function fromListedRow(row: ListedRow, today: string): ReportSummary {
  return {
    agencyId: row.agency_id,
    agencyName: row.agency_name,
    year: row.year,
    edition: row.edition,
    status: row.status,
    revision: row.revision,
    ...(row.published_revision !== null && { publishedRevision: row.published_revision }),
    verdict: row.verdict,
    errors: row.errors,
    warnings: row.warnings,
    ...(row.submitted_at !== null && { submittedAt: row.submitted_at }),
    ...(row.published_at !== null && { publishedAt: row.published_at }),
    updatedAt: row.updated_at,
    ...(row.level_due && heldAgainst(row.level_due, row, today)),
  };
}

/** What a report's date is, and how it stands to it. */
function heldAgainst(levelDue: string, row: ListedRow, today: string) {
  const due = dueOn(levelDue, row.extended_to ?? undefined);
  return {
    dueOn: due,
    overdue: isOverdue({ status: row.year_status as YearStatus }, row.handed_in === 1, due, today),
    submittedLate: wasSubmittedLate(row.first_submitted_at ?? undefined, due),
  };
}
