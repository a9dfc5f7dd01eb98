import type { CheckedForm } from '../../domain/compile.ts';
import type { Section } from '../../domain/edition.ts';
import { unpackTable } from '../../domain/figures.ts';
import type { Printed, PrintedLine } from '../printed.ts';
import type { DocumentReading } from '../reading.ts';
import { align } from './align.ts';
import { arbitrate } from './arbitrate.ts';
import { chooseEdition } from './choose-edition.ts';
import { gatherEntries } from './entries.ts';
import { findHeadings, partAtTitles } from './headings.ts';
import { gatherFigures } from './gather-figures.ts';
import { endOfText, narrative, stretches, type Stretch } from './narratives.ts';
import { outsideText } from './outside.ts';
import { rowMatcher, type RowMatcher } from './row-match.ts';
import { segmenter, type Segmenter } from './segments.ts';
import { readTitle } from './title.ts';
import { vocabularyOf, type Vocabulary } from './vocabulary.ts';

/** What reports are read by: made once of all editions. */
export type ReportReader = (printed: Printed, fileName: string) => DocumentReading;

interface Tools {
  readonly form: CheckedForm;
  readonly vocabulary: Vocabulary;
  readonly matcher: RowMatcher;
  readonly segments: Segmenter;
}

/** Makes the reader of reports on any of the editions. */
export function reportReader(forms: readonly CheckedForm[]): ReportReader {
  const tools = forms.map((form): Tools => {
    const vocabulary = vocabularyOf(
      form,
      forms.filter((other) => other !== form),
    );
    return { form, vocabulary, matcher: rowMatcher(vocabulary.targets), segments: segmenter(vocabulary.labels) };
  });
  const vocabularies = tools.map(({ vocabulary }) => vocabulary);
  return (printed, fileName) => {
    const chosen = chooseEdition(printed, vocabularies);
    const latest = tools.at(-1) as Tools;
    const first = readTitle(printed, fileName, printed.lines.length);
    const tool =
      tools.find(({ form }) => form.edition.id === chosen) ??
      tools.find(({ form }) => covers(form, first.year)) ??
      latest;
    return readBy(tool, printed, fileName);
  };
}

function covers({ edition: { years } }: CheckedForm, year: number | undefined): boolean {
  return year !== undefined && year >= years.first && year <= (years.last ?? Number.POSITIVE_INFINITY);
}

function readBy({ form, vocabulary, matcher, segments }: Tools, printed: Printed, fileName: string): DocumentReading {
  const { sections } = form.edition;
  const lines = partAtTitles(printed.lines, sections);
  const headings = findHeadings(lines, sections);
  const parts = stretches(headings, sections, lines.length);
  const tables = tablesIn(form, parts, lines.length);
  const inTables = lines.slice(tables.start, tables.end);
  const entries = gatherEntries(inTables, tables.end < lines.length, segments, matcher);
  const alignment = align(entries, vocabulary, matcher);
  const found = gatherFigures(form, alignment, arbitrate(form, alignment.lines));
  const texts = readNarratives(form, lines, parts);
  return {
    ...readTitle({ ...printed, lines }, fileName, Math.min(...headings.values(), lines.length)),
    ...(alignment.lines.length > 0 && { edition: form.edition.id }),
    otherEditions: found.otherEditions,
    sections: Object.fromEntries(
      sections.map(({ key, kind }) => [
        key,
        kind === 'table' ? unpackTable(form, key, found.figures) : { text: texts.get(key) ?? null },
      ]),
    ),
    notes: found.notes,
    provenance: found.provenance,
    statedSubtotals: found.statedSubtotals,
    unread: [...found.unread, ...outsideText(lines, parts, tables, vocabulary)],
    confidence: found.confidence,
  };
}

/** Where the tables are: from the heading of the first to that of the next narrative, as far as there are headings. */
function tablesIn({ edition: { sections } }: CheckedForm, parts: ReadonlyMap<string, Stretch>, lines: number): Stretch {
  const first = sections.findIndex(({ kind }) => kind === 'table');
  const last = sections.findLastIndex(({ kind }) => kind === 'table');
  const starts = sections
    .slice(0, last + 1)
    .flatMap(({ key, kind }) => (kind === 'table' ? (parts.get(key)?.start ?? []) : []));
  const before = sections.slice(0, first).flatMap(({ key }) => parts.get(key)?.start ?? []);
  const behind = sections.slice(last + 1).flatMap(({ key }) => parts.get(key)?.start ?? []);
  const end = Math.min(...behind.map((start) => start - 1), lines);
  // A first table without a heading stands behind the text before it.
  const headed = parts.has((sections[first] as Section).key);
  return { start: headed ? Math.min(...starts) : Math.max(0, ...before), end };
}

function readNarratives(
  { narratives }: CheckedForm,
  lines: readonly PrintedLine[],
  parts: ReadonlyMap<string, Stretch>,
) {
  return new Map(
    narratives.flatMap(({ key }) => {
      const part = parts.get(key);
      return part ? [[key, narrative(lines.slice(part.start, endOfText(lines, part)))] as const] : [];
    }),
  );
}
