import type { AgencyFacts, Likeness, Readings } from './assessed.ts';
import type { Assessment, Verdict } from './check.ts';
import type { CheckedForm } from './compile.ts';
import { packFigures, unpackTable, type Figures, type TableContent } from './figures.ts';
import type { Words } from './language.ts';
import type { Signature } from './likeness.ts';
import { textOf } from './narrative.ts';
import type { Fault } from './problem.ts';
import type { Waiver } from './waiver.ts';

export const reportStatuses = ['draft', 'submitted', 'returned', 'accepted', 'published'] as const;
export type ReportStatus = (typeof reportStatuses)[number];

export const statusInWords: Readonly<Record<ReportStatus, Words>> = {
  draft: { 'zh-CN': '草稿', en: 'a draft' },
  submitted: { 'zh-CN': '已报送', en: 'submitted' },
  returned: { 'zh-CN': '已退回', en: 'returned' },
  accepted: { 'zh-CN': '已审核', en: 'accepted' },
  published: { 'zh-CN': '已发布', en: 'published' },
};

export interface NarrativeContent {
  readonly text: string | null;
}

/** The sections of a report by key; on the way in, sections, rows and cells may be left out or `null`: blank. */
export type SectionsInput = Readonly<Record<string, TableContent | Partial<NarrativeContent> | null>>;

/** The people of a report (填报人, 审核人, 电话, 填报日期): never shown without a key. */
const people = ['preparedBy', 'reviewedBy', 'phone', 'preparedOn'] as const;

/** Members of a report that are there only when given. */
const particulars = [...people, 'publishedUrl'] as const;

type Particulars = { readonly [Member in (typeof particulars)[number]]?: string };

/** What only acts change: it may be sent back as it was read, and nothing else may be claimed. */
const managed = ['status', 'reason', 'publishedRevision', 'submittedAt', 'publishedAt'] as const;

/** What a caller claims of what only acts change. */
export type Claimed = Partial<Pick<ReportState, (typeof managed)[number]>>;

/** What a caller says of a report. */
export interface ReportInput extends Particulars, Claimed {
  readonly zeroReport?: boolean;
  readonly asPrinted?: boolean;
  /** Notes printed with figures, by cell address. */
  readonly notes?: Readonly<Record<string, string>>;
  readonly sections?: SectionsInput;
}

/** A report that is not stored: neither its agency nor its year need be registered. */
export interface UnstoredReport extends Pick<ReportInput, 'sections' | 'notes' | 'zeroReport'> {
  readonly year: number;
  readonly edition?: string;
  readonly agency?: AgencyFacts;
  /** What was reported for the year before, on that year's form. */
  readonly lastYear?: Pick<ReportInput, 'sections'>;
  /** Subtotals the document it was read from states, by `section.group.column`. */
  readonly statedSubtotals?: Readonly<Record<string, number>>;
}

/** What a revision holds: every section and every cell, in permanent order, so that equal reports have equal JSON. */
export interface ReportContent extends Particulars {
  readonly zeroReport: boolean;
  readonly asPrinted: boolean;
  readonly notes: Readonly<Record<string, string>>;
  readonly sections: Readonly<Record<string, TableContent | NarrativeContent>>;
}

export interface ReportKey {
  readonly agencyId: string;
  readonly year: number;
}

/** A report as a store keeps it: its current revision and what surrounds it. Times are ISO 8601, UTC. */
export interface ReportState extends ReportKey {
  readonly edition: string;
  readonly status: ReportStatus;
  /** Why it was returned or reopened, for as long as it is so. */
  readonly reason?: string;
  /** Counts the contents: 1, 2, … each immutable. */
  readonly revision: number;
  readonly publishedRevision?: number;
  /** The revision others go by: published, else handed in, never a draft unless it is as printed. */
  readonly countedRevision?: number;
  /** Counts everything a reader of the report can see, revisions among them. */
  readonly version: number;
  /** Counts everything a reader of its check can see: what others handed in besides. */
  readonly checkVersion: number;
  /** The version at which what was published last changed. */
  readonly publishedVersion?: number;
  /** The canonical JSON of the current revision's `ReportContent`. */
  readonly content: string;
  /** The same content as rules look at it. */
  readonly figures: Figures;
  readonly facts: ReportFacts;
  /** The texts its narratives resemble. */
  readonly likenesses: readonly Likeness[];
  /** What others' narratives are compared with; absent where that is as it was. */
  readonly signatures?: readonly Signature[];
  /** Reports that may now have something to tell of this one's narratives; not kept. */
  readonly untold?: readonly ReportKey[];
  readonly assessment: Assessment;
  /** Of the published revision, where that is another than the current one. */
  readonly publishedAssessment?: Assessment;
  readonly waivers: readonly Waiver[];
  /** Those in force when it was published: what is published is judged by them. */
  readonly publishedWaivers?: readonly Waiver[];
  /** When it was handed in last. */
  readonly submittedAt?: string;
  readonly firstSubmittedAt?: string;
  readonly publishedAt?: string;
  readonly updatedAt: string;
  /** The JSON anybody is answered with who has no key: what was published, as it was then. */
  readonly publishedAnswer?: string;
}

/** What is kept of a revision's content beside its figures, so that a check need not read it. */
export interface ReportFacts {
  readonly zeroReport: boolean;
  readonly asPrinted: boolean;
  readonly readings: Readings;
}

/** A report in a list. */
export interface ReportSummary extends ReportKey {
  readonly agencyName: string;
  readonly edition: string;
  readonly status: ReportStatus;
  readonly revision: number;
  readonly publishedRevision?: number;
  readonly verdict: Verdict;
  readonly errors: number;
  readonly warnings: number;
  readonly submittedAt?: string;
  readonly publishedAt?: string;
  readonly updatedAt: string;
  /** The day by which it has to be handed in, and how it stands to that; told to the holder of a key. */
  readonly dueOn?: string;
  readonly overdue?: boolean;
  readonly submittedLate?: boolean;
}

/** The statuses in which a report is its reporter's to change, and has not been handed in. */
export const openStatuses: readonly ReportStatus[] = ['draft', 'returned'];

/** A report's status lets its reporter change it. */
export function isOpenToChange(status: ReportStatus): boolean {
  return openStatuses.includes(status);
}

/** Where content claims a state the report does not have; one that is not there yet will be a draft. */
export function managedFaults(claimed: Claimed, stored: ReportState | undefined): Fault[] {
  const current = stored ?? { status: 'draft' };
  return managed.flatMap((member) => {
    const value = (current as Partial<ReportState>)[member];
    if (claimed[member] === undefined || claimed[member] === value) return [];
    return [{ pointer: `/${member}`, params: { value: value ?? '-' }, detail: notAsItIs }];
  });
}

const notAsItIs: Words = { 'zh-CN': '报告现在是“{value}”。', en: 'The report has “{value}”.' };

/** Of what a caller says, what only acts change. */
export function claimedIn(input: ReportInput): Claimed {
  return Object.fromEntries(managed.flatMap((member) => (member in input ? [[member, input[member]]] : [])));
}

/** Content as it is written, with what decides how it is written. */
export interface WrittenContent extends Pick<ReportContent, 'zeroReport' | 'asPrinted'> {
  /** Canonical JSON of the `ReportContent`. */
  readonly text: string;
  readonly figures: Figures;
  /** Of its sections those that are narratives. */
  readonly narratives: SectionsInput;
}

/** What a caller sent, made ready to be written. */
export function writtenContent(form: CheckedForm, input: ReportInput): WrittenContent {
  const { content, figures } = contentFrom(form, input);
  const { zeroReport, asPrinted, sections } = content;
  const narratives = Object.fromEntries(form.narratives.map(({ key }) => [key, sections[key] ?? null]));
  return { text: JSON.stringify(content), figures, zeroReport, asPrinted, narratives };
}

/** Completes what a caller sent to a report's whole content. */
export function contentFrom(form: CheckedForm, input: ReportInput): { content: ReportContent; figures: Figures } {
  const given = input.sections ?? {};
  const figures = packFigures(form, given as Record<string, TableContent>);
  const sections = form.edition.sections.map(({ key, kind }) => [
    key,
    kind === 'table' ? unpackTable(form, key, figures) : { text: textOf(given[key]) },
  ]);
  const content: ReportContent = {
    zeroReport: input.zeroReport ?? false,
    asPrinted: input.asPrinted ?? false,
    notes: notesInOrder(form, input.notes ?? {}),
    sections: Object.fromEntries(sections) as ReportContent['sections'],
    ...Object.fromEntries(
      particulars.flatMap((member) => (input[member] === undefined ? [] : [[member, input[member]]])),
    ),
  };
  return { content, figures };
}

/** The revision others go by of a report in this state. */
export function countedRevision(
  { status, publishedRevision, revision }: Pick<ReportState, 'status' | 'publishedRevision' | 'revision'>,
  asPrinted: boolean,
): number | undefined {
  return publishedRevision ?? (isOpenToChange(status) && !asPrinted ? undefined : revision);
}

/** The report with its current revision made public at `now`: what anybody reads from then on. */
export function publish(stored: ReportState, now: string): ReportState {
  const version = stored.version + 1;
  const { publishedAssessment: _, ...state } = stored;
  const published: ReportState = {
    ...state,
    status: 'published',
    version,
    checkVersion: stored.checkVersion + 1,
    publishedRevision: stored.revision,
    countedRevision: stored.revision,
    publishedVersion: version,
    publishedWaivers: stored.waivers,
    publishedAt: now,
    updatedAt: now,
  };
  return { ...published, publishedAnswer: openAnswer(reportAnswer(published)) };
}

/** What anybody may read of an answer. */
export function openAnswer(answer: string): string {
  return JSON.stringify(withoutPeople(JSON.parse(answer) as ReportContent));
}

/** What anybody may read of a report, or of its content, that has been published. */
export function withoutPeople<Content extends Particulars>(content: Content): Content {
  const open: Record<string, unknown> = { ...content };
  for (const member of people) delete open[member];
  return open as Content;
}

/** The JSON the holder of a key is answered with: the head, then the content as it is kept. */
export function reportAnswer(state: ReportState): string {
  return answerOf(JSON.stringify(headOf(state)), state.content);
}

/** A report's answer of its head and its content, JSON each. */
export function answerOf(head: string, content: string): string {
  return `${head.slice(0, -1)},${content.slice(1)}`;
}

/** Of a report, what the service says of it before its content. */
type Headed = Pick<ReportState, 'agencyId' | 'year' | 'edition' | 'status' | 'reason' | 'revision'> &
  Pick<ReportState, 'publishedRevision' | 'submittedAt' | 'publishedAt' | 'updatedAt'> & {
    readonly assessment: Pick<Assessment, 'verdict'>;
  };

/** What is said of a report before its content, and in the record of its acts. */
export function headOf({ agencyId, year, edition, status, reason, revision, publishedRevision, ...rest }: Headed) {
  const { assessment, submittedAt, publishedAt, updatedAt } = rest;
  return {
    agencyId,
    year,
    edition,
    status,
    reason,
    revision,
    publishedRevision,
    verdict: assessment.verdict,
    submittedAt,
    publishedAt,
    updatedAt,
  };
}

function notesInOrder(form: CheckedForm, notes: Readonly<Record<string, string>>): Record<string, string> {
  const place = (address: string) => form.cellAt.get(address)?.index ?? form.cells.length;
  return Object.fromEntries(Object.entries(notes).sort(([a], [b]) => place(a) - place(b)));
}
