import type { Database } from 'better-sqlite3';
import type { Agency } from '../domain/agency.ts';
import type { Verdict } from '../domain/check.ts';
import { figureBytes, figuresFromBytes } from '../domain/figures.ts';
import type { Assessed } from '../domain/instance.ts';
import {
  openStatuses,
  type ReportKey,
  type ReportState,
  type ReportStatus,
  type ReportSummary,
} from '../domain/report.ts';
import type {
  PageOf,
  ReadScope,
  ReportAnswer,
  ReportDecision,
  ReportQuery,
  ReportToCheck,
  ReportVersion,
  StoredReport,
} from '../domain/store.ts';
import type { Year } from '../domain/year.ts';
import { subtree } from './agencies.ts';
import { queries, type Condition } from './query.ts';

interface SummaryRow {
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

/** What rules look at, as it is kept. */
interface AssessedRow {
  readonly figures: Buffer;
  readonly blank_texts: string;
}

interface StateRow extends Omit<SummaryRow, 'agency_name'>, AssessedRow {
  readonly id: number;
  readonly version: number;
  readonly answer: Buffer;
  readonly published_answer: Buffer | null;
  readonly content: string;
}

/** A report's own columns, or those of what was published: a correction in progress is not for the public. */
const summaries: Readonly<Record<ReadScope, string>> = {
  all: `
    SELECT
      r.agency_id, a.name AS agency_name, r.year, r.edition, r.status, r.revision, r.published_revision,
      r.verdict, r.errors, r.warnings, r.submitted_at, r.published_at, r.updated_at
    FROM reports AS r
    JOIN agencies AS a ON a.id = r.agency_id`,
  published: `
    SELECT
      r.agency_id, a.name AS agency_name, r.year, r.edition, 'published' AS status, v.revision,
      r.published_revision, v.verdict, v.errors, v.warnings, r.submitted_at, r.published_at,
      r.published_at AS updated_at
    FROM reports AS r
    JOIN agencies AS a ON a.id = r.agency_id
    JOIN revisions AS v ON v.report_id = r.id AND v.revision = r.published_revision`,
};

/** The columns of the conditions that differ between what everybody and what a key holder reads. */
const shown: Readonly<Record<ReadScope, Readonly<Record<'status' | 'verdict' | 'revision' | 'updatedAt', string>>>> = {
  all: { status: 'r.status', verdict: 'r.verdict', revision: 'r.revision', updatedAt: 'r.updated_at' },
  published: { status: "'published'", verdict: 'v.verdict', revision: 'v.revision', updatedAt: 'r.published_at' },
};

const conditions = (scope: ReadScope): readonly Condition<ReportQuery>[] => [
  ({ agency }) => agency !== undefined && 'r.agency_id = :agency',
  ({ under }) => under !== undefined && `r.agency_id IN (${subtree})`,
  ({ years }) =>
    years !== undefined &&
    years.length > 0 &&
    years.map((_, n) => `r.year BETWEEN :first${n} AND :last${n}`).join(' OR '),
  ({ status }) => status !== undefined && `${shown[scope].status} = :status`,
  ({ verdict }) => verdict !== undefined && `${shown[scope].verdict} = :verdict`,
  ({ updatedAfter }) => updatedAfter !== undefined && `${shown[scope].updatedAt} > :updatedAfter`,
  ({ rule }) =>
    rule !== undefined &&
    `EXISTS (
      SELECT 1 FROM failed_rules AS f
      WHERE f.rule = :rule AND f.report_id = r.id AND f.revision = ${shown[scope].revision}
    )`,
  ({ overdue }) => overdue !== undefined && `${overdue ? '' : 'NOT '}(${isOverdue(scope)})`,
];

const isOverdue = (scope: ReadScope) => `
  ${shown[scope].status} IN (${openStatuses.map((status) => `'${status}'`).join(', ')})
  AND :today > (SELECT d.due FROM year_dates AS d WHERE d.year = r.year AND d.level = a.due_level)`;

interface Lookups {
  readonly agency: (id: string) => Agency | undefined;
  readonly year: (year: number) => Year | undefined;
}

export function reportStore(database: Database, lookups: Lookups) {
  const read = readStatements(database);
  const write = writeStatements(database);
  const select = queries<SummaryRow>(database);

  const change = <Result>(key: ReportKey, decide: (stored: StoredReport) => ReportDecision<Result>): Result => {
    const report = read.state(key);
    const decision = decide({ agency: lookups.agency(key.agencyId), year: lookups.year(key.year), report });
    if (decision.remove && report) write.remove(report.id);
    const id = decision.write ? write.save(report, decision.write, decision.actor) : (report?.id ?? 0);
    return decision.result(id);
  };

  return {
    version: read.version,
    answer: read.answer,
    toCheck: read.toCheck,
    list(query: ReportQuery, scope: ReadScope, { after, limit }: PageOf<ReportKey>): ReportSummary[] {
      const clauses = [
        ...conditions(scope).map((condition) => condition(query)),
        after !== undefined && '(r.year < :afterYear OR (r.year = :afterYear AND r.agency_id > :afterAgency))',
      ];
      const order = 'ORDER BY r.year DESC, r.agency_id LIMIT :limit';
      const values = { ...bound(query), afterYear: after?.year, afterAgency: after?.agencyId, limit };
      return select(summaries[scope], clauses, order).all(values).map(fromSummaryRow);
    },
    change,
  };
}

/** A revision published again is another answer: the time of publication, in milliseconds, tells them apart. */
const publishedVersion = "CAST(1000 * unixepoch(published_at, 'subsec') AS INTEGER)";

/** The values of a query's conditions; what a condition says in its text alone is left out. */
function bound({ years = [], overdue: _, ...plain }: ReportQuery): Record<string, string | number> {
  const ranges = years.flatMap(({ first, last }, n): [string, number][] => [
    [`first${n}`, first],
    [`last${n}`, last],
  ]);
  return { ...plain, ...Object.fromEntries(ranges) };
}

function readStatements(database: Database) {
  const version = {
    all: database.prepare<[string, number], ReportVersion>(
      'SELECT id, revision, version FROM reports WHERE agency_id = ? AND year = ?',
    ),
    published: database.prepare<[string, number], ReportVersion>(`
      SELECT id, published_revision AS revision, ${publishedVersion} AS version
      FROM reports
      WHERE agency_id = ? AND year = ? AND published_revision IS NOT NULL
    `),
  };
  const answer = {
    all: database.prepare<[string, number], ReportAnswer>(
      'SELECT id, revision, version, answer FROM reports WHERE agency_id = ? AND year = ?',
    ),
    published: database.prepare<[string, number], ReportAnswer>(`
      SELECT id, published_revision AS revision, ${publishedVersion} AS version, published_answer AS answer
      FROM reports
      WHERE agency_id = ? AND year = ? AND published_revision IS NOT NULL
    `),
  };
  const toCheck = database.prepare<[string, number], Omit<ReportToCheck, 'assessed'> & AssessedRow>(`
    SELECT id, revision, version, edition, figures, blank_texts
    FROM reports
    WHERE agency_id = ? AND year = ?
  `);
  const state = database.prepare<[string, number], StateRow>(`
    SELECT r.*, v.content
    FROM reports AS r
    JOIN revisions AS v ON v.report_id = r.id AND v.revision = r.revision
    WHERE r.agency_id = ? AND r.year = ?
  `);
  const failed = database
    .prepare<[number, number], string>('SELECT rule FROM failed_rules WHERE report_id = ? AND revision = ?')
    .pluck();

  return {
    version: ({ agencyId, year }: ReportKey, scope: ReadScope) => version[scope].get(agencyId, year),
    answer: ({ agencyId, year }: ReportKey, scope: ReadScope) => answer[scope].get(agencyId, year),
    toCheck: ({ agencyId, year }: ReportKey): ReportToCheck | undefined => {
      const row = toCheck.get(agencyId, year);
      if (!row) return undefined;
      const { id, revision, version, edition } = row;
      return { id, revision, version, edition, assessed: fromAssessedRow(row) };
    },
    state: ({ agencyId, year }: ReportKey): StoredReport['report'] => {
      const row = state.get(agencyId, year);
      return row && fromStateRow(row, failed.all(row.id, row.revision));
    },
  };
}

function writeStatements(database: Database) {
  const insert = database
    .prepare<Record<string, unknown>, number>(
      `INSERT INTO reports (
        agency_id, year, edition, status, revision, published_revision, version, verdict, errors, warnings,
        submitted_at, published_at, updated_at, figures, blank_texts, answer, published_answer
      )
      VALUES (
        :agencyId, :year, :edition, :status, :revision, :publishedRevision, :version, :verdict, :errors, :warnings,
        :submittedAt, :publishedAt, :updatedAt, :figures, :blankTexts, :answer, :publishedAnswer
      )
      RETURNING id`,
    )
    .pluck();
  const update = database.prepare(`
    UPDATE reports
    SET status = :status, revision = :revision, published_revision = :publishedRevision, version = :version,
      verdict = :verdict, errors = :errors, warnings = :warnings, submitted_at = :submittedAt,
      published_at = :publishedAt, updated_at = :updatedAt, figures = :figures, blank_texts = :blankTexts,
      answer = :answer, published_answer = :publishedAnswer
    WHERE id = :id
  `);
  const insertRevision = database.prepare(`
    INSERT INTO revisions (report_id, revision, content, figures, verdict, errors, warnings, actor, created_at)
    VALUES (:id, :revision, :content, :figures, :verdict, :errors, :warnings, :actor, :updatedAt)
  `);
  const insertFailed = database.prepare('INSERT INTO failed_rules (rule, report_id, revision) VALUES (?, ?, ?)');
  const remove = database.prepare<[number]>('DELETE FROM reports WHERE id = ?');

  return {
    save(stored: StoredReport['report'], next: ReportState, actor: string | undefined): number {
      const row = toRow(next);
      const id = stored?.id ?? Number(insert.get(row));
      if (stored) update.run({ ...row, id });
      if (stored?.revision === next.revision) return id;
      insertRevision.run({ ...row, id, content: next.content, actor: actor ?? null });
      for (const rule of next.assessment.failed) insertFailed.run(rule, id, next.revision);
      return id;
    },
    remove: (id: number) => remove.run(id),
  };
}

function fromAssessedRow({ figures, blank_texts }: AssessedRow): Assessed {
  return { figures: figuresFromBytes(figures), blankTexts: JSON.parse(blank_texts) as string[] };
}

function fromSummaryRow(row: SummaryRow): ReportSummary {
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
  };
}

function fromStateRow(row: StateRow, failed: string[]): ReportState & { readonly id: number } {
  const { agency_id, year, edition, status, revision, version, verdict, errors, warnings } = row;
  return {
    id: row.id,
    agencyId: agency_id,
    year,
    edition,
    status,
    revision,
    version,
    assessment: { verdict, errors, warnings, failed },
    content: row.content,
    assessed: fromAssessedRow(row),
    answer: row.answer.toString(),
    updatedAt: row.updated_at,
    ...(row.published_revision !== null && { publishedRevision: row.published_revision }),
    ...(row.submitted_at !== null && { submittedAt: row.submitted_at }),
    ...(row.published_at !== null && { publishedAt: row.published_at }),
    ...(row.published_answer !== null && { publishedAnswer: row.published_answer.toString() }),
  };
}

function toRow(state: ReportState): Record<string, unknown> {
  const { verdict, errors, warnings } = state.assessment;
  return {
    agencyId: state.agencyId,
    year: state.year,
    edition: state.edition,
    status: state.status,
    revision: state.revision,
    publishedRevision: state.publishedRevision ?? null,
    version: state.version,
    verdict,
    errors,
    warnings,
    submittedAt: state.submittedAt ?? null,
    publishedAt: state.publishedAt ?? null,
    updatedAt: state.updatedAt,
    figures: figureBytes(state.assessed.figures),
    blankTexts: JSON.stringify(state.assessed.blankTexts),
    answer: Buffer.from(state.answer),
    publishedAnswer: state.publishedAnswer === undefined ? null : Buffer.from(state.publishedAnswer),
  };
}
