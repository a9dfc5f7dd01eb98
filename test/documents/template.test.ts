import { openXlsx, saveXlsx, type Sheet } from 'hucre/xlsx';
import t from 'tap';
import type { CheckedForm } from '../../src/domain/compile.ts';
import type { Section } from '../../src/domain/edition.ts';
import { documentReader } from '../../src/documents/read-document.ts';
import type { DocumentReading } from '../../src/documents/reading.ts';
import { layoutOf } from '../../src/documents/writing/layout.ts';
import { placesOf, sheetName } from '../../src/documents/writing/workbook-places.ts';
import { writeTemplate } from '../../src/documents/writing/write-xlsx.ts';
import { distinctFigures, documentOf } from '../support/documents.ts';
import type { Cells } from '../support/figures.ts';
import { forms } from '../support/forms.ts';

const read = documentReader(forms);

type Fill = (sheet: Sheet, row: number, column: number, value: string | number) => void;

const type: Fill = (sheet, row, column, value) => {
  while (sheet.rows.length <= row) sheet.rows.push([]);
  (sheet.rows[row] as unknown[])[column] = value;
  const style = sheet.cells?.get(`${row},${column}`)?.style;
  sheet.cells?.set(`${row},${column}`, { value, type: typeof value as 'string', ...(style && { style }) });
};

/** The template as an office program saves it with something typed into it. */
async function filledIn(form: CheckedForm, fill: (sheetOf: (name: string) => Sheet) => void): Promise<DocumentReading> {
  const workbook = await openXlsx(await writeTemplate(form));
  fill((name) => {
    const sheet = workbook.sheets.find((one) => one.name === name);
    if (!sheet) throw new Error(`no sheet ${name}`);
    return sheet;
  });
  return read({ name: 'filled.xlsx', bytes: await saveXlsx(workbook) });
}

/** The row in which a label stands at the start. */
function rowOf({ rows }: Sheet, label: string): number {
  const row = rows.findIndex(([first]) => first === label);
  if (row < 0) throw new Error(`no row ${label}`);
  return row;
}

function typeFigures(form: CheckedForm, section: Section, sheet: Sheet, figures: Cells): void {
  if (section.kind !== 'table') return type(sheet, 1, 0, `${section.key}的文字。`);
  for (const [address, { row, column }] of placesOf(layoutOf(form, section))) {
    const figure = figures[address];
    if (figure !== undefined && figure !== null) type(sheet, row, column, figure);
  }
}

for (const form of forms) {
  const { sections, id, years } = form.edition;
  const texts = Object.fromEntries(form.narratives.map(({ key }) => [key, `${key}的文字。`]));

  await t.test(`edition ${id}: a template filled in comes back without loss`, async (t) => {
    const figures = distinctFigures(form);
    const noted = form.cells[1]?.address ?? '';
    const reading = await filledIn(form, (sheetOf) => {
      for (const section of sections) typeFigures(form, section, sheetOf(sheetName(section)), figures);
      const cover = sheetOf('封面');
      const said = { 机关名称: '青山县林业局', 年度: years.first, 填报人: '张三', 填报日期: '2024-01-20' };
      for (const [label, value] of Object.entries(said)) type(cover, rowOf(cover, label), 1, value);
      const data = sheetOf('数据');
      type(data, rowOf(data, noted), 6, '其中修订16件');
    });
    t.same(reading.sections, documentOf(form, { cells: figures, texts }).report.sections);
    t.match(reading, { agencyName: '青山县林业局', year: years.first, edition: id, unread: [] });
    t.same(reading.people, { preparedBy: '张三', preparedOn: '2024-01-20' });
    t.same(reading.notes, { [noted]: '其中修订16件' });
  });

  await t.test(`edition ${id}: a figure typed into the sheet of data against its table is told`, async (t) => {
    const [blank, other] = form.cells.map(({ address }) => address) as [string, string];
    const reading = await filledIn(form, (sheetOf) => {
      for (const section of sections) typeFigures(form, section, sheetOf(sheetName(section)), { [other]: 3 });
      const data = sheetOf('数据');
      type(data, rowOf(data, blank), 4, 42);
      type(data, rowOf(data, other), 4, 4);
    });
    const told = reading.unread.filter(({ reason }) => reason === 'conflict').map(({ cell, text }) => [cell, text]);
    t.same(told, [
      [blank, ' / 42'],
      [other, '3 / 4'],
    ]);
    t.notOk(reading.provenance[blank] ?? reading.provenance[other]);
    t.same(reading.sections, documentOf(form, { rest: null, texts }).report.sections, 'and neither is taken');
  });
}
