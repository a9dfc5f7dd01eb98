import fc from 'fast-check';
import { parseCsv } from 'hucre/csv';
import t from 'tap';
import { guarded, unguarded } from '../../../src/documents/formula-guard.ts';
import { writeCsvData } from '../../../src/documents/writing/write-csv.ts';
import { distinctFigures, documentOf } from '../../support/documents.ts';
import { formOf, forms } from '../../support/forms.ts';
import { holds } from '../../support/property.ts';

/** The rows of a file by their column's name. */
function rowsOf(csv: string): Record<string, string>[] {
  const [head = [], ...rows] = parseCsv(csv);
  return rows.map((row) => Object.fromEntries(row.map((value, column) => [String(head[column]), String(value)])));
}

for (const form of forms) {
  await t.test(`the data of edition ${form.edition.id}`, (t) => {
    const figures = distinctFigures(form);
    const csv = writeCsvData(documentOf(form, { cells: figures }), false);
    t.ok(csv.startsWith('agencyId,agency,year,edition,cell,section,row,column,value,unit,note\r\n'));
    const rows = rowsOf(csv);
    const narratives = form.narratives.map(({ key }) => key);
    t.same(
      rows.map(({ cell }) => cell),
      [...form.cells.map(({ address }) => address), ...narratives],
      'every cell once, then the texts',
    );
    for (const { cell = '', value } of rows) {
      t.equal(value, narratives.includes(cell) ? '' : String(figures[cell]), cell);
    }
    t.end();
  });
}

const form = formOf('2021');
const asked = (csv: string, address: string) => rowsOf(csv).find(({ cell }) => cell === address);

await t.test('a cell with everything that is said of it, in the language asked for', (t) => {
  const parts = { cells: { 'disclosure.fees.amount': 0.5 }, notes: { 'disclosure.fees.amount': '含税' } };
  t.match(asked(writeCsvData(documentOf(form, parts), false), 'disclosure.fees.amount'), {
    agencyId: 'example',
    agency: '示例局',
    year: '2021',
    edition: '2021',
    section: '二、主动公开政府信息情况',
    row: '行政事业性收费',
    column: '本年收费金额',
    value: '0.5',
    unit: '万元',
    note: '含税',
  });
  t.match(asked(writeCsvData(documentOf(form, { ...parts, language: 'en' }), false), 'disclosure.fees.amount'), {
    row: 'Administrative fees',
    unit: '10,000 yuan',
  });
  t.end();
});

await t.test('blank is empty, a negative figure is a figure, a text stays whole', (t) => {
  const form = formOf('2019');
  const change = 'disclosure.licences.itemsChange';
  const texts = { other: '第一段，“引用”\r\n"第二段"' };
  const csv = writeCsvData(documentOf(form, { rest: null, cells: { [change]: -3 }, texts }), false);
  t.equal(asked(csv, change)?.['value'], '-3');
  t.equal(asked(csv, 'disclosure.licences.decisions')?.['value'], '');
  t.equal(asked(csv, 'other')?.['value'], texts.other);
  t.end();
});

await t.test('lines end as RFC 4180 has it, and a BOM stands before them where it is wanted', (t) => {
  const document = documentOf(form);
  const lines = writeCsvData(document, false).split('\r\n');
  t.equal(lines.length, 1 + 200 + 3 + 1);
  t.equal(lines.at(-1), '');
  t.notOk(lines.some((line) => line.includes('\n')));
  t.equal(writeCsvData(document, true), `\uFEFF${writeCsvData(document, false)}`);
  t.end();
});

const wicked = [
  '=1+1',
  '+1',
  '-1',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  "'=1",
  "''",
  '=HYPERLINK("http://x","y")',
  '＝1+1',
  '|calc',
];

await t.test('no text is taken for a formula, and every text comes back as it was', (t) => {
  const texts = fc.oneof(fc.constantFrom(...wicked), fc.string({ unit: 'grapheme', maxLength: 20 }));
  holds(
    t,
    fc.property(texts, texts, texts, (agencyName, note, other) => {
      const notes = { 'disclosure.fees.amount': note };
      const csv = writeCsvData(documentOf(form, { agencyName, notes, texts: { other } }), false);
      const [amount, text] = [asked(csv, 'disclosure.fees.amount'), asked(csv, 'other')];
      const written = [amount?.['agency'], amount?.['note'], text?.['value']].map(String);
      return (
        written.every((field) => !/^[=+\-@＝＋－＠|\t\r\n]/.test(field)) &&
        written.map(unguarded).join('\0') === [agencyName, note, other].join('\0')
      );
    }),
  );
  for (const text of wicked) t.equal(guarded(text), `'${text}`);
  t.equal(guarded('1.第一'), '1.第一');
  t.end();
});
