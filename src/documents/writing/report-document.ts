import type { Cell } from '../../domain/cell.ts';
import type { CheckedForm } from '../../domain/compile.ts';
import type { TableContent } from '../../domain/figures.ts';
import type { Language } from '../../domain/language.ts';
import { textOf } from '../../domain/narrative.ts';
import { statusInWords, type ReportContent, type ReportKey, type ReportStatus } from '../../domain/report.ts';

/** A report as its reader is answered, people included only where the reader may know them. */
export interface ReadReport extends ReportContent, ReportKey {
  readonly edition: string;
  readonly status: ReportStatus;
}

/** What a document is made of. */
export interface ReportDocument {
  readonly form: CheckedForm;
  readonly agencyName: string;
  readonly report: ReadReport;
  /** Of the labels in data (CSV). The official document speaks Chinese, whoever asks for it. */
  readonly language: Language;
}

/** What of a report is printed in its six sections. */
export type PrintedContent = Pick<ReportContent, 'sections' | 'notes'>;

/** What the official document is called: 舞阳县人民政府办公室2021年政府信息公开工作年度报告. */
export function reportTitle(agencyName: string, year: number): string {
  return `${legible(agencyName)}${year}年政府信息公开工作年度报告`;
}

/** What a report that is not public yet says of itself; nothing where it is. */
export function statusMark({ status }: ReadReport): string | undefined {
  return status === 'published' ? undefined : `（${statusInWords[status]['zh-CN']}，未公开发布）`;
}

/** The figure stated in a cell, amounts in 万元; blank is `null`. */
export function statedFigure({ report }: { report: PrintedContent }, { section, row, column }: Cell): number | null {
  return (report.sections[section] as TableContent)[row]?.[column] ?? null;
}

/** The note printed with a cell's figure, where there is one. */
export function noteOn({ report }: { report: PrintedContent }, { address }: Cell): string | undefined {
  const note = report.notes[address];
  return note === undefined ? undefined : legible(note);
}

/** A cell as it is printed: its figure, then its note, `22（其中修订16件）`; a blank cell is empty. */
export function printedFigure(document: ReportDocument, cell: Cell): string {
  const note = noteOn(document, cell);
  return `${statedFigure(document, cell) ?? ''}${note === undefined ? '' : `（${note}）`}`;
}

/** The lines of a narrative, each to be printed as a paragraph; none where it is blank. */
export function linesOf({ report }: { report: PrintedContent }, section: string): string[] {
  const text = textOf(report.sections[section]);
  return text === null ? [] : legible(text).split(/\r\n|\r|\n/);
}

/** What XML cannot hold is replaced: one such character would make a whole file unreadable. */
function legible(text: string): string {
  return text.replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\uFFFE\uFFFF]|\p{Cs}/gu, '\uFFFD');
}
