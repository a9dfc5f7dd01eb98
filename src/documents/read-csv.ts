import { detectDelimiter, parseCsv } from 'hucre/csv';
import type { Printed } from './printed.ts';
import { PrintedLines } from './printed-lines.ts';

const delimiters = new Set([',', ';', '\t']);

/**
 * The rows of a text table whose cells are parted by commas, semicolons or tabs, quoted where need be. Rows with nothing
 * in them are left out.
 * @throws DocumentRefused `too-large`
 */
export function readCsv(text: string): Printed {
  const printed = new PrintedLines();
  let line = 1;
  for (const [index, row] of parseCsv(text, { delimiter: delimiterOf(text) }).entries()) {
    const cells = row.map((value, column) => ({ text: String(value ?? ''), column, span: 1 }));
    if (cells.some((cell) => cell.text.trim() !== '')) printed.add('grid', cells, { line, row: index + 1 });
    line += 1 + cells.reduce((sum, cell) => sum + lineBreaksIn(cell.text), 0);
  }
  return { lines: printed.lines };
}

function delimiterOf(text: string): string {
  const detected = detectDelimiter(text);
  return delimiters.has(detected) ? detected : ',';
}

function lineBreaksIn(text: string): number {
  return text.split(/\r\n?|\n/).length - 1;
}
