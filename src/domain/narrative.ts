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

/**
 * Whether content, canonical JSON on the same form, has these very narratives. It is not parsed for that: within a text
 * every quotation mark is escaped, so that what looks like a member is one.
 */
export function hasTexts(content: string, narratives: SectionsInput): boolean {
  return Object.entries(narratives).every(([key, section]) =>
    content.includes(`${JSON.stringify(key)}:${JSON.stringify({ text: textOf(section) })}`),
  );
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
