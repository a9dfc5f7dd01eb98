import { calculateRowHeight, type Cell, type CellStyle, type WriteSheet } from 'hucre/xlsx';
import type { CellValue } from '../../domain/edition.ts';

const font = { name: '宋体', size: 11 };
const line = { style: 'thin' } as const;
const border = { top: line, right: line, bottom: line, left: line };
const centre = { horizontal: 'center', vertical: 'center', wrapText: true } as const;

/** How the cells of a workbook look, by what they hold. */
export const look = {
  title: { font: { ...font, size: 14, bold: true }, alignment: { vertical: 'center' } },
  head: { font: { ...font, bold: true }, border, alignment: centre, fill: solid('F2F2F2') },
  label: { font, border, alignment: { horizontal: 'left', vertical: 'center', wrapText: true } },
  data: { font, border, alignment: { vertical: 'center' } },
  text: { font, alignment: { vertical: 'top', wrapText: true } },
} satisfies Record<string, CellStyle>;

/** Counts without decimals, amounts with as many as they have. */
export const figureLook: Readonly<Record<CellValue, CellStyle>> = {
  count: { font, border, alignment: centre, numFmt: '0' },
  signedCount: { font, border, alignment: centre, numFmt: '0' },
  amount: { font, border, alignment: centre, numFmt: '0.00####' },
};

/** A stated total that is not what it adds up to. */
export const wrong: CellStyle = { fill: { type: 'pattern', pattern: 'solid', bgColor: { rgb: 'FFC7CE' } } };

/** On A4, as wide as the page and as long as it takes, in the direction asked for. */
export function onA4(orientation: 'portrait' | 'landscape', headRows: number): NonNullable<WriteSheet['pageSetup']> {
  return {
    paperSize: 'a4',
    orientation,
    fitToPage: true,
    fitToWidth: 1,
    fitToHeight: 0,
    printTitlesRow: `$1:$${headRows}`,
  };
}

/** A cell that holds a text, never a formula, whatever the text begins with. */
export function textCell(text: string, style: CellStyle): Partial<Cell> {
  // Workbooks write characters XML cannot hold as _x0001_, so that a text that looks like that has to say so.
  return { value: text.replace(/_(x[\dA-Fa-f]{4}_)/g, '_x005F_$1'), style };
}

/** How high a row has to be for a text, in points: Excel finds out by itself for cells that are not merged only. */
export function heightFor(text: string, width: number): number {
  return Math.min(greatestHeight, calculateRowHeight([text], { wrapText: true, columnWidths: [width] }) + 3);
}

/** The greatest height a row can have. */
const greatestHeight = 409;

function solid(rgb: string) {
  return { type: 'pattern', pattern: 'solid', fgColor: { rgb } } as const;
}
