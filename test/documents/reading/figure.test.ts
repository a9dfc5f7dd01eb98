import fc from 'fast-check';
import t from 'tap';
import type { CellValue } from '../../../src/domain/edition.ts';
import { fitFigure, moneyUnitIn, noteAlone, readCellText } from '../../../src/documents/reading/figure.ts';

/** The figure a cell of a kind gets from a text: a number, or why there is none. */
function figureIn(text: string, value: CellValue = 'count', unit?: string) {
  const read = readCellText(text);
  if (read.kind !== 'figure') return read.kind;
  const fitted = fitFigure({ value }, read, unit);
  return 'value' in fitted ? fitted.value : fitted.reason;
}

await t.test('counts as they are printed', async (t) => {
  for (const [text, figure] of [
    ['12', 12],
    [' ２６ ', 26],
    ['1,234', 1234],
    ['12，345，678', 12345678],
    ['31批次', 31],
    ['0', 0],
    ['3.0', 3],
    ['?  7', 7],
    ['22（其中修订16件）', 22],
  ] as const) {
    t.equal(figureIn(text), figure, text);
  }
});

await t.test('marks for nothing are blanks, never zeros', async (t) => {
  for (const text of ['', '  ', '\u00a0', '\u3000', '/', '／', '-', '—', '——', '－', '无']) {
    t.equal(figureIn(text), 'blank', JSON.stringify(text));
  }
});

await t.test('what may be another figure is none', async (t) => {
  const refused = [
    '约100',
    '1 282',
    '12件，其中',
    '5²',
    '12①',
    '3.5',
    '1,23',
    '2024年',
    '十二',
    '12%',
    '-3',
    '增5',
    '1.2万',
  ];
  for (const text of refused) {
    t.match(figureIn(text), /^(words|not-a-figure)$/, text);
  }
  t.equal(figureIn('99999999999999999999'), 'not-a-figure', 'more than a cell holds');
});

await t.test('a change has a sign, a word, or neither', async (t) => {
  for (const [text, figure] of [
    ['增1558', 1558],
    ['增加 3', 3],
    ['减4', -4],
    ['-3', -3],
    ['－3', -3],
    ['+123', 123],
    ['未增未减', 0],
    ['0/0', 0],
    ['无变化', 0],
    ['7', 7],
  ] as const) {
    t.equal(figureIn(text, 'signedCount'), figure, text);
  }
});

await t.test('amounts in 万元, whatever unit is printed', async (t) => {
  for (const [text, amount, unit] of [
    ['709455.9元', 70.94559, undefined],
    ['251000元', 25.1, undefined],
    ['240万元', 240, undefined],
    ['2601.953875万', 2601.953875, undefined],
    ['1.5亿元', 15000, undefined],
    ['18.8710', 18.871, '万元'],
    ['18.87', 0.001887, '元'],
    ['190.457379', 190.457379, undefined],
    ['0', 0, undefined],
  ] as const) {
    t.equal(figureIn(text, 'amount', unit), amount, `${text} ${unit ?? ''}`);
  }
});

await t.test('an amount without its unit, or finer than a 分, is not guessed', async (t) => {
  t.equal(figureIn('27270', 'amount'), 'unit-unknown');
  t.equal(figureIn('26.55', 'amount'), 'unit-unknown');
  t.equal(figureIn('1.123元', 'amount'), 'not-a-figure');
  t.equal(figureIn('1.1234567', 'amount', '万元'), 'not-a-figure');
  t.equal(figureIn('5件', 'amount', '万元'), 'not-a-figure');
});

await t.test('an amount written with up to six decimals is read exactly', async (t) => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 40 }), (millionths) => {
      const text = `${Math.floor(millionths / 1e6)}.${String(millionths % 1e6).padStart(6, '0')}`;
      t.equal(figureIn(text, 'amount', '万元'), millionths / 1e6);
    }),
    { seed: 4, numRuns: 300 },
  );
});

await t.test('a note alone is no figure, and a figure in brackets no note', async (t) => {
  t.equal(noteAlone('（见附件）'), '见附件');
  t.equal(noteAlone('（3件）'), undefined);
  t.equal(noteAlone('(３)'), undefined);
});

await t.test('the unit in a heading', async (t) => {
  t.equal(moneyUnitIn('本年收费金额（单位：万元）'), '万元');
  t.equal(moneyUnitIn('本年收費金額（單位： 萬 元）'), '万元');
  t.equal(moneyUnitIn('采购总金额（元）'), '元');
  t.equal(moneyUnitIn('采购总金额'), undefined);
  t.equal(moneyUnitIn('收费0元，单位：万元'), '万元');
  t.equal(figureIn('12', 'amount', moneyUnitIn('单位：元、万元')), 'unit-unknown', 'two units');
  t.equal(figureIn('12', 'amount', moneyUnitIn('（美元）')), 'unit-unknown', 'one nobody counts in');
});

await t.test('a note is kept as it is printed', async (t) => {
  const read = readCellText('22（其中修訂16件）');
  t.match(read, { kind: 'figure', digits: '22', note: '其中修訂16件' });
});
