import type { CellValue } from './edition.ts';
import type { Words } from './language.ts';

/** One figure of a form. */
export interface Cell {
  /** Its place in the edition's permanent order, and in every figure vector. */
  readonly index: number;
  /** `section.row.column`. */
  readonly address: string;
  readonly section: string;
  readonly row: string;
  readonly column: string;
  readonly value: CellValue;
  /** Row and column in official words. */
  readonly label: Words;
  readonly unit?: Words;
}

/** What an amount is counted in inside the service: millionths of 万元, that is 分, so that sums are exact. */
const amountScale = 1_000_000;

/** In 万元: ten times what the country takes in a year. From 2^32 on, a double cannot carry six decimals. */
const greatestAmount = 1_000_000_000;

/** The greatest figure a cell holds, as it is written on the wire. */
export function greatestFigure(value: CellValue): number {
  return value === 'amount' ? greatestAmount : Number.MAX_SAFE_INTEGER;
}

/** Whether a number is an amount of at most six decimals: tested by rounding, since 0.1 × 10⁶ has no exact product. */
export function isExactAmount(amount: number): boolean {
  return Math.round(amount * amountScale) / amountScale === amount;
}

/** A figure as written on the wire (万元 for an amount) as the integer kept in a vector; blank (`null`) is NaN. */
export function toInteger(value: CellValue, written: number | null): number {
  if (written === null) return Number.NaN;
  // Adding 0 turns -0, which JSON can write, into 0.
  return (value === 'amount' ? Math.round(written * amountScale) : written) + 0;
}

/** The reverse of `toInteger`. */
export function toWritten(value: CellValue, integer: number): number | null {
  if (Number.isNaN(integer)) return null;
  return value === 'amount' ? integer / amountScale : integer;
}
