import { cellRef, rangeRef } from 'hucre/xlsx';
import type { Section } from '../../domain/edition.ts';
import { sectionTitle } from '../../domain/form.ts';
import type { TableLayout } from './layout.ts';

/** Where a cell stands on its sheet, counted from 0. */
export interface Place {
  readonly row: number;
  readonly column: number;
}

/** The rows above a table on its sheet: the section's title. */
export const rowsAbove = 1;

/** Where the figures of a section stand on its sheet, by address. */
export function placesOf({ rows }: TableLayout): Map<string, Place> {
  const figures = rows.flat().filter((cell) => cell.kind === 'figure');
  return new Map(figures.map(({ cell, row, column }) => [cell.address, { row: row + rowsAbove, column }]));
}

/** A place as a formula names it: `D5`. */
export function named({ row, column }: Place): string {
  return cellRef(row, column);
}

/** Some places as a formula names them: one range where they stand in a line (`D5:I5`), else one by one. */
export function namedTogether(places: readonly Place[]): string {
  const [first, last] = [places[0] as Place, places.at(-1) as Place];
  const inRow = places.every(({ row, column }, step) => row === first.row && column === first.column + step);
  const inColumn = places.every(({ row, column }, step) => row === first.row + step && column === first.column);
  if (places.length === 1 || !(inRow || inColumn)) return places.map(named).join(',');
  return rangeRef(first.row, first.column, last.row, last.column);
}

/** A place as the formulas of another sheet name it: `'二、主动公开政府信息情况'!B4`. */
export function namedFromOutside(section: Section, place: Place): string {
  return `'${sheetName(section)}'!${named(place)}`;
}

/** The name of a section's sheet: its title, without what a name cannot hold, and as long as one may be. */
export function sheetName(section: Section): string {
  const title = sectionTitle(section)['zh-CN'];
  return title.replace(/[[\]:*?/\\']/g, '').slice(0, 31);
}
