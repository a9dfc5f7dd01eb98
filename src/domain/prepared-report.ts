import type { Readings } from './assessed.ts';
import type { CheckedForm } from './compile.ts';
import { textsToCompare, type ComparedText } from './likeness.ts';
import { readNarratives } from './narrative.ts';
import { writtenContent, type ReportInput, type WrittenContent } from './report.ts';

/** What a report's narratives say and are compared by. */
export interface PreparedTexts {
  /** Whose they were taken to be, as registered. */
  readonly agencyName: string;
  readonly readings: Readings;
  readonly compared: readonly ComparedText[];
}

/** A report before it is decided whether it is written: most of the work of that, and it needs nothing that is stored. */
export interface PreparedReport {
  readonly content: WrittenContent;
  readonly texts: PreparedTexts;
}

/** Prepares a report; it may be done anywhere, since the same input gives the same on any machine. */
export function prepareReport(
  form: CheckedForm,
  { year, agencyName }: { readonly year: number; readonly agencyName: string },
  input: ReportInput,
): PreparedReport {
  const content = writtenContent(form, input);
  const { narratives } = content;
  const readings = readNarratives(form, narratives, { year, agencyName });
  return { content, texts: { agencyName, readings, compared: textsToCompare(form, narratives, agencyName) } };
}
