import type { WriteSheet } from 'hucre';
import { writeXlsx } from 'hucre/xlsx';
import t from 'tap';
import { greatestCells } from '../../../src/documents/printed/printed-lines.ts';
import { greatestMerges, readXlsx } from '../../../src/documents/printed/read-xlsx.ts';
import { refusalOf, shown } from '../../support/printed.ts';
import { zipOf } from '../../support/zip.ts';

const workbook = async (...sheets: Partial<WriteSheet>[]) =>
  writeXlsx({ sheets: sheets.map((sheet, index) => ({ name: `表${index + 1}`, ...sheet })) });
const read = async (...sheets: Partial<WriteSheet>[]) => shown(await readXlsx(await workbook(...sheets)));

const merge = (startRow: number, startCol: number, endRow: number, endCol: number) => ({
  startRow,
  startCol,
  endRow,
  endCol,
});

/** A workbook of one sheet, its XML written by hand. */
const sheetFile = (sheet: string) =>
  zipOf({
    '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    '_rels/.rels': relationships('officeDocument', 'xl/workbook.xml'),
    'xl/_rels/workbook.xml.rels': relationships('worksheet', 'worksheets/sheet1.xml'),
    'xl/workbook.xml': `<workbook ${main} xmlns:r="${office}"><sheets><sheet name="表1" sheetId="1" r:id="r1"/></sheets></workbook>`,
    'xl/worksheets/sheet1.xml': sheet,
  });
const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const relationships = (type: string, target: string) =>
  `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="${office}/${type}" Target="${target}"/></Relationships>`;
const sheetXml = (rows: string) => `<worksheet ${main}><sheetData>${rows}</sheetData></worksheet>`;

await t.test('figures are read as they are stored', async (t) => {
  t.same(
    await read({
      rows: [
        ['规章', 1234.5, 0, null, '007', -3, true],
        [0.000001, 20_000_000_000],
      ],
    }),
    [
      ['规章', '1234.5', '0', '', '007', '-3', 'true'],
      ['0.000001', '20000000000', '', '', '', '', ''],
    ],
  );
  t.same(await read({ rows: [['填报日期', new Date('2024-01-17T00:00:00Z')]] }), [['填报日期', '2024-01-17']]);
});

await t.test(
  'a formula counts for what it came to when it was saved, and is no blank if nothing was saved',
  async (t) => {
    const rows =
      '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>A1*2</f></c><c r="C1" t="str"><f>"a"</f><v>3件</v></c><c r="D1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="E1" t="str"><f>""</f><v></v></c><c r="F1"><f t="shared" si="0"/></c></row>';
    t.same(shown(await readXlsx(sheetFile(sheetXml(rows)))), [['2', '=A1*2', '3件', '#DIV/0!', '', '=']]);
  },
);

await t.test('text of several fonts is one text', async (t) => {
  const rows = '<row r="1"><c r="A1" t="inlineStr"><is><r><t>予以</t></r><r><t>公开</t></r></is></c></row>';
  t.same(shown(await readXlsx(sheetFile(sheetXml(rows)))), ['heading: 予以公开']);
});

await t.test('merged cells span columns and reach down', async (t) => {
  const rows = [
    ['结果', '自然人', null, '总计'],
    [null, 1, 2, 3],
    [null, 4, 5, 9],
  ];
  t.same(await read({ rows, merges: [merge(0, 0, 2, 0), merge(0, 1, 0, 2)] }), [
    ['结果', '自然人+2', '总计'],
    ['^结果', '1', '2', '3'],
    ['^结果', '4', '5', '9'],
  ]);
});

await t.test('every row knows its sheet and its number there, blank ones too, up to the last', async (t) => {
  const blanks = Array.from({ length: 500 }, () => [null]);
  const printed = await readXlsx(
    await workbook({ rows: [[null], ['甲'], [' '], ['乙'], ...blanks] }, { name: '表二', rows: [['丙'], ['丁']] }),
  );
  const rows = (sheet: string) => printed.lines.flatMap(({ place }) => (place.sheet === sheet ? place.row : []));
  t.same(rows('表1').slice(0, 4), [1, 2, 3, 4]);
  t.ok(rows('表1').length < 50, 'not thousands of rows nobody sees');
  t.same(rows('表二'), [1, 2]);
});

await t.test('a sheet begins with its title', async (t) => {
  const printed = await readXlsx(await workbook({ rows: [['表一'], ['甲', 1]] }));
  t.same(
    printed.lines.map(({ kind }) => kind),
    ['heading', 'grid'],
  );
});

await t.test('what is hidden is not printed, and what is beside it keeps its column', async (t) => {
  const rows = [
    ['甲', '旧', 1],
    ['乙', '旧', 2],
    ['丙', '旧', 3],
  ];
  const hidden = { rows, columns: [{}, { hidden: true }, {}], rowDefs: new Map([[1, { hidden: true }]]) };
  const printed = await readXlsx(
    await workbook(hidden, { rows: [['草稿']], hidden: true }, { rows: [['底稿']], veryHidden: true }),
  );
  t.same(shown(printed), [
    ['甲', '1'],
    ['丙', '3'],
  ]);
  t.same(
    printed.lines[1]?.cells.map(({ column }) => column),
    [0, 2],
  );
});

await t.test('a mark far out costs nothing; more cells than a report can have are refused', async (t) => {
  const far = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>';
  t.same(shown(await readXlsx(sheetFile(sheetXml(far)))), ['heading: 1']);
  const full = (count: number) => ({ rows: Array.from({ length: count }, () => Array.from({ length: 100 }, () => 1)) });
  t.equal(await refusalOf(() => read(full(greatestCells / 100))), undefined);
  t.equal(await refusalOf(() => read(full(greatestCells / 100 + 1))), 'too-large');
  const merges = (count: number) => Array.from({ length: count }, (_, row) => merge(row, 0, row, 1));
  t.equal(await refusalOf(() => read({ rows: [['甲']], merges: merges(greatestMerges) })), undefined);
  t.equal(await refusalOf(() => read({ rows: [['甲']], merges: merges(greatestMerges + 1) })), 'too-large');
});

await t.test('entities and what is no workbook are refused', async (t) => {
  const laughs = `<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;">]>${sheetXml('<row r="1"><c r="A1" t="inlineStr"><is><t>&c;</t></is></c></row>')}`;
  t.equal(await refusalOf(() => readXlsx(sheetFile(laughs))), 'unsafe');
  t.equal(await refusalOf(() => readXlsx(zipOf({ 'a.txt': '' }))), 'damaged');
});
