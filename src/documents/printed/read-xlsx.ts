import { readXlsx as readWorkbook } from 'hucre/xlsx';
import type { MergeRange, Sheet } from 'hucre';
import { xmlPartsOf } from './archive.ts';
import type { LineKind, Printed, PrintedCell } from './printed.ts';
import { PrintedLines } from './printed-lines.ts';
import { damaged, DocumentRefused } from '../refusal.ts';

/** The part of a sheet that is read. A mark somewhere far out, as clerks leave them, costs nothing. */
const area = 'A1:CV20000';

/** Of one XML part, in bytes: workbooks handed on for years grow styles by the megabyte. */
const greatestPart = 16 * 1024 * 1024;

/** How many merged cells a sheet may have; the form has about 60. */
export const greatestMerges = 2_000;

/**
 * What a workbook prints: its visible sheets, their visible rows and columns, the value a formula had when the workbook
 * was saved (the formula itself, if none was saved), numbers as they are stored. Columns are those of the sheet.
 * @throws DocumentRefused as `xmlPartsOf` does, `damaged` for what is no workbook
 */
export async function readXlsx(bytes: Uint8Array): Promise<Printed> {
  await xmlPartsOf(bytes, greatestPart);
  const printed = new PrintedLines();
  for (const sheet of await visibleSheets(bytes)) addSheet(printed, sheet);
  return { lines: printed.lines };
}

async function visibleSheets(bytes: Uint8Array): Promise<readonly Sheet[]> {
  try {
    const workbook = await readWorkbook(bytes, {
      range: area,
      sheets: ({ hidden, veryHidden }) => !hidden && !veryHidden,
    });
    return workbook.sheets;
  } catch (error) {
    throw damaged(error);
  }
}

function addSheet(printed: PrintedLines, sheet: Sheet): void {
  const merges = sheet.merges ?? [];
  if (merges.length > greatestMerges) throw tooManyMerges(sheet.name);
  const width = usedWidth(sheet);
  let blank = 0;
  for (const index of sheet.rows.keys()) {
    if (sheet.rowDefs?.get(index)?.hidden) continue;
    const cells = cellsOf(sheet, index, width);
    blank = cells.every(({ text }) => text.trim() === '') ? blank + 1 : 0;
    if (blank <= mostBlankRows) printed.add(kindOf(cells, index), cells, { sheet: sheet.name, row: index + 1 });
  }
}

/** Rows with nothing in them are printed; at the end of a sheet there may be thousands that nobody sees. */
const mostBlankRows = 20;

/** A sheet begins with its title. */
function kindOf(cells: readonly PrintedCell[], row: number): LineKind {
  return row === 0 && cells.filter(({ text }) => text.trim() !== '').length === 1 ? 'heading' : 'grid';
}

/** The cells of a row up to the last column anything stands in. */
function cellsOf(sheet: Sheet, row: number, width: number): PrintedCell[] {
  const merges = (sheet.merges ?? []).filter(({ startRow, endRow }) => startRow <= row && row <= endRow);
  const cells: PrintedCell[] = [];
  for (let column = 0, span = 1; column < width; column += span) {
    const merge = merges.find(({ startCol, endCol }) => startCol <= column && column <= endCol);
    span = merge ? merge.endCol - column + 1 : 1;
    if (isHidden(sheet, column, span)) continue;
    const text = textAt(sheet, merge?.startRow ?? row, merge?.startCol ?? column);
    cells.push({ text, column, span, ...(isFromAbove(merge, row) && { fromAbove: true }) });
  }
  return cells;
}

function isFromAbove(merge: MergeRange | undefined, row: number): boolean {
  return merge !== undefined && merge.startRow < row;
}

function isHidden(sheet: Sheet, column: number, span: number): boolean {
  const columns = sheet.columns?.slice(column, column + span) ?? [];
  return columns.length === span && columns.every(({ hidden }) => hidden);
}

function usedWidth(sheet: Sheet): number {
  return sheet.rows.reduce((width, values, row) => {
    return Math.max(width, values.findLastIndex((_, column) => textAt(sheet, row, column) !== '') + 1);
  }, 0);
}

function textAt({ rows, cells }: Sheet, row: number, column: number): string {
  const value = rows[row]?.[column] ?? null;
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  if (value !== null) return String(value);
  // What the formula would come to is not known, but it is no blank.
  const formula = cells?.get(`${row},${column}`)?.formula;
  return formula === undefined ? '' : `=${formula}`;
}

function tooManyMerges(sheet: string): DocumentRefused {
  return new DocumentRefused('too-large', {
    'zh-CN': `工作表“${sheet}”的合并单元格超过 ${greatestMerges} 处。请只上传报告本身。`,
    en: `Sheet “${sheet}” has more than ${greatestMerges} merged cells. Send the report alone.`,
  });
}
