import { parseCsv } from 'hucre/csv';
import type { Printed } from './printed.ts';
import { greatestText, PrintedLines, tooLong } from './printed-lines.ts';

/** Commas stand in figures, too (`1,024`; `1,5;2,5`): where it is a tie, the first of these. */
const delimiters = ['\t', ';', ','];

/**
 * The rows of a text table whose cells are parted by commas, semicolons or tabs, quoted where need be. Rows with nothing
 * in them are left out.
 * @throws DocumentRefused `too-large`
 */
export function readCsv(text: string): Printed {
  if (text.length > greatestText) throw tooLong();
  const printed = new PrintedLines();
  let line = 1;
  for (const [index, row] of parseCsv(text, { delimiter: delimiterOf(text) }).entries()) {
    const cells = row.map((value, column) => ({ text: String(value ?? ''), column, span: 1 }));
    if (cells.some((cell) => cell.text.trim() !== '')) printed.add('grid', cells, { line, row: index + 1 });
    line += 1 + cells.reduce((sum, cell) => sum + lineBreaksIn(cell.text), 0);
  }
  return { lines: printed.lines };
}

/** The delimiter that stands in most lines, then most often, quoted text aside. */
function delimiterOf(text: string): string {
  const lines = text.replaceAll(/"[^"]*"/g, '').split(/[\r\n]+/);
  const counted = delimiters.map((delimiter) => {
    const counts = lines.map((line) => line.split(delimiter).length - 1).filter((count) => count > 0);
    return { delimiter, lines: counts.length, times: counts.reduce((sum, count) => sum + count, 0) };
  });
  // Stable: what is listed first wins a tie.
  counted.sort((one, other) => other.lines - one.lines || other.times - one.times);
  return counted[0]?.delimiter ?? ',';
}

function lineBreaksIn(text: string): number {
  return text.split(/\r\n?|\n/).length - 1;
}
