import type { TableLayout } from './layout.ts';

/** How wide a column of labels is beside one of figures, as the notice prints them: groups narrow, the rows' own wide. */
const groupWidth = 1.2;
const labelWidth = 4.8;

/** The proportions of a table's columns, that of a column of figures being 1. */
export function proportionsOf({ width, labelColumns }: TableLayout): number[] {
  return Array.from({ length: width }, (_, column) => {
    if (column >= labelColumns || labelColumns === 1) return 1;
    return column === labelColumns - 1 ? labelWidth : groupWidth;
  });
}

/** The widths of a table's columns, adding up to `whole`. */
export function columnWidths(layout: TableLayout, whole: number): number[] {
  const proportions = proportionsOf(layout);
  const sum = proportions.reduce((total, each) => total + each, 0);
  return proportions.map((each) => (each / sum) * whole);
}
