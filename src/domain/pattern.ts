import { toWritten, type Cell } from './cell.ts';
import type { Change } from './correction.ts';
import { digitSlip, type DigitSlip } from './digits.ts';
import { writtenFigure, type Figures } from './figures.ts';
import type { Form } from './form.ts';
import type { Params, Words } from './language.ts';
import { exactSum, sum, totalCells, type TotalCell } from './totals.ts';

/** How figures go wrong at a desk. */
export type PatternName =
  | DigitSlip
  | 'totalZero'
  | 'totalUnchanged'
  | 'nextColumn'
  | 'nextRow'
  | 'columnsSwapped'
  | 'rowsSwapped'
  | 'rowShifted';

/** A pattern recognised in a set of suspects, with what fills the placeholders of its sentence in `patternWords`. */
export interface Pattern {
  readonly name: PatternName;
  readonly params: Params;
}

/**
 * The sentence for each pattern. `{cell}` and `{other}` are labels, `{stated}` is what stands in the cell, `{implied}`
 * what the report implies, `{otherStated}` what stands in the other cell; `{row}` and `{direction}` tell of a shift.
 */
export const patternWords: Readonly<Record<PatternName, Words>> = {
  digitsTransposed: {
    'zh-CN': '“{cell}”填了 {stated}，疑为数字前后颠倒，似应为 {implied}。',
    en: '“{cell}” says {stated}: probably two digits changed places, {implied} was meant.',
  },
  zeroAdded: {
    'zh-CN': '“{cell}”填了 {stated}，疑为多写了一个 0，似应为 {implied}。',
    en: '“{cell}” says {stated}: probably a zero too many, {implied} was meant.',
  },
  zeroDropped: {
    'zh-CN': '“{cell}”填了 {stated}，疑为漏写了一个 0，似应为 {implied}。',
    en: '“{cell}” says {stated}: probably a zero was left out, {implied} was meant.',
  },
  digitDoubled: {
    'zh-CN': '“{cell}”填了 {stated}，疑为有一位数字重复录入，似应为 {implied}。',
    en: '“{cell}” says {stated}: probably a digit was typed twice, {implied} was meant.',
  },
  digitAdded: {
    'zh-CN': '“{cell}”填了 {stated}，疑为多写了一位数字，似应为 {implied}。',
    en: '“{cell}” says {stated}: probably a digit too many, {implied} was meant.',
  },
  digitDropped: {
    'zh-CN': '“{cell}”填了 {stated}，疑为漏写了一位数字，似应为 {implied}。',
    en: '“{cell}” says {stated}: probably a digit was left out, {implied} was meant.',
  },
  totalZero: {
    'zh-CN': '“{cell}”填了 0，而各分项合计为 {implied}，疑为漏填合计数。',
    en: '“{cell}” says 0 though its parts add up to {implied}: probably the total was never filled in.',
  },
  totalUnchanged: {
    'zh-CN': '“{cell}”填了 {stated}，而各分项合计为 {implied}，疑为分项改动后合计数没有跟着改。',
    en: '“{cell}” says {stated} though its parts add up to {implied}: probably a part was changed and the total was not.',
  },
  nextColumn: {
    'zh-CN': '{stated} 疑为填错了一列：现填在“{cell}”，似应填在相邻的“{other}”。',
    en: '{stated} was probably typed one column off: it stands in “{cell}” and seems to belong in “{other}”.',
  },
  nextRow: {
    'zh-CN': '{stated} 疑为填错了一行：现填在“{cell}”，似应填在相邻的“{other}”。',
    en: '{stated} was probably typed one row off: it stands in “{cell}” and seems to belong in “{other}”.',
  },
  columnsSwapped: {
    'zh-CN': '相邻两列的数疑为互相填反：“{cell}”填了 {stated}，“{other}”填了 {otherStated}。',
    en: 'Two neighbouring columns were probably swapped: “{cell}” says {stated}, “{other}” says {otherStated}.',
  },
  rowsSwapped: {
    'zh-CN': '相邻两行的数疑为互相填反：“{cell}”填了 {stated}，“{other}”填了 {otherStated}。',
    en: 'Two neighbouring rows were probably swapped: “{cell}” says {stated}, “{other}” says {otherStated}.',
  },
  rowShifted: {
    'zh-CN': '“{row}”一行疑为整行错位一列，各数似应向{direction}移一列。',
    en: 'The row “{row}” was probably typed one column off: its figures seem to belong one column to the {direction}.',
  },
};

/** Where the cells of a form stand to each other, and which of them state totals. */
export interface PatternLayout {
  readonly cells: readonly Cell[];
  /** For each cell, the places of the next column and of the next row of its table. */
  readonly next: readonly { readonly column: number | undefined; readonly row: number | undefined }[];
  /** By the place of a stated total, what it is the total of: its row, its column or both. */
  readonly totals: ReadonlyMap<number, readonly TotalCell[]>;
}

export function patternLayout(form: Form): PatternLayout {
  const place = (section: string, row?: string, column?: string) =>
    form.cellAt.get(`${section}.${row}.${column}`)?.index;
  const next = form.tables.flatMap(({ section, rows, columns }) =>
    rows.flatMap((row, r) =>
      columns.map((column, c) => ({
        column: place(section, row.key, columns[c + 1]?.key),
        row: place(section, rows[r + 1]?.key, column.key),
      })),
    ),
  );
  return { cells: form.cells, next, totals: Map.groupBy(totalCells(form), ({ cell }) => cell.index) };
}

/** The pattern in changes of one or two cells, the most specific one; none where it is not known what they change to. */
export function patternIn(layout: PatternLayout, figures: Figures, changes: readonly Change[]): Pattern | undefined {
  const [one, other] = changes as readonly [Change, Change?];
  if (one.by === null) return undefined;
  return other ? patternOfTwo(layout, figures, one, other) : patternOfOne(layout, figures, one.place, one.by);
}

function patternOfOne(layout: PatternLayout, figures: Figures, place: number, by: number): Pattern | undefined {
  const cell = layout.cells[place] as Cell;
  const stated = figures[place] as number;
  const slip = cell.value === 'amount' ? undefined : digitSlip(stated, stated + by);
  const name = slip ?? totalPattern(layout, figures, place, by);
  if (!name) return undefined;
  const written = (integer: number) => toWritten(cell.value, integer) as number;
  return { name, params: { cell: cell.label, stated: written(stated), implied: written(stated + by) } };
}

/** Whether a stated total would be what its parts add up to. */
function totalPattern(layout: PatternLayout, figures: Figures, place: number, by: number): PatternName | undefined {
  const stated = figures[place] as number;
  const implied = BigInt(stated + by);
  const isSum = ({ parts }: TotalCell) => !Number.isNaN(sum(figures, parts)) && exactSum(figures, parts) === implied;
  if (!layout.totals.get(place)?.some(isSum)) return undefined;
  return stated === 0 ? 'totalZero' : 'totalUnchanged';
}

/** Two neighbours that should hold each other's figure; where one of them is 0, a figure stands beside its place. */
function patternOfTwo(layout: PatternLayout, figures: Figures, one: Change, other: Change): Pattern | undefined {
  const [a, b] = [figures[one.place] as number, figures[other.place] as number];
  if (one.by !== b - a || other.by !== a - b) return undefined;
  const next = layout.next[one.place];
  const isColumn = next?.column === other.place;
  if (!isColumn && next?.row !== other.place) return undefined;
  if (a === 0) return { name: isColumn ? 'nextColumn' : 'nextRow', params: paramsOf(layout, figures, other, one) };
  if (b === 0) return { name: isColumn ? 'nextColumn' : 'nextRow', params: paramsOf(layout, figures, one, other) };
  return { name: isColumn ? 'columnsSwapped' : 'rowsSwapped', params: paramsOf(layout, figures, one, other) };
}

function paramsOf({ cells }: PatternLayout, figures: Figures, one: Change, other: Change): Params {
  const [cell, otherCell] = [cells[one.place] as Cell, cells[other.place] as Cell];
  return {
    cell: cell.label,
    other: otherCell.label,
    stated: writtenFigure(cell, figures) as number,
    otherStated: writtenFigure(otherCell, figures) as number,
  };
}
