import type { TableLayout } from './layout.ts';

/** How wide a column of labels is beside one of figures, as the notice prints them: groups narrow, the rows' own wide. */
const groupWidth = 1.2;
const labelWidth = 4.8;

/** The widths of a table's columns in the proportions of the notice, adding up to `whole`. */
export function columnWidths({ width, labelColumns }: TableLayout, whole: number): number[] {
  const proportions = Array.from({ length: width }, (_, column) => {
    if (column >= labelColumns || labelColumns === 1) return 1;
    return column === labelColumns - 1 ? labelWidth : groupWidth;
  });
  const sum = proportions.reduce((total, each) => total + each, 0);
  return proportions.map((each) => (each / sum) * whole);
}
