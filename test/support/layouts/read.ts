import { readCsv } from '../../../src/documents/printed/read-csv.ts';
import { readHtml } from '../../../src/documents/printed/read-html.ts';
import { readText } from '../../../src/documents/printed/read-text.ts';
import type { Printed } from '../../../src/documents/printed/printed.ts';
import type { DocumentReading } from '../../../src/documents/reading.ts';
import { reportReader } from '../../../src/documents/reading/read-report.ts';
import { forms } from '../forms.ts';
import type { PrinterName } from './printers.ts';

export const read = reportReader(forms);

/** The printed lines of a text some printer made. */
export function printedBy(printer: PrinterName, text: string): Printed {
  if (printer === 'asCsv') return readCsv(text);
  return printer.endsWith('Html') || printer === 'asOneHtmlTable' ? readHtml(text) : readText(text);
}

/** The figures that were read, by cell address. */
export function figuresIn({ sections }: DocumentReading): Map<string, number> {
  const figures = new Map<string, number>();
  for (const [section, rows] of Object.entries(sections)) {
    for (const [row, columns] of Object.entries(rows)) {
      if (columns === null || typeof columns !== 'object') continue;
      for (const [column, figure] of Object.entries(columns as Record<string, number | null>)) {
        if (figure !== null) figures.set(`${section}.${row}.${column}`, figure);
      }
    }
  }
  return figures;
}
