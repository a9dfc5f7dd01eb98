import type { Assessed } from './instance.ts';
import { assess, type Assessment, type CheckedForm, type Verdict } from './check.ts';
import { packFigures, unpackTable, type Figures, type TableContent } from './figures.ts';
import type { Words } from './language.ts';
import type { Fault } from './problem.ts';

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
const managed = ['status', 'publishedRevision', 'submittedAt', 'publishedAt'] as const;

/** What a caller says of a report. */
export interface ReportInput extends Particulars, Partial<Pick<ReportState, (typeof managed)[number]>> {
  readonly zeroReport?: boolean;
  readonly asPrinted?: boolean;
  /** Notes printed with figures, by cell address. */
  readonly notes?: Readonly<Record<string, string>>;
  readonly sections?: SectionsInput;
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
  /** Counts the contents: 1, 2, … each immutable. */
  readonly revision: number;
  readonly publishedRevision?: number;
  /** Counts everything a reader can see, revisions among them. */
  readonly version: number;
  /** The canonical JSON of the current revision's `ReportContent`. */
  readonly content: string;
  /** The same content as rules look at it. */
  readonly assessed: Assessed;
  readonly assessment: Assessment;
  readonly submittedAt?: string;
  readonly publishedAt?: string;
  readonly updatedAt: string;
  /** The JSON a reader is answered with; `publishedAnswer` without a key. */
  readonly answer: string;
  readonly publishedAnswer?: string;
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
}

/** The statuses in which a report is its reporter's to change, and has not been handed in. */
export const openStatuses: readonly ReportStatus[] = ['draft', 'returned'];

/** A report's status lets its reporter change it. */
export function isOpenToChange(status: ReportStatus): boolean {
  return openStatuses.includes(status);
}

/** Where content claims a state the report does not have; one that is not there yet will be a draft. */
export function managedFaults(input: ReportInput, stored: ReportState | undefined): Fault[] {
  const current = stored ?? { status: 'draft' };
  return managed.flatMap((member) => {
    const value = (current as Partial<ReportState>)[member];
    if (input[member] === undefined || input[member] === value) return [];
    return [{ pointer: `/${member}`, params: { value: value ?? '-' }, detail: notAsItIs }];
  });
}

const notAsItIs: Words = { 'zh-CN': '报告现在是“{value}”。', en: 'The report has “{value}”.' };

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

/** What the rules look at in a report's content; a text of nothing but white space says nothing. */
export function assessedFrom(form: CheckedForm, { sections }: ReportContent, figures: Figures): Assessed {
  const blank = form.narratives.filter(({ key }) => !textOf(sections[key])?.trim());
  return { figures, blankTexts: blank.map(({ key }) => key) };
}

/**
 * The report after new content was written at `now`, or `undefined` where that changes nothing. The first content
 * makes a draft.
 */
export function revise(
  form: CheckedForm,
  key: ReportKey,
  stored: ReportState | undefined,
  input: ReportInput,
  now: string,
): ReportState | undefined {
  const { content, figures } = contentFrom(form, input);
  const text = JSON.stringify(content);
  if (text === stored?.content) return undefined;
  const assessed = assessedFrom(form, content, figures);
  return answered({
    ...(stored ?? { ...key, edition: form.edition.id, status: 'draft' }),
    revision: (stored?.revision ?? 0) + 1,
    version: (stored?.version ?? 0) + 1,
    content: text,
    assessed,
    assessment: assess(form, assessed),
    updatedAt: now,
  });
}

/** The report with its current revision made public at `now`: what anybody reads from then on. */
export function publish(stored: ReportState, now: string): ReportState {
  const published = answered({
    ...stored,
    status: 'published',
    version: stored.version + 1,
    publishedRevision: stored.revision,
    publishedAt: now,
    updatedAt: now,
  });
  const open = JSON.parse(published.answer) as Record<string, unknown>;
  for (const member of people) delete open[member];
  return { ...published, publishedAnswer: JSON.stringify(open) };
}

/** Puts the answer beside what it tells: the head, then the content as it is kept. */
function answered(state: Omit<ReportState, 'answer'>): ReportState {
  const { agencyId, year, edition, status, revision, publishedRevision, assessment } = state;
  const { submittedAt, publishedAt, updatedAt } = state;
  const head = {
    agencyId,
    year,
    edition,
    status,
    revision,
    publishedRevision,
    verdict: assessment.verdict,
    submittedAt,
    publishedAt,
    updatedAt,
  };
  return { ...state, answer: `${JSON.stringify(head).slice(0, -1)},${state.content.slice(1)}` };
}

function textOf(section: SectionsInput[string] | undefined): string | null {
  return (section as Partial<NarrativeContent> | null | undefined)?.text ?? null;
}

function notesInOrder(form: CheckedForm, notes: Readonly<Record<string, string>>): Record<string, string> {
  const place = (address: string) => form.cellAt.get(address)?.index ?? form.cells.length;
  return Object.fromEntries(Object.entries(notes).sort(([a], [b]) => place(a) - place(b)));
}
