import type { Agency } from './agency.ts';
import { assess, type Assessment } from './check.ts';
import type { Assessed, Readings } from './assessed.ts';
import type { CheckedForm } from './compile.ts';
import { gather, type Forms } from './gather.ts';
import { compareTexts, textsToCompare } from './likeness.ts';
import { hasTexts, readNarratives } from './narrative.ts';
import type { Neighbours } from './neighbours.ts';
import type { PreparedTexts } from './prepared-report.ts';
import {
  contentFrom,
  countedRevision,
  isOpenToChange,
  type ReportContent,
  type ReportFacts,
  type ReportKey,
  type ReportState,
  type WrittenContent,
} from './report.ts';

/** What a report is judged by: its form, its agency, and what stands around it. */
export interface Surroundings {
  readonly forms: Forms;
  readonly form: CheckedForm;
  readonly agency: Agency;
  readonly neighbours: Neighbours;
}

/**
 * The report after new content was written at `now`, or `undefined` where that changes nothing. The first content
 * makes a draft. `prepared` is what its narratives say, where they were read beforehand.
 */
export function revise(
  around: Surroundings,
  key: ReportKey,
  stored: ReportState | undefined,
  content: WrittenContent,
  now: string,
  prepared?: PreparedTexts,
): ReportState | undefined {
  const { text, figures, asPrinted } = content;
  if (text === stored?.content) return undefined;
  const before = stored ?? { ...key, edition: around.form.edition.id, status: 'draft' as const, waivers: [] };
  const revised = {
    ...before,
    revision: (stored?.revision ?? 0) + 1,
    version: (stored?.version ?? 0) + 1,
    checkVersion: (stored?.checkVersion ?? 0) + 1,
    content: text,
    figures,
    updatedAt: now,
  };
  const counted = countedRevision(revised, asPrinted);
  return {
    ...withoutCounted(revised),
    ...(counted !== undefined && { countedRevision: counted }),
    ...judged(around, revised, content, knownTexts(stored, content) ?? comparedTexts(around, revised, prepared)),
  };
}

/** The report with the waivers of its errors replaced at `now`: content and revision stay. */
export function rewaive(
  around: Surroundings,
  stored: ReportState,
  waivers: ReportState['waivers'],
  now: string,
): ReportState {
  const next = { ...stored, waivers, updatedAt: now, version: stored.version + 1 };
  // What is published is judged by what is waived of it, a correction under way by its own.
  const isPublished = stored.publishedRevision === stored.revision;
  return rejudged(around, { ...next, ...(isPublished && { publishedWaivers: waivers }) }, now);
}

/**
 * The report judged anew at `now` because something it is compared with has changed. Its answer changes, and with it
 * version and time of update, only where the verdict does: whoever has the report open to write it keeps a good tag.
 * Its narratives are read again only where that may give something else (`readAgain`): another program, a new name.
 */
export function recheck(around: Surroundings, stored: ReportState, now: string, readAgain = false): ReportState {
  return rejudged(around, stored, now, readAgain);
}

/**
 * What the report would be told of now, for whoever doubts what is kept. What its narratives resemble is taken as kept:
 * which of several copies tells of which is a matter of who came first.
 */
export function reassessed(around: Surroundings, stored: ReportState): ReportState {
  const content = judgedContent(JSON.parse(stored.content) as ReportContent);
  const texts = { readings: readAnew(around, stored, content), likenesses: stored.likenesses };
  return republished(around, { ...stored, ...judged(around, stored, content, texts) });
}

function rejudged(around: Surroundings, stored: ReportState, now: string, readAgain = false): ReportState {
  const content = judgedContent(JSON.parse(stored.content) as ReportContent);
  const texts = readTexts(around, stored, content, readAgain ? undefined : stored.facts.readings);
  const next = { ...stored, ...judged(around, stored, content, texts), checkVersion: stored.checkVersion + 1 };
  const turned = next.assessment.verdict !== stored.assessment.verdict;
  return republished(around, { ...next, ...(turned && { version: next.version + 1, updatedAt: now }) });
}

/** Judges what is published as well, where that is another revision, and tells its readers where the verdict changed. */
function republished(around: Surroundings, state: ReportState): ReportState {
  const { publishedRevision, publishedAnswer, publishedVersion = 0 } = state;
  if (publishedRevision === undefined || publishedAnswer === undefined) return state;
  const publishedAssessment =
    publishedRevision === state.revision ? undefined : judgeRevision(around, state, publishedRevision);
  const { verdict } = publishedAssessment ?? state.assessment;
  const open = JSON.parse(publishedAnswer) as Record<string, unknown>;
  const answer = JSON.stringify({ ...open, verdict });
  return {
    ...state,
    ...(publishedAssessment && { publishedAssessment }),
    publishedAnswer: answer,
    publishedVersion: answer === publishedAnswer ? publishedVersion : Math.max(publishedVersion + 1, state.version),
  };
}

function judgeRevision(around: Surroundings, state: ReportState, revision: number): Assessment | undefined {
  const text = around.neighbours.contentOf(state, revision);
  if (text === undefined) return undefined;
  const content = JSON.parse(text) as ReportContent;
  const { figures } = contentFrom(around.form, content);
  const waivers = state.publishedWaivers ?? [];
  return judged(around, { ...state, status: 'published', figures, waivers }, judgedContent(content)).assessment;
}

/** Of content, what decides beside its figures how it is judged. */
type JudgedContent = Pick<WrittenContent, 'zeroReport' | 'asPrinted' | 'narratives'>;

function judgedContent({ zeroReport, asPrinted, sections: narratives }: ReportContent): JudgedContent {
  return { zeroReport, asPrinted, narratives };
}

/** What follows from a report's content and what surrounds it; `texts` where its narratives have been read before. */
function judged(
  around: Surroundings,
  state: Pick<ReportState, 'agencyId' | 'year' | 'status' | 'figures' | 'waivers'>,
  content: JudgedContent,
  texts: Texts = readTexts(around, state, content),
): Pick<ReportState, 'facts' | 'likenesses' | 'signatures' | 'untold' | 'assessment'> {
  const { zeroReport, asPrinted } = content;
  const { readings, ...rest } = texts;
  const facts = { zeroReport, asPrinted, readings };
  const assessed = assessedState(around, { ...state, facts, likenesses: texts.likenesses });
  return { facts, ...rest, assessment: assess(around.form, assessed, state.waivers) };
}

/** What a report's narratives say and resemble. */
type Texts = Pick<ReportState, 'likenesses' | 'signatures' | 'untold'> & Pick<ReportFacts, 'readings'>;

function readTexts(around: Surroundings, key: ReportKey, content: JudgedContent, known?: Readings): Texts {
  const { form, agency, neighbours } = around;
  const readings = known ?? readAnew(around, key, content);
  const texts = textsToCompare(form, content.narratives, agency.name);
  return { readings, ...compareTexts(form, key, texts, agency, neighbours) };
}

/** The same from what was prepared, unless the agency has been renamed since. */
function comparedTexts(around: Surroundings, key: ReportKey, prepared: PreparedTexts | undefined): Texts | undefined {
  const { form, agency, neighbours } = around;
  if (prepared?.agencyName !== agency.name) return undefined;
  return { readings: prepared.readings, ...compareTexts(form, key, prepared.compared, agency, neighbours) };
}

function readAnew({ form, agency }: Surroundings, { year }: ReportKey, { narratives }: JudgedContent): Readings {
  return readNarratives(form, narratives, { year, agencyName: agency.name });
}

/** Most writes change figures alone: what was read of the texts then still holds, and reading takes most of the time. */
function knownTexts(stored: ReportState | undefined, { narratives }: JudgedContent): Texts | undefined {
  if (!stored || !hasTexts(stored.content, narratives)) return undefined;
  return { readings: stored.facts.readings, likenesses: stored.likenesses };
}

/** What rules look at in a stored report. They name whom it resembles only where that is told here. */
export function assessedState(
  { forms, form, agency, neighbours }: Surroundings,
  state: Pick<ReportState, 'agencyId' | 'year' | 'status' | 'figures' | 'facts'> & Pick<Assessed, 'likenesses'>,
): Assessed {
  const { figures, facts, status, likenesses } = state;
  const { readings, zeroReport, asPrinted } = facts;
  const handedIn = !isOpenToChange(status) || asPrinted;
  const own = { figures, readings, zeroReport, handedIn, likenesses };
  return gather(forms, form, state, own, agency, neighbours);
}

/** Content that was as printed and is no longer does not count any more. */
function withoutCounted<State extends object>(state: State): Omit<State, 'countedRevision'> {
  const { countedRevision: _, ...rest } = state as State & { countedRevision?: number };
  return rest;
}
