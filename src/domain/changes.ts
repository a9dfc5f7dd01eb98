import type { CheckedForm } from './compile.ts';
import type { TableContent } from './figures.ts';
import { sectionTitle } from './form.ts';
import type { Language } from './language.ts';
import { textOf } from './narrative.ts';
import type { ReportContent } from './report.ts';

/** What is another in a later content of a report than in an earlier one. */
export interface Changes {
  readonly cells: readonly CellChange[];
  readonly members: readonly MemberChange[];
  readonly texts: readonly TextChange[];
}

/** A figure before and after, as written: an amount in 万元, blank `null`. */
export interface CellChange {
  readonly cell: string;
  readonly label: string;
  readonly before: number | null;
  readonly after: number | null;
}

/** A member of the content beside its sections, such as `zeroReport` or `preparedBy`; a note by its cell: `notes.<cell>`. */
export interface MemberChange {
  readonly member: string;
  readonly before: MemberValue;
  readonly after: MemberValue;
}

/** `null` where the member is not there. */
type MemberValue = string | boolean | null;

export interface TextChange {
  readonly section: string;
  readonly title: string;
  readonly parts: readonly TextPart[];
}

/**
 * A stretch of a text that has changed. The parts that are not `added` are the text before, those not `removed` the
 * text after, each in full.
 */
export interface TextPart {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
}

/** How two texts are compared; what is blank is the empty text. */
export type CompareTexts = (before: string, after: string) => TextPart[];

/** Everything in which two contents of a report differ, in the order of its form. */
export function changesBetween(
  form: CheckedForm,
  before: ReportContent,
  after: ReportContent,
  compareTexts: CompareTexts,
  language: Language,
): Changes {
  return {
    cells: cellChanges(form, before, after, language),
    members: memberChanges(before, after),
    texts: textChanges(form, before, after, compareTexts, language),
  };
}

function cellChanges(form: CheckedForm, before: ReportContent, after: ReportContent, language: Language): CellChange[] {
  return form.cells.flatMap(({ address, section, row, column, label }) => {
    const figureIn = ({ sections }: ReportContent) => (sections[section] as TableContent)[row]?.[column] ?? null;
    const [was, is] = [figureIn(before), figureIn(after)];
    return was === is ? [] : [{ cell: address, label: label[language], before: was, after: is }];
  });
}

function memberChanges(before: ReportContent, after: ReportContent): MemberChange[] {
  const [was, is] = [membersOf(before), membersOf(after)];
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((member) => {
    const change = { member, before: was.get(member) ?? null, after: is.get(member) ?? null };
    return change.before === change.after ? [] : [change];
  });
}

/** What a content says beside its sections, each note a member of its own. */
function membersOf({ sections: _, notes, ...members }: ReportContent): Map<string, MemberValue> {
  return new Map<string, MemberValue>([
    ...Object.entries(members),
    ...Object.entries(notes).map(([cell, note]) => [`notes.${cell}`, note] as const),
  ]);
}

function textChanges(
  form: CheckedForm,
  before: ReportContent,
  after: ReportContent,
  compareTexts: CompareTexts,
  language: Language,
): TextChange[] {
  return form.narratives.flatMap((section) => {
    const textIn = ({ sections }: ReportContent) => textOf(sections[section.key]);
    const [was, is] = [textIn(before), textIn(after)];
    if (was === is) return [];
    return [{ section: section.key, title: sectionTitle(section)[language], parts: compareTexts(was ?? '', is ?? '') }];
  });
}
