import type { Cell, CellStyle, DataValidation, WriteSheet } from 'hucre/xlsx';
import { greatestFigure, type Cell as FormCell } from '../../domain/cell.ts';
import type { CheckedForm } from '../../domain/compile.ts';
import type { CellValue, TableSection } from '../../domain/edition.ts';
import { sectionTitle } from '../../domain/form.ts';
import { proportionsOf } from './column-widths.ts';
import { layoutOf, type HeadCell, type LayoutCell, type TableLayout } from './layout.ts';
import { noteOn, statedFigure, type PrintedContent } from './report-document.ts';
import { named, placesOf, rowsAbove, sheetName, type Place } from './workbook-places.ts';
import { figureLook, heightFor, look, onA4, textCell } from './workbook-style.ts';
import { totalsOn, type SheetTotals } from './workbook-totals.ts';

/** What a sheet's cells are made from. */
export interface WorkbookSource {
  readonly form: CheckedForm;
  readonly report: PrintedContent;
}

/** The widths of columns, in characters: of one of figures, and of a whole sheet at least. */
const figureWidth = 10;
const leastWidth = 88;

/** The sheet of a table: its title, then the table as it is printed, figures as numbers. */
export function tableSheet(source: WorkbookSource, section: TableSection): WriteSheet {
  const layout = layoutOf(source.form, section);
  const places = placesOf(layout);
  const totals = totalsOn(source.form, source.report, places);
  const headRows = rowsAbove + layout.headRows;
  const unit = Math.max(figureWidth, leastWidth / layout.width);
  const widths = proportionsOf(layout).map((proportion) => proportion * unit);
  const cells = new Map<string, Partial<Cell>>([['0,0', textCell(sectionTitle(section)['zh-CN'], look.title)]]);
  for (const cell of layout.rows.flat()) {
    for (const place of placesIn(cell)) cells.set(`${place.row},${place.column}`, { style: styleOf(cell) });
    cells.set(`${cell.row + rowsAbove},${cell.column}`, contentOf(source, totals, cell));
  }
  return {
    name: sheetName(section),
    cells,
    merges: mergesOf(layout),
    columns: widths.map((width) => ({ width })),
    rowDefs: heightsOf(layout, widths),
    conditionalRules: [...totals.rules],
    dataValidations: validationsOf(source.form, places),
    freezePane: { rows: headRows, columns: layout.labelColumns },
    pageSetup: onA4(layout.width > 4 ? 'landscape' : 'portrait', headRows),
  };
}

function contentOf(source: WorkbookSource, totals: SheetTotals, cell: LayoutCell): Partial<Cell> {
  const style = styleOf(cell);
  if (cell.kind !== 'figure') return textCell(cell.text, style);
  const { address } = cell.cell;
  const remarks = [noteOn(source, cell.cell), totals.remarks.get(address)].filter((remark) => remark !== undefined);
  const comment = remarks.length > 0 ? { comment: { text: remarks.join('\n') } } : {};
  const figure = statedFigure(source, cell.cell);
  const formula = totals.formulas.get(address);
  if (formula === undefined) return { value: figure, style, ...comment };
  return { formula, formulaResult: figure, style, ...comment };
}

function styleOf(cell: LayoutCell): CellStyle {
  if (cell.kind === 'figure') return figureLook[cell.cell.value];
  return cell.kind === 'row' ? look.label : look.head;
}

/** How high each row has to be for the headings that stand in it alone. */
function heightsOf({ rows }: TableLayout, widths: readonly number[]): NonNullable<WriteSheet['rowDefs']> {
  const heights = rows.map((cells) => {
    const heads = cells.filter((cell) => cell.kind !== 'figure' && cell.rowSpan === 1) as HeadCell[];
    return Math.max(
      heightFor('', 1),
      ...heads.map(({ text, column, colSpan }) => {
        const width = widths.slice(column, column + colSpan).reduce((sum, each) => sum + each, 0);
        return heightFor(text, width);
      }),
    );
  });
  return new Map(heights.map((height, row) => [row + rowsAbove, { height }]));
}

/** Every place on the sheet that a cell covers: each has its own rules. */
function placesIn({ row, column, rowSpan, colSpan }: LayoutCell): Place[] {
  return Array.from({ length: rowSpan * colSpan }, (_, place) => ({
    row: row + rowsAbove + Math.floor(place / colSpan),
    column: column + (place % colSpan),
  }));
}

function mergesOf({ rows, width }: TableLayout): NonNullable<WriteSheet['merges']> {
  const merged = rows.flat().filter(({ rowSpan, colSpan }) => rowSpan > 1 || colSpan > 1);
  return [
    { startRow: 0, startCol: 0, endRow: 0, endCol: width - 1 },
    ...merged.map(({ row, column, rowSpan, colSpan }) => ({
      startRow: row + rowsAbove,
      startCol: column,
      endRow: row + rowsAbove + rowSpan - 1,
      endCol: column + colSpan - 1,
    })),
  ];
}

/** What may be typed into a cell, by what it holds, and what is said to whoever types something else. */
const typed: Readonly<Record<CellValue, { readonly type: 'whole' | 'decimal'; readonly message: string }>> = {
  count: { type: 'whole', message: '应为整数，不小于 0；没有的填 0。' },
  signedCount: { type: 'whole', message: '应为整数；减少的填负数。' },
  amount: { type: 'decimal', message: '应为不小于 0 的数，按表头所注单位填写，最多六位小数。' },
};

function validationsOf(form: CheckedForm, places: ReadonlyMap<string, Place>): DataValidation[] {
  const cells = [...places.keys()].map((address) => form.cellAt.get(address) as FormCell);
  return [...new Set(cells.map(({ value }) => value))].map((value) => ({
    type: typed[value].type,
    operator: 'between',
    formula1: String(value === 'signedCount' ? -greatestFigure(value) : 0),
    formula2: String(greatestFigure(value)),
    allowBlank: true,
    showErrorMessage: true,
    errorTitle: '数值不合要求',
    errorMessage: typed[value].message,
    range: cells
      .filter((cell) => cell.value === value)
      .map(({ address }) => named(places.get(address) as Place))
      .join(' '),
  }));
}
