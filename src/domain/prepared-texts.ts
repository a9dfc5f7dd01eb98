import type { Readings } from './assessed.ts';
import type { CheckedForm } from './compile.ts';
import { textsToCompare, type ComparedText } from './likeness.ts';
import { readNarratives } from './narrative.ts';
import type { SectionsInput } from './report.ts';

/** Narratives to be read before it is decided whether they are written. */
export interface TextsToPrepare {
  /** The form they are on. */
  readonly edition: string;
  readonly year: number;
  /** As registered. */
  readonly agencyName: string;
  /** Of the sections of a report, those that are narratives. */
  readonly narratives: SectionsInput;
}

/** What narratives say and are compared by: most of the work of writing a report, and it needs nothing that is stored. */
export interface PreparedTexts {
  /** Whose they were taken to be. */
  readonly agencyName: string;
  readonly readings: Readings;
  readonly compared: readonly ComparedText[];
}

/** Reads narratives somewhere else; gives nothing where that is not possible, and whoever writes them reads them. */
export type PrepareTexts = (texts: TextsToPrepare) => Promise<PreparedTexts | undefined>;

/** Reads narratives; it may be done anywhere, since the same texts give the same on any machine. */
export function prepareTexts(
  form: CheckedForm,
  { year, agencyName, narratives }: Omit<TextsToPrepare, 'edition'>,
): PreparedTexts {
  return {
    agencyName,
    readings: readNarratives(form, narratives, { year, agencyName }),
    compared: textsToCompare(form, narratives, agencyName),
  };
}
