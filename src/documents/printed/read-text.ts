import { greatestText, PrintedLines, tooLong } from './printed-lines.ts';
import type { LineKind, Printed, PrintedLine } from './printed.ts';

/** A page's number on a line of its own. */
const pageNumber = /^\s*(?:[-—–－]\s*\d{1,3}\s*[-—–－]|第\s*\d{1,3}\s*页(?:\s*[,，/]?\s*共\s*\d{1,3}\s*页)?)\s*$/u;

/** The line under a Markdown table's head. */
const rule = /^\s*\|?(?:\s*(?::?-{3,}:?|:-+:?|-+:)\s*\|)+(?:\s*(?::?-{3,}:?|:-+:?|-+:)\s*)?$/u;

const bars = /[|¦｜]/u;

const loneBar = /^\s*[|¦｜]\s*$/u;

const markdownHeading = /^#{1,6}\s+(.*?)\s*#*$/u;

/**
 * Reads plain text and Markdown: cells parted by tabs or bars, with or without bars at the ends; a cell a line;
 * or running text. Pages' numbers are left out.
 *
 * @throws DocumentRefused `too-large`
 */
export function readText(text: string): Printed {
  if (text.length > greatestText) throw tooLong();
  const raw = text.split(/\r\n|[\n\r\f\v\u0085\u2028\u2029]/u);
  const spaced = raw.filter((line) => line === '').length > raw.length * 0.3;
  const printed = new PrintedLines();
  let above = '|';
  for (const [index, line] of raw.entries()) {
    const isEnd = loneBar.test(line) && !bars.test(above);
    if (line.trim() !== '') above = line;
    // A bar alone below a line without one ends the cell that stands there; it is no cell of its own.
    if (isEnd) continue;
    for (const { kind, cells, place } of readLine(line, index + 1, spaced)) printed.add(kind, cells, place);
  }
  return { lines: printed.lines, ...(!bars.test(text.trimEnd().slice(-1)) && { open: true }) };
}

/** @param spaced lines are parted by empty ones, so that one with nothing but white space in it is a blank cell */
function readLine(line: string, number: number, spaced: boolean): PrintedLine[] {
  if (pageNumber.test(line) || rule.test(line)) return [];
  const heading = markdownHeading.exec(line)?.[1];
  if (heading !== undefined) return [lineOf('heading', [heading], number)];
  const cells = cellsIn(line);
  if (cells) return cells.length > 0 ? [lineOf('separated', cells, number)] : [];
  if (line.trim() !== '') return [lineOf('plain', [line], number)];
  return spaced && line !== '' ? [lineOf('separated', [''], number)] : [];
}

/** The cells of a line that has separators; none where it has nothing else, as it fills up a row of a wider table. */
function cellsIn(line: string): string[] | undefined {
  if (!bars.test(line)) return line.includes('\t') && line.trim() !== '' ? withoutPadding(line.split('\t')) : undefined;
  const cells = line
    .trim()
    .split(bars)
    .map((cell) => cell.trim());
  if (cells.every((cell) => cell === '')) return cells.length === 2 ? [''] : [];
  if (cells[0] === '') cells.shift();
  if (cells.at(-1) === '') cells.pop();
  return withoutPadding(cells);
}

/** One cell with nothing behind it is one cell, however wide the table. */
function withoutPadding(cells: readonly string[]): string[] {
  return cells[0] !== '' && cells.slice(1).every((cell) => cell === '') ? cells.slice(0, 1) : [...cells];
}

function lineOf(kind: LineKind, cells: readonly string[], number: number): PrintedLine {
  return {
    kind,
    cells: cells.map((text, column) => ({ text: text.replaceAll('**', ''), column, span: 1 })),
    place: { line: number },
  };
}
