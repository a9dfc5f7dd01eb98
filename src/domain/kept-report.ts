import type { Assessment, Verdict } from './check.ts';
import type { CheckedForm } from './compile.ts';
import type { Figures } from './figures.ts';
import { reassessed, type Surroundings } from './judge.ts';
import {
  contentFrom,
  countedRevision,
  openAnswer,
  reportAnswer,
  type ReportContent,
  type ReportState,
} from './report.ts';

/** Everything that is kept of a report, however it came to be there. */
export interface KeptReport {
  /** Absent where its current revision is. */
  readonly report: ReportState | undefined;
  /** By number. */
  readonly revisions: readonly KeptRevision[];
  /** The figures others go by. */
  readonly handedIn?: Figures;
  /** What those without a key find it by. */
  readonly publishedVerdict?: Verdict;
}

export interface KeptRevision {
  readonly revision: number;
  /** JSON of its `ReportContent`. */
  readonly content: string;
  readonly figures: Figures;
  /** How it was judged last. */
  readonly assessment?: Assessment;
}

/** Of a report with its current revision, what is held against what. */
interface Held extends KeptReport {
  readonly report: ReportState;
  readonly content: ReportContent;
}

/**
 * Holds what is kept of a report against what follows from its revisions and its state, and names what differs.
 * Verdicts are judged anew with `sameRules` alone: other rules may well judge otherwise.
 *
 * @param revision the number of the current revision.
 */
export function discrepanciesIn(
  around: Surroundings,
  kept: KeptReport,
  revision: number,
  sameRules: boolean,
): string[] {
  const { report, revisions } = kept;
  const ofRevisions = [
    ...numbering(revisions, revision),
    ...revisions.flatMap((one) => figuresOfRevision(around.form, one)),
  ];
  if (!report) return ofRevisions;
  const held = { ...kept, report, content: JSON.parse(report.content) as ReportContent };
  return [
    ...ofRevisions,
    ...currentRevision(held),
    ...handedIn(held),
    ...published(held),
    ...(sameRules ? judgement(around, held) : []),
  ];
}

/** They are numbered 1, 2, … up to the current one, and in order here; none is ever taken away. */
function numbering(revisions: readonly KeptRevision[], last: number): string[] {
  const gap = revisions.findIndex(({ revision }, place) => revision !== place + 1);
  const unbroken = gap === -1 ? revisions.length : gap;
  return [
    ...unless(unbroken >= last, `revision ${unbroken + 1} is missing`),
    ...unless((revisions.at(-1)?.revision ?? 0) <= last, `there are revisions after ${last}, the current one`),
  ];
}

function figuresOfRevision(form: CheckedForm, { revision, content, figures }: KeptRevision): string[] {
  const stated = contentFrom(form, JSON.parse(content) as ReportContent).figures;
  return unless(same(figures, stated), `the figures of revision ${revision} are not those of its content`);
}

/** What is kept of the current revision to be read at once. */
function currentRevision({ report, content, revisions }: Held): string[] {
  const { figures, facts, assessment } = report;
  const current = revisionOf(revisions, report.revision);
  const { zeroReport, asPrinted } = content;
  return [
    ...unless(same(figures, current?.figures), 'the figures are not those of the current revision'),
    ...unless(
      facts.zeroReport === zeroReport && facts.asPrinted === asPrinted,
      'the facts are not those of its content',
    ),
    ...unless(sameAssessment(current?.assessment, assessment), 'the verdict is not that of the current revision'),
  ];
}

function handedIn({ report, content, revisions, handedIn: figures }: Held): string[] {
  const { countedRevision: counted } = report;
  return [
    ...unless(counted === countedRevision(report, content.asPrinted), 'another revision counts than its status says'),
    ...unless(
      same(figures, counted === undefined ? undefined : revisionOf(revisions, counted)?.figures),
      'the figures others go by are not those of the revision that counts',
    ),
  ];
}

/** What is public: the published revision as it was when it was published, its verdict as it is now. */
function published({ report, revisions, publishedVerdict }: Held): string[] {
  const { publishedRevision, publishedAnswer, publishedAt } = report;
  if (publishedRevision === undefined) {
    return unless(publishedAnswer === undefined, 'there is a published answer, but no published revision');
  }
  const revision = revisionOf(revisions, publishedRevision);
  const assessment = revision?.assessment;
  if (!revision || !assessment || publishedAnswer === undefined || publishedAt === undefined) {
    return [`something of the published revision ${publishedRevision} is missing`];
  }
  // When it was handed in before it was published is told by the answer alone, once it is handed in again.
  const { submittedAt } = JSON.parse(publishedAnswer) as Pick<ReportState, 'submittedAt'>;
  const { submittedAt: _, reason: __, ...state } = report;
  const then = { ...state, ...(submittedAt !== undefined && { submittedAt }), status: 'published' as const };
  const { content } = revision;
  const told = reportAnswer({ ...then, revision: publishedRevision, content, assessment, updatedAt: publishedAt });
  return [
    ...unless(publishedAnswer === openAnswer(told), 'the published answer is not what the published revision gives'),
    ...unless(publishedVerdict === assessment.verdict, 'the published verdict is not that of the published revision'),
  ];
}

/** How the report was judged, against how it is judged now. */
function judgement(around: Surroundings, { report, publishedVerdict }: Held): string[] {
  const { assessment, facts, publishedAssessment } = reassessed(around, report);
  return [
    ...unless(sameAssessment(report.assessment, assessment), 'the verdict is not what the rules give'),
    ...unless(
      JSON.stringify(report.facts) === JSON.stringify(facts),
      'what was read of the texts is not what they say',
    ),
    ...unless(
      publishedAssessment === undefined || publishedAssessment.verdict === publishedVerdict,
      'the published verdict is not what the rules give',
    ),
  ];
}

function unless(holds: boolean, what: string): string[] {
  return holds ? [] : [what];
}

function revisionOf(revisions: readonly KeptRevision[], wanted: number): KeptRevision | undefined {
  return revisions.find(({ revision }) => revision === wanted);
}

/** Blank is blank, and nothing else. */
function same(figures: Figures | undefined, others: Figures | undefined): boolean {
  return (
    figures?.length === others?.length && (figures ?? []).every((figure, place) => Object.is(figure, others?.[place]))
  );
}

function sameAssessment(one: Assessment | undefined, other: Assessment): boolean {
  return one !== undefined && comparable(one) === comparable(other);
}

/** The rules that failed are a set. */
function comparable({ verdict, errors, warnings, failed }: Assessment): string {
  return JSON.stringify([verdict, errors, warnings, [...failed].sort()]);
}
