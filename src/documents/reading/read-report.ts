import type { CheckedForm } from '../../domain/compile.ts';
import type { Section } from '../../domain/edition.ts';
import { unpackTable } from '../../domain/figures.ts';
import type { Printed, PrintedLine } from '../printed/printed.ts';
import type { DocumentReading } from '../reading.ts';
import { align, type Alignment } from './align.ts';
import { isStated } from './aligned.ts';
import { arbitrate } from './arbitrate.ts';
import { readCover } from './cover.ts';
import { alignData, besideData, partDataRows, unreadRows, type DataRows } from './data-rows.ts';
import { chooseEdition } from './choose-edition.ts';
import type { Entry } from './entry.ts';
import { gatherEntries } from './entries.ts';
import { findHeadings, partAtTitles } from './headings.ts';
import { gatherFigures } from './gather-figures.ts';
import { narrative, stretches, type Stretch } from './narratives.ts';
import { outsideText } from './outside.ts';
import { rowMatcher, type RowMatcher } from './row-match.ts';
import { longestRow, segmenter, type Segmenter } from './segments.ts';
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
  const latest = tools.at(-1);
  if (!latest) throw new Error('documents are read by a form, and there is none');
  const toolFor = (edition: string | undefined, year: number | undefined) =>
    tools.find(({ form }) => form.edition.id === edition) ?? tools.find(({ form }) => covers(form, year)) ?? latest;
  return (printed, fileName) => {
    const { data, rest } = partDataRows(printed.lines);
    if (data && rest.length === 0) return readData(toolFor(data.edition, data.year), data);
    const lines = { ...printed, lines: rest };
    const edition = chooseEdition(lines, vocabularies);
    const year = edition === undefined ? readTitle(lines, fileName, rest.length).year : undefined;
    // Tables with nothing in them have an edition too.
    const reading = { ...(edition !== undefined && { edition }), ...readBy(toolFor(edition, year), lines, fileName) };
    return data ? besideData(reading, data) : reading;
  };
}

function covers({ edition: { years } }: CheckedForm, year: number | undefined): boolean {
  return year !== undefined && year >= years.first && year <= (years.last ?? Number.POSITIVE_INFINITY);
}

function readBy({ form, vocabulary, matcher, segments }: Tools, printed: Printed, fileName: string): DocumentReading {
  const { sections } = form.edition;
  const lines = partAtTitles(printed.lines, sections);
  const headings = findHeadings(lines, sections);
  const parts = stretches(headings, sections, lines, printed.isPage);
  const found = tablesIn(form, parts, lines.length);
  const elsewhere = [...lines.slice(0, found.start), ...lines.slice(found.end)].filter(mayBeRow);
  const isTwo = isReport(gatherEntries(elsewhere, 'goes-on', segments, matcher), vocabulary, matcher);
  const tables = isTwo ? { start: 0, end: lines.length } : found;
  const inTables = lines.slice(tables.start, tables.end);
  const ending = tables.end < lines.length ? 'goes-on' : printed.open ? 'open' : 'closed';
  const entries = gatherEntries(inTables, ending, segments, matcher);
  const alignment = align(entries, vocabulary, matcher);
  const title = readTitle(
    { ...printed, lines },
    fileName,
    Math.min(...headings.at.values(), lines.length),
    tables.start,
  );
  const reading = readingOf(form, alignment, readNarratives(form, lines, parts, headings.marked));
  const outside = outsideText(lines, parts, tables, vocabulary);
  // Of two reports in one document nobody knows whose the figures are.
  return { ...reading, ...(!isTwo && { ...title, ...readCover(lines) }), unread: [...reading.unread, ...outside] };
}

function mayBeRow({ kind, cells: [cell] }: PrintedLine): boolean {
  return kind !== 'plain' || (cell !== undefined && cell.text.length <= longestRow);
}

/** How many lines of the form make a report of some figures; a sentence may hold one or two. */
const fewestLines = 5;

/** Whether there are lines of the form among some figures: outside the tables that were found they are of another report. */
function isReport(entries: readonly Entry[], vocabulary: Vocabulary, matcher: RowMatcher): boolean {
  const { lines } = align(entries, vocabulary, matcher);
  return lines.filter(({ confidence, entry }) => confidence === 1 && entry.slots.some(isStated)).length >= fewestLines;
}

/** A report that is data already. */
function readData({ form, vocabulary }: Tools, data: DataRows): DocumentReading {
  const texts = form.narratives.map(({ key }) => [key, data.rows.get(key)?.value || null] as const);
  const alignment = { lines: alignData(data, vocabulary.targets), repeated: [], left: [] };
  const reading = readingOf(form, alignment, new Map(texts));
  const { agencyName, year, notes } = data;
  return {
    ...reading,
    ...(agencyName !== undefined && { agencyName }),
    ...(year !== undefined && { year }),
    notes,
    unread: unreadRows(data, form, reading.unread),
  };
}

function readingOf(
  form: CheckedForm,
  alignment: Alignment,
  texts: ReadonlyMap<string, string | null>,
): DocumentReading {
  const { figures, ...found } = gatherFigures(form, alignment, arbitrate(form, alignment.lines));
  const sections = form.edition.sections.map(({ key, kind }) => [
    key,
    kind === 'table' ? unpackTable(form, key, figures) : { text: texts.get(key) ?? null },
  ]);
  return {
    people: {},
    ...(alignment.lines.length > 0 && { edition: form.edition.id }),
    sections: Object.fromEntries(sections) as DocumentReading['sections'],
    ...found,
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
  paragraphsKnown: boolean,
): Map<string, string | null> {
  return new Map(
    narratives.flatMap(({ key }) => {
      const part = parts.get(key);
      return part ? [[key, narrative(lines.slice(part.start, part.end), paragraphsKnown)] as const] : [];
    }),
  );
}
