import type { PrintedCell } from './printed.ts';

/** A cell as a table states it: how many columns and rows it covers; `rows` may be `Infinity`, to the end of the group. */
export interface SpanningCell {
  readonly text: string;
  readonly columns: number;
  readonly rows: number;
}

interface Reaching {
  readonly cell: PrintedCell;
  /** How many rows more it reaches into. */
  readonly rows: number;
}

/**
 * Lays out a table row by row: every cell goes to the first column that no cell from above covers. Only the cells are
 * kept, never the columns and rows they cover, so that spans cost nothing.
 */
export class TableGrid {
  /** By column, none over another. */
  #reaching: readonly Reaching[] = [];

  /** The cells of the next row from left to right, those from above among them; no two cover the same column. */
  addRow(cells: readonly SpanningCell[]): PrintedCell[] {
    const row: PrintedCell[] = [];
    const reaching: Reaching[] = [];
    const above = this.#reaching.values();
    let next = above.next().value;
    let column = 0;
    const print = (cell: PrintedCell, rowsBelow: number): void => {
      row.push(cell);
      if (rowsBelow > 0) reaching.push({ cell: { ...cell, fromAbove: true }, rows: rowsBelow });
      column = cell.column + cell.span;
    };
    const printAbove = ({ cell, rows }: Reaching): void => {
      print(cell, rows - 1);
      next = above.next().value;
    };
    for (const { text, columns, rows } of cells) {
      while (next && next.cell.column <= column) printAbove(next);
      const free = (next?.cell.column ?? Infinity) - column;
      print({ text, column, span: Math.min(columns, free) }, rows - 1);
    }
    while (next) printAbove(next);
    this.#reaching = reaching;
    return row;
  }

  /** Ends a group of rows (`<tbody>`): no cell reaches beyond it. */
  endGroup(): void {
    this.#reaching = [];
  }
}
