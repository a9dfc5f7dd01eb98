import { commonLength } from '../../domain/common-subsequence.ts';
import type { Section } from '../../domain/edition.ts';
import type { PrintedLine } from '../printed/printed.ts';
import { normalForm, simplified } from './normal-form.ts';

/** Where sections begin: the index of the line that is the heading, by section. */
export interface Headings {
  readonly at: ReadonlyMap<string, number>;
  /** The document marks them, all of them, as what they are. */
  readonly marked: boolean;
}

/** 一、 and whatever else numbers a section; what stands in brackets or is counted in digits stands below one. */
const numbering = /^(?:第?[一二三四五六七八九十]{1,2}(?:部分|[、.,:．]|\s))\s*/u;

/**
 * The headings of the sections, each once and in their order. A document that marks its headings is believed;
 * otherwise a line that reads like one is, the last before the next section's (a list of contents comes first).
 */
export function findHeadings(lines: readonly PrintedLine[], sections: readonly Section[]): Headings {
  const marked = sections.map((section) =>
    lines.findIndex((line) => line.kind === 'heading' && normalForm(textOf(line) ?? '') === fullName(section)),
  );
  if (marked.every((line, index) => line > (marked[index - 1] ?? -1))) {
    return { at: new Map(sections.map(({ key }, index) => [key, marked[index] as number])), marked: true };
  }
  return { at: lastInOrder(lines, sections), marked: false };
}

function lastInOrder(lines: readonly PrintedLine[], sections: readonly Section[]): Map<string, number> {
  const names = sections.map((section) => ({ key: section.key, label: normalForm(section.label['zh-CN']) }));
  const candidates = lines.map((line) => sectionNamed(line, names));
  const found = new Map<string, number>();
  let before = lines.length;
  for (const { key } of names.toReversed()) {
    const at = candidates.slice(0, before).lastIndexOf(key);
    if (at < 0) continue;
    found.set(key, at);
    before = at;
  }
  return found;
}

interface Name {
  readonly key: string;
  readonly label: string;
}

/** The section whose title a line is: in so many words, or numbered and nearly so. */
function sectionNamed(line: PrintedLine, names: readonly Name[]): string | undefined {
  const text = textOf(line);
  if (text === undefined || text.length > longestHeading) return undefined;
  const plain = simplified(text).trim();
  const normal = normalForm(plain);
  const exact = names.find(({ label }) => label === normal);
  if (exact) return exact.key;
  if (!numbering.test(plain)) return undefined;
  const title = normalForm(plain.replace(numbering, ''));
  const [best] = names
    .map(({ key, label }) => ({
      key,
      share: commonLength(title, label) / label.length,
      spare: title.length / label.length,
    }))
    .filter(({ share, spare }) => share >= 0.8 && spare <= 2)
    .sort((a, b) => b.share - a.share || a.spare - b.spare);
  return best?.key;
}

const longestHeading = 60;

/** The text of a line that is nothing but one cell. */
function textOf({ cells }: PrintedLine): string | undefined {
  const filled = cells.filter(({ text }) => text.trim() !== '');
  return filled.length === 1 ? filled[0]?.text : undefined;
}

function fullName({ number, label }: Section): string {
  return normalForm(number + label['zh-CN']);
}

/** Parts running text at the titles of sections that stand in the middle of it, and a cell that holds a whole page at its lines. */
export function partAtTitles(lines: readonly PrintedLine[], sections: readonly Section[]): PrintedLine[] {
  const titles = sections.map(({ number, label }) => simplified(`${number}、${label['zh-CN']}`));
  // A title somebody quotes is no title.
  const pattern = new RegExp(`(?<!["“‘《(（])(?:${titles.join('|')})`, 'gu');
  return lines.flatMap(unpacked).flatMap((line) => {
    const [cell] = line.cells;
    if (line.kind !== 'plain' || !cell || cell.text.length <= longestHeading) return [line];
    return partsOf(cell.text, pattern).map((text) => ({ ...line, cells: [{ ...cell, text }] }));
  });
}

/** A row that is one cell of many lines is no row but what it holds. */
function unpacked(line: PrintedLine): PrintedLine[] {
  const [cell, ...others] = line.cells;
  if (line.kind !== 'grid' || !cell || others.length > 0 || !cell.text.includes('\n')) return [line];
  return cell.text.split('\n').map((text) => ({ ...line, kind: 'plain', cells: [{ ...cell, text }] }));
}

function partsOf(text: string, pattern: RegExp): string[] {
  const parts: string[] = [];
  let end = 0;
  for (const { 0: title, index } of simplified(text).matchAll(pattern)) {
    parts.push(text.slice(end, index), text.slice(index, index + title.length));
    end = index + title.length;
  }
  return [...parts, text.slice(end)].filter((part) => part.trim() !== '');
}
