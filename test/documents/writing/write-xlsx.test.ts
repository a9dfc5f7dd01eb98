import { parseCellRef, readXlsx, type Cell, type Sheet } from 'hucre/xlsx';
import t, { type Test } from 'tap';
import type { CheckedForm } from '../../../src/domain/compile.ts';
import { sectionTitle } from '../../../src/domain/form.ts';
import { layoutOf } from '../../../src/documents/writing/layout.ts';
import { writeTemplate, writeWorkbook } from '../../../src/documents/writing/write-xlsx.ts';
import { distinctFigures, documentOf } from '../../support/documents.ts';
import { formOf, forms } from '../../support/forms.ts';
import { unzipped } from '../../support/unzip.ts';

/** The sheets of a workbook by name, styles and all. */
async function sheetsOf(bytes: Uint8Array): Promise<Map<string, Sheet>> {
  const { sheets } = await readXlsx(bytes, { readStyles: true });
  return new Map(sheets.map((sheet) => [sheet.name, sheet]));
}

function sheetNamed(sheets: ReadonlyMap<string, Sheet>, name: string): Sheet {
  const sheet = sheets.get(name);
  if (!sheet) throw new Error(`no sheet ${name} among ${[...sheets.keys()].join()}`);
  return sheet;
}

/** A place as a formula names it. */
function cellIn(sheet: Sheet, place: string): Cell | undefined {
  const { row, col } = parseCellRef(place);
  return sheet.cells?.get(`${row},${col}`);
}

/** Where the sheet of data says that each cell of the form stands, and what it shows of it. */
function dataOf(sheets: ReadonlyMap<string, Sheet>) {
  const data = sheetNamed(sheets, '数据');
  return data.rows.slice(1).map(([address], place) => {
    const { formula = '', formulaResult } = data.cells?.get(`${place + 1},4`) ?? {};
    const [, sheet = '', reference = ''] = /^IF\(ISBLANK\('([^']+)'!([A-Z]+\d+)\),"",'\1'!\2\)$/.exec(formula) ?? [];
    return { address: address as string, sheet: sheetNamed(sheets, sheet), reference, shown: formulaResult ?? '' };
  });
}

/** Where a cell of the form stands in its table. */
function tableCell(sheets: ReadonlyMap<string, Sheet>, address: string): Cell | undefined {
  const found = dataOf(sheets).find((row) => row.address === address);
  return found && cellIn(found.sheet, found.reference);
}

/** What a sum comes to, worked out here: the formulas of a table are sums of its cells. */
function valueOf(sheet: Sheet, cell: Cell | undefined): number | null {
  if (cell?.formula === undefined) return (cell?.value ?? null) as number | null;
  const [, from = '', to] = /^SUM\(([A-Z]+\d+)(?::([A-Z]+\d+))?\)$/.exec(cell.formula) ?? [];
  const [first, last] = [parseCellRef(from), parseCellRef(to ?? from)];
  let sum = 0;
  for (let row = first.row; row <= last.row; row++) {
    for (let col = first.col; col <= last.col; col++) sum += valueOf(sheet, sheet.cells?.get(`${row},${col}`)) ?? NaN;
  }
  return sum;
}

for (const form of forms) {
  await t.test(`the workbook of edition ${form.edition.id}`, async (t) => {
    const figures = distinctFigures(form);
    const sheets = await sheetsOf(await writeWorkbook(documentOf(form, { cells: figures })));
    t.same(
      [...sheets.keys()],
      ['封面', '数据', ...form.edition.sections.map((section) => sectionTitle(section)['zh-CN'])],
    );
    const data = dataOf(sheets);
    t.same(
      data.map(({ address }) => address),
      form.cells.map(({ address }) => address),
      'every cell once',
    );
    t.equal(new Set(data.map(({ sheet, reference }) => sheet.name + reference)).size, form.cells.length);
    for (const { address, sheet, reference, shown } of data) {
      t.equal(cellIn(sheet, reference)?.value, figures[address], address);
      t.equal(shown, figures[address], address);
    }
    mergesAsLaidOut(t, form, sheets);
  });

  await t.test(`the template of edition ${form.edition.id}`, async (t) => {
    const sheets = await sheetsOf(await writeTemplate(form));
    for (const { address, sheet, reference, shown } of dataOf(sheets)) {
      const { value = null, formula } = cellIn(sheet, reference) ?? {};
      t.same([value, formula, shown], [null, undefined, ''], `${address} is left to type`);
    }
    const cover = sheetNamed(sheets, '封面').rows;
    for (const label of ['机关名称', '年度', '填报人', '审核人', '电话', '填报日期']) {
      t.same(
        cover.filter(([first]) => first === label).map(([, value = null]) => value),
        [null],
        label,
      );
    }
    t.notMatch(JSON.stringify(cover), /\d{4}年/, 'no year stands there that is not the report’s');
    eachTypedOnce(t, form, sheets);
  });
}

const form = formOf('2021');

await t.test('a total is a formula where the formula gives what was stated', async (t) => {
  const cells = { 'requests.received.natural': 2, 'requests.received.total': 2, 'disputes.reconsideration.total': 1 };
  const sheets = await sheetsOf(await writeWorkbook(documentOf(form, { cells })));
  const received = tableCell(sheets, 'requests.received.total');
  t.match(received, { formula: 'SUM(D5:I5)', formulaResult: 2 });
  t.match(tableCell(sheets, 'requests.concluded.natural'), { formula: 'SUM(D7:D27)', formulaResult: 0 });
  for (const { sheet, reference, shown } of dataOf(sheets)) {
    t.equal(valueOf(sheet, cellIn(sheet, reference)), shown, 'a program that works it out anew finds the same');
  }
  const wrong = tableCell(sheets, 'disputes.reconsideration.total');
  t.match(wrong, { value: 1, comment: { text: '所填为 1，各项之和为 0，两者不符。' } });
  t.equal(wrong?.formula, undefined, 'what was stated is never replaced');
});

await t.test('a total of both row and column is a formula only where both are right', async (t) => {
  const cells = { 'requests.concluded.natural': 1, 'requests.concluded.total': 1 };
  const sheets = await sheetsOf(await writeWorkbook(documentOf(form, { cells })));
  const total = tableCell(sheets, 'requests.concluded.total');
  t.match(total, { value: 1, comment: { text: /两者不符/ } });
  t.equal(total?.formula, undefined);
});

await t.test('a blank is not zero', async (t) => {
  const cells = { 'requests.received.natural': null, 'requests.received.total': 3, 'requests.carriedIn.total': null };
  const sheets = await sheetsOf(await writeWorkbook(documentOf(form, { cells })));
  t.match(tableCell(sheets, 'requests.received.total'), {
    value: 3,
    comment: { text: '相加的各项有空白，无法核对。' },
  });
  t.match(tableCell(sheets, 'requests.carriedIn.total'), { comment: { text: '总计未填写；各项之和为 0。' } });
  for (const address of ['requests.received.natural', 'requests.carriedIn.total']) {
    t.equal(tableCell(sheets, address)?.value ?? null, null, address);
    t.equal(dataOf(sheets).find((row) => row.address === address)?.shown, '', address);
  }
  const none = await sheetsOf(await writeWorkbook(documentOf(form, { rest: null })));
  t.equal([...none.values()].flatMap(({ cells }) => [...(cells ?? [])]).filter(([, { comment }]) => comment).length, 0);
});

await t.test('a total that does not add up is marked for as long as it does not', async (t) => {
  const sheets = await sheetsOf(await writeTemplate(form));
  const rules = [...sheets.values()].flatMap(({ conditionalRules = [] }) => conditionalRules);
  t.equal(rules.length, form.totalCells.length);
  t.match(
    rules.find(({ range }) => range === 'J5'),
    { type: 'expression', formula: 'AND(ISNUMBER(J5),OR(COUNT(D5:I5)<6,SUM(D5:I5)<>J5))' },
  );
});

const injections = [
  '=1+1',
  '+1',
  '-1',
  '@SUM(A1)',
  '\t=1',
  "'=1",
  '=HYPERLINK("http://x","y")',
  '_x0041_',
  '#N/A',
  ' x ',
];

await t.test('a text is never a formula, and stands there as it was written', async (t) => {
  const document = documentOf(form, {
    agencyName: '=1+1',
    preparedBy: '@甲',
    texts: { other: injections.join('\n') },
    notes: { 'disclosure.fees.amount': '=1+1' },
  });
  const bytes = await writeWorkbook(document);
  const sheets = await sheetsOf(bytes);
  t.same(
    sheetNamed(sheets, '六、其他需要报告的事项')
      .rows.slice(1)
      .map(([line]) => line),
    injections,
  );
  const cover = new Map(sheetNamed(sheets, '封面').rows.map(([label, value]) => [label, value]));
  t.same([cover.get('机关名称'), cover.get('填报人'), cover.get('年度')], ['=1+1', '@甲', 2021]);
  t.ok(
    sheetNamed(sheets, '数据').rows.some(
      ([address, , , , , , note]) => address === 'disclosure.fees.amount' && note === '=1+1',
    ),
  );
  const formulas = [...(await unzipped(bytes)).values()].flatMap((part) => part.match(/<f>[^<]*<\/f>/g) ?? []);
  t.same(
    formulas.filter((formula) => !/^<f>(SUM\(|IF\(ISBLANK\()/.test(formula)),
    [],
  );
});

await t.test('a line longer than a cell holds goes on beside it', async (t) => {
  const line = '长'.repeat(40_000);
  const sheets = await sheetsOf(await writeWorkbook(documentOf(form, { texts: { overview: `${line}\n短` } })));
  const [, first = [], second] = sheetNamed(sheets, '一、总体情况').rows;
  t.equal(first.join(''), line);
  t.ok(first.every((part) => String(part).length <= 32_767));
  t.equal(second?.[0], '短');
});

/** Every cell of the form may be typed into by exactly one rule, and what the rule lets in is what the cell holds. */
function eachTypedOnce(t: Test, form: CheckedForm, sheets: ReadonlyMap<string, Sheet>): void {
  const rules = new Map<string, { type: string; least: string }[]>();
  for (const { name, dataValidations = [] } of sheets.values()) {
    for (const { range, type, formula1 = '' } of dataValidations) {
      for (const place of range.split(' ')) {
        rules.set(name + place, [...(rules.get(name + place) ?? []), { type, least: formula1 }]);
      }
    }
  }
  for (const { address, sheet, reference } of dataOf(sheets)) {
    const value = form.cellAt.get(address)?.value;
    const [rule, ...others] = rules.get(sheet.name + reference) ?? [];
    t.equal(rule?.type, value === 'amount' ? 'decimal' : 'whole', address);
    t.equal(Number(rule?.least) < 0, value === 'signedCount', address);
    t.same(others, [], address);
  }
  t.equal(rules.size, form.cells.length);
}

function mergesAsLaidOut(t: Test, form: CheckedForm, sheets: ReadonlyMap<string, Sheet>): void {
  for (const section of form.edition.sections.filter((section) => section.kind === 'table')) {
    const { merges = [], freezePane, pageSetup, rows } = sheetNamed(sheets, sectionTitle(section)['zh-CN']);
    const layout = layoutOf(form, section);
    const merged = layout.rows.flat().filter(({ rowSpan, colSpan }) => rowSpan * colSpan > 1);
    t.same(
      merges.slice(1).map(({ startRow, startCol, endRow, endCol }) => [startRow, startCol, endRow, endCol]),
      merged.map((cell) => [cell.row + 1, cell.column, cell.row + cell.rowSpan, cell.column + cell.colSpan - 1]),
    );
    t.equal(rows[0]?.[0], sectionTitle(section)['zh-CN']);
    t.equal(freezePane?.rows, 1 + layout.headRows);
    t.match(pageSetup, { paperSize: 'a4', fitToPage: true, fitToWidth: 1 });
  }
}
