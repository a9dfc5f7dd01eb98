import { toInteger, toWritten, type Cell } from './cell.ts';
import type { Form } from './form.ts';

/**
 * The figures of a report as one vector in the edition's permanent cell order. A blank is NaN, so that a sum with a
 * blank in it is NaN too and can never be taken for a number. Amounts are integers of 0.000001 万元.
 */
export type Figures = Float64Array;

/** The cells of a table on the wire, by row and column; what is left out is blank. */
export type TableContent = Readonly<Record<string, Readonly<Record<string, number | null>> | null>>;

/** The figures of a report's tables, which may leave out rows and columns: those are blank. */
export function packFigures(form: Form, tables: Readonly<Record<string, TableContent | null | undefined>>): Figures {
  const figures = new Float64Array(form.cells.length);
  for (const cell of form.cells) {
    figures[cell.index] = toInteger(cell.value, tables[cell.section]?.[cell.row]?.[cell.column] ?? null);
  }
  return figures;
}

/** Every cell of one section, blanks as `null`, in permanent order. */
export function unpackTable(form: Form, section: string, figures: Figures): TableContent {
  const rows: Record<string, Record<string, number | null>> = {};
  for (const table of form.tables) {
    if (table.section !== section) continue;
    for (const row of table.rows) rows[row.key] = {};
  }
  for (const cell of form.cells) {
    if (cell.section === section) (rows[cell.row] ??= {})[cell.column] = writtenFigure(cell, figures);
  }
  return rows;
}

/** Every table of the form as it holds these figures, by section. */
export function unpackTables(form: Form, figures: Figures): Record<string, TableContent> {
  const sections = new Set(form.tables.map(({ section }) => section));
  return Object.fromEntries([...sections].map((section) => [section, unpackTable(form, section, figures)]));
}

/** A cell's figure as it is written on the wire. */
export function writtenFigure(cell: Cell, figures: Figures): number | null {
  return toWritten(cell.value, figures[cell.index] ?? Number.NaN);
}

/** Figures added up cell by cell. */
export interface Sums {
  /** NaN where one of them is blank, or the sum leaves what a double holds exactly. */
  readonly sums: Figures;
  /** How many of them are blank. */
  readonly blanks: Uint32Array;
  /** Which of the vectors have a blank, by their place. */
  readonly withBlank: readonly number[];
}

/** Adds up vectors of `length` cells, looking at each figure once. */
export function addUp(length: number, vectors: readonly Figures[]): Sums {
  const [sums, blanks] = [new Float64Array(length), new Uint32Array(length)];
  const withBlank: number[] = [];
  for (const [n, vector] of vectors.entries()) {
    let isWhole = true;
    for (let place = 0; place < length; place++) {
      const sum = (sums[place] as number) + (vector[place] as number);
      sums[place] = Math.abs(sum) <= Number.MAX_SAFE_INTEGER ? sum : Number.NaN;
      if (!Number.isNaN(vector[place])) continue;
      blanks[place] = (blanks[place] as number) + 1;
      isWhole = false;
    }
    if (!isWhole) withBlank.push(n);
  }
  return { sums, blanks, withBlank };
}

/** The vector as the bytes a store keeps: little-endian IEEE 754 doubles. */
export function figureBytes(figures: Figures): Uint8Array {
  return new Uint8Array(figures.buffer, figures.byteOffset, figures.byteLength);
}

/** The reverse of `figureBytes`: on the same memory where a double may stand there, else a copy. */
export function figuresFromBytes({ buffer, byteOffset, byteLength }: Uint8Array): Figures {
  const width = Float64Array.BYTES_PER_ELEMENT;
  if (byteOffset % width === 0) return new Float64Array(buffer as ArrayBuffer, byteOffset, byteLength / width);
  return new Float64Array(buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer);
}
