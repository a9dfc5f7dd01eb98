import t from 'tap';
import { indices, linesOf, namedTerms, select, sideInWords } from '../../src/domain/expression.ts';
import { check } from '../../src/domain/check.ts';
import { compile } from '../../src/domain/compile.ts';
import { figuresWith, withTexts, type Cells } from '../support/figures.ts';
import { formOf } from '../support/forms.ts';
import { tinyEdition, words } from '../support/tiny.ts';

const form = formOf('2021');

const addresses = (selector: string, at?: string) => select(form, selector, at).map(({ cell }) => cell.address);

await t.test('a selector names a cell, the cells of a group, all but the totals, or the place of a rule', async (t) => {
  t.same(addresses('requests.granted.total'), ['requests.granted.total']);
  t.same(addresses('requests.unable.legal'), [
    'requests.unableNotHeld.legal',
    'requests.unableNotReady.legal',
    'requests.unableUnclear.legal',
  ]);
  t.same(
    addresses('disputes.@.*', 'reconsideration'),
    ['upheld', 'corrected', 'otherOutcome', 'pending'].map((column) => `disputes.reconsideration.${column}`),
  );
  t.equal(addresses('requests.outcomes.natural').length, 21, 'a group holds the groups within it, not its own total');
  t.equal(addresses('requests.*.applicants').length, 24 * 6);
  t.equal(addresses('disclosure.normativeDocuments.*').length, 3, 'only the columns the row has');
});

await t.test('the places a selector names are those of its cells', async (t) => {
  t.same(
    [...indices(form, 'requests.refused.business')],
    select(form, 'requests.refused.business').map(({ cell }) => cell.index),
  );
});

await t.test('a selector that names nothing is a slip that stops the start', async (t) => {
  for (const selector of [
    'requests.granted.amount',
    'requests.nobody.total',
    'nothing.granted.total',
    'disclosure.fees.issued',
    'requests.granted',
    'requests.@.total',
  ]) {
    t.throws(() => select(form, selector), new RegExp(`2021: ${selector.replaceAll('.', '\\.')} names no cell`));
  }
});

await t.test('a selector is called by its line or group, and by the column where asked for', async (t) => {
  const named = (selector: string, withColumn: boolean) =>
    namedTerms(form, selector, withColumn).map(({ name, sign }) => `${sign} ${name['zh-CN']}`);
  t.same(named('requests.refused.total', false), ['1 三（三）不予公开']);
  t.same(named('-requests.refused.organisations', true), ['-1 三（三）不予公开·法人或其他组织']);
  t.same(named('disputes.directLitigation.upheld', true), ['1 行政诉讼·未经复议直接起诉·结果维持']);
  t.same(
    named('-disputes.*.total', false),
    ['行政复议', '行政诉讼·未经复议直接起诉', '行政诉讼·复议后起诉'].map((row) => `-1 ${row}·总计`),
    'every cell where a star has no name',
  );
});

await t.test('the rows and columns of a section are named once each', async (t) => {
  t.equal(linesOf(form, 'requests', 'row').length, 25);
  t.equal(linesOf(form, 'requests', 'column').length, 7);
  t.same(
    linesOf(form, 'disclosure', 'column').map(({ key }) => key),
    ['issued', 'repealed', 'inForce', 'decisions', 'amount'],
  );
});

await t.test('a leading minus subtracts, on either side', async (t) => {
  const forEach = { section: 'table', axis: 'row' } as const;
  const edition = tinyEdition(['row'], ['first', 'minus', 'last', 'back'], {
    type: 'sum',
    forEach,
    left: ['table.@.first', '-table.@.minus'],
    relation: '=',
    right: ['table.@.last', '-table.@.back'],
  });
  const tiny = compile(edition);
  const checked = (cells: Cells) => check(tiny, withTexts(figuresWith(tiny, cells)), 'en');
  const holding = { 'table.row.first': 10, 'table.row.minus': 3, 'table.row.last': 9, 'table.row.back': 2 };
  t.same(checked(holding).findings, []);
  const { findings } = checked({ ...holding, 'table.row.back': 5 });
  t.match(findings, [
    {
      at: 'row',
      left: 7,
      right: 4,
      delta: 3,
      expression: 'first − minus = last − back',
      message: 'row: 7 4 3',
      terms: [
        { cell: 'table.row.first', side: 'left', sign: 1, value: 10 },
        { cell: 'table.row.minus', side: 'left', sign: -1, value: 3 },
        { cell: 'table.row.last', side: 'right', sign: 1, value: 9 },
        { cell: 'table.row.back', side: 'right', sign: -1, value: 5 },
      ],
    },
  ]);
  t.equal(findings.length, 1);
});

await t.test('up to eight terms are spelled out, more are told by the first and the last', async (t) => {
  const terms = (count: number) =>
    Array.from({ length: count }, (_, n) => ({ name: words(`t${n + 1}`), sign: 1 as const }));
  t.same(sideInWords(terms(1)), { 'zh-CN': 't1号', en: 't1' });
  t.equal(sideInWords(terms(8)).en, 't1 + t2 + t3 + t4 + t5 + t6 + t7 + t8');
  t.equal(sideInWords(terms(3))['zh-CN'], 't1号 ＋ t2号 ＋ t3号');
  t.same(sideInWords(terms(9)), { 'zh-CN': 't1号 至 t9号 共 9 项之和', en: 'sum of the 9 from t1 to t9' });
  t.equal(sideInWords([{ name: words('a'), sign: -1 }]).en, '− a', 'a first term that is subtracted says so');
});

await t.test('rules are told in the official labels of the form', async (t) => {
  const expressionOf = (rule: string, at: string) =>
    form.instances.find((instance) => instance.rule.id === rule && instance.at === at)?.expression['zh-CN'];
  t.equal(
    expressionOf('requests.balance', 'total'),
    '一、本年新收政府信息公开申请数量 ＋ 二、上年结转政府信息公开申请数量 ＝ 三（七）总计 ＋ 四、结转下年度继续办理',
  );
  t.equal(
    expressionOf('requests.outcomes', 'natural'),
    '三（一）予以公开 至 三（六）3.其他 共 21 项之和 ＝ 三（七）总计',
  );
  t.equal(expressionOf('disputes.total', 'directLitigation'), '结果维持 ＋ 结果纠正 ＋ 其他结果 ＋ 尚未审结 ＝ 总计');
});
