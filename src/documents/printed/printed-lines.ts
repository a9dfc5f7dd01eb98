import type { LineKind, Place, PrintedCell, PrintedLine } from './printed.ts';
import { DocumentRefused } from '../refusal.ts';

/** How many lines and cells of a document are read: a report has about 60 rows and 400 cells. */
export const greatestLines = 20_000;
export const greatestCells = 200_000;
/** How many characters may stand in one cell or paragraph, or in a whole file of plain rows. */
export const greatestText = 2_000_000;

/** The lines of a document while it is being read, within bounds. */
export class PrintedLines {
  readonly lines: PrintedLine[] = [];
  #cells = 0;

  /**
   * The next line in reading order.
   * @throws DocumentRefused `too-large`
   */
  add(kind: LineKind, cells: readonly PrintedCell[], place: Place): void {
    this.#cells += cells.length;
    if (this.lines.length === greatestLines || this.#cells > greatestCells) throw tooLong();
    this.lines.push({ kind, cells, place });
  }
}

/** The refusal of a document beyond these bounds. */
export function tooLong(): DocumentRefused {
  return new DocumentRefused('too-large', {
    'zh-CN': `文件超过 ${greatestLines} 行、${greatestCells} 个单元格，或文字过长，不像一份年度报告。请只上传报告本身。`,
    en: `The file has more than ${greatestLines} lines or ${greatestCells} cells, or too much text. Send the report alone.`,
  });
}
