import type { Cell, WriteSheet } from 'hucre/xlsx';
import type { Section, TableSection } from '../../domain/edition.ts';
import { dataColumns } from '../own-words.ts';
import { layoutOf } from './layout.ts';
import { labelledCells, type LabelledCell } from './labelled-cells.ts';
import { noteOn, statedFigure } from './report-document.ts';
import { namedFromOutside, placesOf, type Place } from './workbook-places.ts';
import { figureLook, look, onA4, textCell } from './workbook-style.ts';
import type { WorkbookSource } from './workbook-table.ts';

/** The columns of the sheet of data, each with its width in characters. */
const columns = [
  [dataColumns.cell, 42],
  [dataColumns.section, 38],
  [dataColumns.row, 76],
  [dataColumns.column, 26],
  [dataColumns.value, 14],
  [dataColumns.unit, 8],
  [dataColumns.note, 40],
] as const;

/** Every cell by its address: the figure is taken from its table, and its note is written here. */
export function dataSheet(source: WorkbookSource): WriteSheet {
  const cells = new Map<string, Partial<Cell>>();
  columns.forEach(([label], column) => cells.set(`0,${column}`, textCell(label, look.head)));
  const tables = source.form.edition.sections.filter((section) => section.kind === 'table');
  const sections = new Map(tables.map((section) => [section.key, placedSection(source, section)]));
  labelledCells(source.form).forEach((labelled, place) => {
    const { section, places } = sections.get(labelled.cell.section) as PlacedSection;
    const where = namedFromOutside(section, places.get(labelled.cell.address) as Place);
    rowOf(source, labelled, where).forEach((cell, column) => cells.set(`${place + 1},${column}`, cell));
  });
  return {
    name: '数据',
    cells,
    columns: columns.map(([, width]) => ({ width })),
    freezePane: { rows: 1, columns: 1 },
    pageSetup: onA4('landscape', 1),
  };
}

interface PlacedSection {
  readonly section: Section;
  readonly places: ReadonlyMap<string, Place>;
}

function placedSection({ form }: WorkbookSource, section: TableSection): PlacedSection {
  return { section, places: placesOf(layoutOf(form, section)) };
}

/** A formula that refers to a blank cell would give 0, and blank is not 0. */
function rowOf(source: WorkbookSource, { cell, section, row, column }: LabelledCell, where: string): Partial<Cell>[] {
  const text = (value: string) => textCell(value, look.data);
  return [
    text(cell.address),
    text(section['zh-CN']),
    text(row['zh-CN']),
    text(column['zh-CN']),
    {
      formula: `IF(ISBLANK(${where}),"",${where})`,
      formulaResult: statedFigure(source, cell) ?? '',
      style: figureLook[cell.value],
    },
    text(cell.unit?.['zh-CN'] ?? ''),
    text(noteOn(source, cell) ?? ''),
  ];
}
