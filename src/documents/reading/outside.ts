import type { PrintedLine } from '../printed/printed.ts';
import type { Unread } from '../reading.ts';
import { textOf, type Stretch } from './narratives.ts';
import { normalForm } from './normal-form.ts';
import { isTitle } from './title.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Longer texts are cut: they are shown so that nobody has to look for them, not kept. */
const longestText = 2_000;

/** Text that belongs to no section: before the first, between headings and tables, behind the end; a stretch each. */
export function outsideText(
  lines: readonly PrintedLine[],
  parts: ReadonlyMap<string, Stretch>,
  tables: Stretch,
  vocabulary: Vocabulary,
): Unread[] {
  const told = new Set([...parts.values()].flatMap((part) => inNarrative(part, tables)));
  const labels = [...vocabulary.words];
  const outside = lines.map((line, index) => {
    if (told.has(index) || line.kind === 'grid' || isTitle(textOf(line))) return false;
    const inTables = index >= tables.start && index < tables.end;
    return inTables ? isSentence(line, labels) : isProse(line);
  });
  return inStretches(outside).map(({ start, end }) => ({
    reason: 'outside',
    text: lines.slice(start, end).map(textOf).join('\n').slice(0, longestText),
    where: (lines[start] as PrintedLine).place,
  }));
}

/** The lines of a section that are told of already: a narrative's own, of tables the heading alone. */
function inNarrative({ start, end }: Stretch, tables: Stretch): number[] {
  const heading = start - 1;
  if (start >= tables.start && start < tables.end) return [heading];
  return Array.from({ length: end - heading }, (_, index) => heading + index);
}

function isProse(line: PrintedLine): boolean {
  return textOf(line).trim() !== '';
}

/** Among tables: what is no label, nor a piece of one, nor figures. */
function isSentence({ kind, cells }: PrintedLine, labels: readonly string[]): boolean {
  const [cell] = cells;
  if (kind === 'separated' || !cell || !/[，。；,;]/u.test(cell.text)) return false;
  const normal = normalForm(cell.text);
  return (
    normal.length >= 8 &&
    !labels.some((label) => label.includes(normal) || (label.length > 6 && normal.includes(label)))
  );
}

function inStretches(marked: readonly boolean[]): Stretch[] {
  return marked.flatMap((mark, start) => {
    if (!mark || marked[start - 1]) return [];
    const end = marked.indexOf(false, start);
    return [{ start, end: end < 0 ? marked.length : end }];
  });
}
