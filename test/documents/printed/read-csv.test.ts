import fc from 'fast-check';
import { writeCsv } from 'hucre/csv';
import t from 'tap';
import { greatestCells, greatestText } from '../../../src/documents/printed/printed-lines.ts';
import { readCsv } from '../../../src/documents/printed/read-csv.ts';
import { holds } from '../../support/property.ts';
import { refusalOf, shown } from '../../support/printed.ts';

const read = (text: string) => shown(readCsv(text));

await t.test('cells are parted by commas, semicolons or tabs', async (t) => {
  for (const delimiter of [',', ';', '\t']) {
    const text = ['年度报告', `规章${delimiter}1${delimiter}${delimiter}2`, `许可${delimiter}"1${delimiter}024"`].join(
      '\r\n',
    );
    t.same(read(text), [['年度报告'], ['规章', '1', '', '2'], ['许可', `1${delimiter}024`]]);
  }
  t.same(read('甲|1\n乙|2'), [['甲|1'], ['乙|2']], 'bars are no delimiter');
});

await t.test('a comma or semicolon within figures parts nothing', async (t) => {
  t.same(read('许可\t1,024\n处罚\t2,048'), [
    ['许可', '1,024'],
    ['处罚', '2,048'],
  ]);
  t.same(read('收费;1,5\n收入;2,5'), [
    ['收费', '1,5'],
    ['收入', '2,5'],
  ]);
});

await t.test('a delimiter is one that parts the rows, not one within their text', async (t) => {
  t.same(read('许可;含变更,1,2\n处罚;含撤销,3,4'), [
    ['许可;含变更', '1', '2'],
    ['处罚;含撤销', '3', '4'],
  ]);
  t.same(read('项目,数量\n"甲;\n乙;\n丙;",1'), [
    ['项目', '数量'],
    ['甲;\n乙;\n丙;', '1'],
  ]);
});

await t.test('quoted cells keep delimiters, quotes and lines; figures stay as they are written', async (t) => {
  t.same(read('\ufeff"商业\n企业","甲,乙","“丙”""丁""",007,1.50\n'), [
    ['商业\n企业', '甲,乙', '“丙”"丁"', '007', '1.50'],
  ]);
});

await t.test('every row knows its number and its line; rows of nothing are left out', async (t) => {
  t.same(
    readCsv('甲,1\r\n\r\n"乙\r\n丙",2\r\n,\r\n丁,3').lines.map(({ place }) => place),
    [
      { line: 1, row: 1 },
      { line: 3, row: 3 },
      { line: 6, row: 5 },
    ],
  );
});

await t.test('too many cells and too much text are refused', async (t) => {
  t.equal(await refusalOf(() => readCsv('甲'.repeat(greatestText))), undefined);
  t.equal(await refusalOf(() => readCsv('甲'.repeat(greatestText + 1))), 'too-large');
  const row = 'a' + ','.repeat(999) + '\n';
  t.equal(await refusalOf(() => readCsv(row.repeat(greatestCells / 1_000))), undefined);
  t.equal(await refusalOf(() => readCsv(row.repeat(greatestCells / 1_000) + 'a')), 'too-large');
});

await t.test('what a spreadsheet writes is read back', async (t) => {
  const cell = fc.string({ unit: fc.constantFrom('甲', '1', ',', ';', '"', '\n', ' ') });
  const rows = fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { minLength: 1 });
  const property = fc.property(rows, (table) => {
    const text = writeCsv([['项目', '数量', '合计'], ...table]);
    const printed = [['项目', '数量', '合计'], ...table].filter((row) => row.some((value) => value.trim() !== ''));
    return JSON.stringify(read(text)) === JSON.stringify(printed);
  });
  holds(t, property);
});
