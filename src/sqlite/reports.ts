import type { Database } from 'better-sqlite3';
import { reportEntry } from '../domain/event.ts';
import type { Assessment } from '../domain/check.ts';
import type { ReportKey, ReportState } from '../domain/report.ts';
import type {
  CheckedState,
  CheckTag,
  InspectedReport,
  ReportSurroundings,
  ReadScope,
  Recheck,
  ReportDecision,
  ReportTag,
  StoredReport,
} from '../domain/store.ts';
import type { KeptReport } from '../domain/kept-report.ts';
import type { Year } from '../domain/year.ts';
import type { AgencyLookups } from './agencies.ts';
import { bandStore, type BandStore, type RememberedBands } from './bands.ts';
import { told, type EventStore } from './events.ts';
import { handedInStore } from './handed-in.ts';
import { keptStatements } from './kept-reports.ts';
import { likenessStore } from './likenesses.ts';
import { neighbourStore } from './neighbours.ts';
import { originStore } from './origins.ts';
import { answerStatements } from './report-answers.ts';
import { reportLists } from './report-lists.ts';
import { fromCheckRow, fromStateRow, toRow, type CheckRow, type StateRow } from './report-rows.ts';
import { utf8Of } from './utf8.ts';
import { waiverStore } from './waivers.ts';

/** What reports look up elsewhere, and where they tell what happened. */
export interface ReportLookups extends AgencyLookups {
  readonly year: (year: number) => Year | undefined;
  readonly append: EventStore['append'];
}

export function reportStore(database: Database, lookups: ReportLookups, remembered: RememberedBands) {
  const bands = bandStore(database, remembered);
  const versions = versionStatements(database);
  const { state, checked, write } = reportStatements(database, bands);
  const neighbours = neighbourStore(database, lookups, bands);
  const kept = keptStatements(database);
  const origins = originStore(database);

  const around = (key: ReportKey): ReportSurroundings => ({
    agency: lookups.find(key.agencyId),
    year: lookups.year(key.year),
    neighbours,
    nameOf: (agencyId) => lookups.find(agencyId)?.name,
  });
  const find = (key: ReportKey): StoredReport => ({
    ...around(key),
    report: state(key),
    importedRevision: () => origins.lastImport(key),
  });
  const recheck = ({ keys, decide }: Recheck): void => {
    const nameOf = ({ agencyId, year }: ReportKey) => `${agencyId}/${year}`;
    const waiting = new Map(keys.map((key) => [nameOf(key), key]));
    // A map goes on to what is added while it is walked.
    for (const key of waiting.values()) {
      const found = find(key);
      const next = found.report && decide(found);
      if (!next) continue;
      write.save(found.report, next, undefined);
      // A reader of the report learns of it where its answer is another.
      if (next.version !== found.report?.version) {
        lookups.append(reportEntry({ act: 'recheckReport', at: next.updatedAt }, next, found.report, next));
      }
      for (const other of next.untold ?? []) if (!waiting.has(nameOf(other))) waiting.set(nameOf(other), other);
    }
  };
  const change = <Result>(key: ReportKey, decide: (stored: StoredReport) => ReportDecision<Result>): Result => {
    const found = find(key);
    const decision = decide(found);
    const { deed } = decision;
    if (decision.remove && found.report) write.remove(found.report);
    const id = decision.write ? write.save(found.report, decision.write, deed?.by?.keyId) : (found.report?.id ?? 0);
    if (decision.write || decision.remove) lookups.append(reportEntry(told(deed), key, found.report, decision.write));
    if (decision.write && decision.origin) origins.save(id, decision.write.revision, decision.origin);
    if (decision.recheck) recheck(decision.recheck);
    return decision.result(id);
  };

  return {
    ...versions,
    find,
    list: reportLists(database),
    inspect: database.transaction((key: ReportKey, view: (stored: InspectedReport) => unknown) =>
      view({ ...around(key), report: checked(key) }),
    ),
    kept: database.transaction((key: ReportKey, view: (kept: KeptReport & ReportSurroundings) => unknown) =>
      view({ ...around(key), report: state(key), ...kept(key) }),
    ),
    change,
    recheck,
    findImport: origins.findImport,
  };
}

export type ReportStore = ReturnType<typeof reportStore>;

/** What is known of a report without reading its content. */
function versionStatements(database: Database) {
  const version = {
    all: database.prepare<[string, number], ReportTag>(
      'SELECT id, revision, version FROM reports WHERE agency_id = ? AND year = ?',
    ),
    published: database.prepare<[string, number], ReportTag>(`
      SELECT id, published_revision AS revision, 'p' || published_version AS version
      FROM reports
      WHERE agency_id = ? AND year = ? AND published_revision IS NOT NULL
    `),
  };
  const check = database.prepare<[string, number], CheckTag>(
    'SELECT id, revision, version, check_version AS checkVersion FROM reports WHERE agency_id = ? AND year = ?',
  );
  return {
    version: ({ agencyId, year }: ReportKey, scope: ReadScope) => version[scope].get(agencyId, year),
    checkVersion: ({ agencyId, year }: ReportKey) => check.get(agencyId, year),
    answer: answerStatements(database),
  };
}

function reportStatements(database: Database, bands: BandStore) {
  const row = database.prepare<[string, number], StateRow>(`
    SELECT r.*, CAST(v.content AS BLOB) AS content
    FROM reports AS r
    JOIN revisions AS v ON v.report_id = r.id AND v.revision = r.revision
    WHERE r.agency_id = ? AND r.year = ?
  `);
  const toCheck = database.prepare<[string, number], CheckRow>(`
    SELECT id, agency_id, year, edition, status, revision, figures, facts
    FROM reports
    WHERE agency_id = ? AND year = ?
  `);
  const { saveRow, insertRevision, remove } = rowStatements(database);
  const assessments = assessmentStatements(database);
  const waivers = waiverStore(database);
  const likenesses = likenessStore(database, bands);
  const handedIn = handedInStore(database);

  const state = ({ agencyId, year }: ReportKey): StoredReport['report'] => {
    const found = row.get(agencyId, year);
    if (!found) return undefined;
    const { id, revision } = found;
    return fromStateRow(found, {
      failed: assessments.failed(id, revision),
      waivers: waivers.of(id),
      likenesses: likenesses.of(id),
    });
  };
  const checked = ({ agencyId, year }: ReportKey): CheckedState | undefined => {
    const found = toCheck.get(agencyId, year);
    return found && fromCheckRow(found, waivers.of(found.id), likenesses.of(found.id));
  };
  const save = (stored: StoredReport['report'], next: ReportState, actor: string | undefined): number => {
    const row = toRow(next);
    const id = saveRow(stored, row);
    const isRevised = stored?.revision !== next.revision;
    if (isRevised) insertRevision({ ...row, id, content: utf8Of(next.content), actor: actor ?? null });
    handedIn.save(id, stored?.countedRevision, next);
    assessments.save(id, next, next.revision, next.assessment, isRevised);
    if (next.publishedRevision !== undefined && next.publishedAssessment) {
      assessments.save(id, next, next.publishedRevision, next.publishedAssessment, false);
    }
    waivers.save(id, stored?.waivers ?? [], next.waivers);
    likenesses.save(id, stored, next);
    return id;
  };
  const removeWhole = ({ id, year }: NonNullable<StoredReport['report']>): void => {
    likenesses.removeSignatures(id, year);
    remove(id);
  };
  return { state, checked, write: { save, remove: removeWhole } };
}

function rowStatements(database: Database) {
  const insert = database.prepare<Record<string, unknown>>(`
    INSERT INTO reports (
      agency_id, year, edition, status, revision, published_revision, counted_revision, version, check_version,
      published_version, published_verdict, published_waivers, verdict, errors, warnings, reason,
      submitted_at, first_submitted_at, published_at, updated_at, figures, facts, published_answer
    )
    VALUES (
      :agencyId, :year, :edition, :status, :revision, :publishedRevision, :countedRevision, :version, :checkVersion,
      :publishedVersion, :publishedVerdict, :publishedWaivers, :verdict, :errors, :warnings, :reason,
      :submittedAt, :firstSubmittedAt, :publishedAt, :updatedAt, :figures, :facts, :publishedAnswer
    )
  `);
  const update = database.prepare(`
    UPDATE reports
    SET status = :status, revision = :revision, published_revision = :publishedRevision,
      counted_revision = :countedRevision, version = :version, check_version = :checkVersion,
      published_version = :publishedVersion, published_verdict = coalesce(:publishedVerdict, published_verdict),
      published_waivers = :publishedWaivers, verdict = :verdict, errors = :errors, warnings = :warnings,
      reason = :reason, submitted_at = :submittedAt, first_submitted_at = :firstSubmittedAt,
      published_at = :publishedAt, updated_at = :updatedAt, figures = :figures,
      facts = :facts, published_answer = :publishedAnswer
    WHERE id = :id
  `);
  const revision = database.prepare(`
    INSERT INTO revisions (report_id, revision, content, figures, actor, created_at)
    VALUES (:id, :revision, CAST(:content AS TEXT), :figures, :actor, :updatedAt)
  `);
  const remove = database.prepare<[number]>('DELETE FROM reports WHERE id = ?');
  return {
    saveRow: (stored: StoredReport['report'], row: Record<string, unknown>): number => {
      if (!stored) return Number(insert.run(row).lastInsertRowid);
      update.run({ ...row, id: stored.id });
      return stored.id;
    },
    insertRevision: (row: Record<string, unknown>): void => void revision.run(row),
    remove: (id: number) => void remove.run(id),
  };
}

/** How revisions were judged, and by which rules they failed. */
function assessmentStatements(database: Database) {
  const upsert = database.prepare(`
    INSERT INTO assessments (report_id, revision, verdict, errors, warnings)
    VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (report_id, revision) DO UPDATE SET
      verdict = excluded.verdict, errors = excluded.errors, warnings = excluded.warnings
  `);
  const failed = database
    .prepare<[number, number], string>('SELECT rule FROM failed_rules WHERE report_id = ? AND revision = ?')
    .pluck();
  const insert = database.prepare(
    'INSERT INTO failed_rules (report_id, revision, rule, agency_id, year) VALUES (?, ?, ?, ?, ?)',
  );
  const remove = database.prepare('DELETE FROM failed_rules WHERE report_id = ? AND revision = ? AND rule = ?');
  return {
    failed: (id: number, revision: number) => failed.all(id, revision),
    save(id: number, { agencyId, year }: ReportKey, revision: number, assessment: Assessment, isNew: boolean): void {
      const { verdict, errors, warnings, failed: rules } = assessment;
      upsert.run(id, revision, verdict, errors, warnings);
      const before = isNew ? [] : failed.all(id, revision);
      for (const rule of before) if (!rules.includes(rule)) remove.run(id, revision, rule);
      for (const rule of rules) if (!before.includes(rule)) insert.run(id, revision, rule, agencyId, year);
    },
  };
}
