import type { Reading, Readings } from './assessed.ts';
import type { CheckedForm } from './compile.ts';
import { readClaims } from './reading/read.ts';
import type { SectionsInput } from './report.ts';

/** Whose text it is and of which year, so that others' figures and years are told apart. */
export interface NarrativeContext {
  readonly year: number;
  readonly agencyName?: string | undefined;
}

/** What the narratives of a report say, each read once when it is written. */
export function readNarratives(form: CheckedForm, sections: SectionsInput, context: NarrativeContext): Readings {
  const readings = form.narratives.map(({ key }) => [key, readText(form, textOf(sections[key]) ?? '', context)]);
  return Object.fromEntries(readings) as Readings;
}

/** Whether two reports say the same in every narrative. */
export function sameTexts(one: SectionsInput, other: SectionsInput): boolean {
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...keys].every((key) => textOf(one[key]) === textOf(other[key]));
}

/** The text of a narrative; `null` where it is blank. */
export function textOf(section: SectionsInput[string] | undefined): string | null {
  return (section as { readonly text?: string | null } | null | undefined)?.text ?? null;
}

/** Characters that are two code units. */
const pairs = /[\u{10000}-\u{10ffff}]/gu;

function readText(form: CheckedForm, text: string, context: NarrativeContext): Reading {
  const { year, agencyName } = context;
  const claims = readClaims(form.reader, text, { year, ...(agencyName !== undefined && { agencyName }) });
  return {
    length: text.replaceAll(/\s+/gu, '').replaceAll(pairs, ' ').length,
    claims: claims.map((claim) => ({ ...claim, text: text.slice(claim.start, claim.end) })),
  };
}
