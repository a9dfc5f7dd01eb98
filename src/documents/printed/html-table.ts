import { TableGrid, type SpanningCell } from './table-grid.ts';
import { TextFlow } from './text-flow.ts';
import { greatestCells, tooLong, type PrintedLines } from './printed-lines.ts';

/** As browsers bound them. */
const greatestColumns = 1_000;
const greatestRows = 65_534;

interface OpenCell {
  readonly flow: TextFlow;
  readonly columns: number;
  readonly rows: number;
  /** A table stands in it: what else stands there belongs to the page. */
  laysOut: boolean;
}

/** A table of a page while it is being read. */
export class HtmlTable {
  readonly #number: number;
  readonly #grid = new TableGrid();
  #row = 0;
  #cells: SpanningCell[] = [];
  #cell: OpenCell | undefined;
  #laysOut = false;

  /** @param number of the table within the document, from 1 */
  constructor(number: number) {
    this.#number = number;
  }

  /** Where text goes: into the open cell, if there is one and it holds no table. */
  get flow(): TextFlow | undefined {
    return this.#cell?.laysOut ? undefined : this.#cell?.flow;
  }

  /** @throws DocumentRefused `too-large`: a row may be longer than memory before it ends */
  beginCell(attributes: ReadonlyMap<string, string>): void {
    if (this.#cells.length === greatestCells) throw tooLong();
    const columns = Math.max(1, Math.min(spanOf(attributes.get('colspan')), greatestColumns));
    const rows = Math.min(spanOf(attributes.get('rowspan')), greatestRows);
    this.#cell = { flow: new TextFlow(), columns, rows: rows === 0 ? Infinity : rows, laysOut: false };
  }

  /**
   * A table begins in the open cell. Such a cell only lays out the page, and its text is text of the page: in the cell,
   * the headings between the tables of a report would all stand after them.
   * @returns what stood in the cell so far
   */
  layOut(): string {
    if (!this.#cell) return '';
    this.#cell.laysOut = true;
    this.#laysOut = true;
    return this.#cell.flow.take();
  }

  endCell(): void {
    if (!this.#cell) return;
    const { flow, columns, rows } = this.#cell;
    this.#cells.push({ text: flow.take(), columns, rows });
    this.#cell = undefined;
  }

  endRow(lines: PrintedLines): void {
    const cells = this.#grid.addRow(this.#cells);
    const onlyLaysOut = this.#laysOut && cells.every(({ text }) => text.trim() === '');
    this.#row++;
    this.#cells = [];
    this.#laysOut = false;
    if (cells.length > 0 && !onlyLaysOut) lines.add('grid', cells, { table: this.#number, row: this.#row });
  }

  endGroup(): void {
    this.#grid.endGroup();
  }
}

/** The whole number a `colspan` or `rowspan` begins with; 1 where it has none. */
function spanOf(attribute: string | undefined): number {
  const digits = /^\s*\+?(\d+)/.exec(attribute ?? '')?.[1];
  return digits === undefined ? 1 : Number(digits);
}
