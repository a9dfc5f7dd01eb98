import { dependentsOf } from '../domain/dependents.ts';
import { may, relationInside } from '../domain/access.ts';
import { dayInChina } from '../domain/calendar.ts';
import type { Actor, Order } from '../domain/event.ts';
import { revise } from '../domain/judge.ts';
import { meetConditions, type Conditions } from '../domain/precondition.ts';
import type { PreparedReport } from '../domain/prepared-report.ts';
import { Problem } from '../domain/problem.ts';
import {
  isOpenToChange,
  managedFaults,
  openStatuses,
  reportAnswer,
  writtenContent,
  type Claimed,
  type ReportInput,
  type ReportKey,
  type ReportState,
} from '../domain/report.ts';
import type { Once, ReportDecision, RevisionOrigin, StoredReport } from '../domain/store.ts';
import { publishByOf, type Year } from '../domain/year.ts';
import { notAllowed } from './permission.ts';
import { rechecking } from './recheck-reports.ts';
import { refuseAbsent, refuseState, refuseYear } from './refuse-state.ts';
import { surroundingsOf, type Service } from './service.ts';
import { reportTag } from './tags.ts';
import type { WriteOutcome, WrittenReport } from './write-outcome.ts';

export interface ReportWrite extends Order {
  readonly key: ReportKey;
  readonly conditions: Conditions;
  /** The edition whose form the content was held against. */
  readonly edition: string;
  /** Where the content comes from, where nobody wrote it; `at` is the time of the revision. */
  readonly origin?: (found: StoredReport, at: string) => RevisionOrigin;
  /** The content, where it was prepared beforehand: the input then tells nothing of it. */
  readonly prepared?: PreparedReport;
  /** Where it is to be written once, however often it is asked for. */
  readonly once?: Once;
}

/** How the entity tag a write is conditional on is found: the report's, or that of a part of it. */
export type TagOf = (stored: ReportState & { readonly id: number }) => string;

const wholeReport: TagOf = reportTag;

/** What is to be written, from what is stored. */
export type InputFrom = (stored: StoredReport['report'], found: StoredReport) => ReportInput;

/**
 * Writes new content of a report, decided from what is stored.
 *
 * @throws Problem what `decideChange` throws; `idempotency-key-reused`.
 */
export async function changeReport(
  service: Service,
  write: ReportWrite,
  inputFrom: InputFrom,
  tagOf: TagOf = wholeReport,
): Promise<WrittenReport> {
  const decide = (found: StoredReport) => decideChange(service, write, found, inputFrom, tagOf);
  return service.store.changeReport(write.key, decide, write.once);
}

/**
 * What becomes of a report. Content that changes nothing makes no revision and needs no If-Match (RFC 9110, 13.1.1, lets
 * a repeated write that has already been applied succeed).
 *
 * @throws Problem `agency-not-found`, `year-not-found`, `precondition-failed`, `precondition-required`,
 *   `year-changed`, `year-not-open`, `agency-not-there`, `report-state`, `report-managed`, `not-allowed`, `as-printed-early`, and what
 *   `inputFrom` throws.
 */
export function decideChange(
  service: Service,
  { key, conditions, edition, act, by, origin, prepared }: ReportWrite,
  found: StoredReport,
  inputFrom: InputFrom,
  tagOf: TagOf = wholeReport,
): ReportDecision<WrittenReport> {
  refuseOtherEdition(foundYear(key, found), edition);
  const stored = found.report;
  const input = inputFrom(stored, found);
  const around = surroundingsOf(service, found, edition);
  const now = service.now().toISOString();
  const content = prepared?.content ?? writtenContent(around.form, input);
  const next = revise(around, key, stored, content, now, prepared?.texts);
  if (!next) {
    refuseManaged(input, stored);
    return unchanged(stored as NonNullable<typeof stored>);
  }
  meetConditions(conditions, stored && tagOf(stored), true);
  refuseYear(found.year, by);
  refuseAbsent(found.agency, key.year, by);
  if (stored && !isOpenToChange(stored.status)) refuseState(stored, by, change);
  refuseManaged(input, stored);
  if (next.facts.asPrinted) refuseAsPrinted(found, by, now);
  return {
    write: next,
    deed: { act, by, at: now },
    ...(origin && { origin: origin(found, now) }),
    ...rechecking(service, dependentsOf({ key, agency: around.agency, before: stored, after: next }, found.neighbours)),
    result: (id) => written(stored ? 'updated' : 'created', { ...next, id }),
  };
}

function unchanged(stored: NonNullable<StoredReport['report']>): ReportDecision<WrittenReport> {
  return { result: () => written('unchanged', stored) };
}

function written(outcome: WriteOutcome, report: NonNullable<StoredReport['report']>): WrittenReport {
  const { revision, assessment } = report;
  return {
    outcome,
    get resource() {
      return reportAnswer(report);
    },
    tag: reportTag(report),
    revision,
    verdict: assessment.verdict,
  };
}

/** @throws Problem `agency-not-found`, `year-not-found`. */
function foundYear({ agencyId, year: number }: ReportKey, { agency, year }: StoredReport) {
  if (!agency) throw new Problem('agency-not-found', { params: { agencyId } });
  if (!year) throw new Problem('year-not-found', { params: { year: number } });
  return year;
}

/** @throws Problem `year-changed` when the year took another form after the content was held against the old one. */
function refuseOtherEdition({ year, edition }: Year, held: string): void {
  if (edition !== held) throw new Problem('year-changed', { params: { year, edition } });
}

/** @throws Problem `report-managed` when the content claims a state the report does not have. */
function refuseManaged(claimed: Claimed, stored: StoredReport['report']): void {
  const faults = managedFaults(claimed, stored);
  if (faults.length > 0) throw new Problem('report-managed', { faults });
}

const change = { words: { 'zh-CN': '修改', en: 'change' }, from: openStatuses };

/**
 * What was published elsewhere is recorded and corrected by the disclosure office, and recorded not before it should
 * have been public: otherwise nobody would have to mend an error.
 *
 * @throws Problem `not-allowed`, `as-printed-early`.
 */
function refuseAsPrinted({ agency, year, report }: StoredReport, by: Actor, now: string): void {
  if (!agency || !year) return;
  const relation = relationInside(by, agency.id);
  if (!may(by, recording, relation)) throw notAllowed(by, recording, relation);
  if (report?.facts.asPrinted || publishByOf(year, agency) < dayInChina(new Date(now))) return;
  throw new Problem('as-printed-early', { params: { year: year.year, publishBy: publishByOf(year, agency) } });
}

const recording = 'recordAsPrinted';
