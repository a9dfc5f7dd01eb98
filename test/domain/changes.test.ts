import t from 'tap';
import { changesBetween, type CompareTexts } from '../../src/domain/changes.ts';
import { contentFrom, type ReportInput } from '../../src/domain/report.ts';
import { formOf } from '../support/forms.ts';

const form = formOf('2021');

const asWhole: CompareTexts = (before, after) => [
  { kind: 'removed', text: before },
  { kind: 'added', text: after },
];

function changes(before: ReportInput, after: ReportInput, language: 'zh-CN' | 'en' = 'zh-CN') {
  const [was, is] = [contentFrom(form, before).content, contentFrom(form, after).content];
  return changesBetween(form, was, is, asWhole, language);
}

const report: ReportInput = {
  preparedBy: '填报人',
  notes: { 'requests.granted.total': '注' },
  sections: {
    overview: { text: '总体情况' },
    disclosure: { normativeDocuments: { issued: 10 }, fees: { amount: 0.1 } },
    requests: { granted: { natural: 2 } },
  },
};

await t.test('the same content has no changes', async (t) => {
  t.strictSame(changes(report, report), { cells: [], members: [], texts: [] });
});

await t.test('cells are told in the order of the form, as written, blank as null', async (t) => {
  const sections = {
    ...report.sections,
    disclosure: { normativeDocuments: { issued: 0 }, fees: { amount: 0.3 } },
    requests: { granted: { natural: null, total: 0 } },
  };
  const { cells, members, texts } = changes(report, { ...report, sections });
  t.strictSame(
    cells.map(({ cell, before, after }) => [cell, before, after]),
    [
      ['disclosure.normativeDocuments.issued', 10, 0],
      ['disclosure.fees.amount', 0.1, 0.3],
      ['requests.granted.natural', 2, null],
      ['requests.granted.total', null, 0],
    ],
  );
  t.strictSame([members, texts], [[], []]);
});

await t.test('labels and titles follow the language', async (t) => {
  const sections = { ...report.sections, overview: { text: '改写' }, requests: { granted: { natural: 3 } } };
  const labels = (language: 'zh-CN' | 'en') => {
    const { cells, texts } = changes(report, { ...report, sections }, language);
    return [cells[0]?.label, texts[0]?.title];
  };
  t.strictSame(labels('zh-CN'), [form.cellAt.get('requests.granted.natural')?.label['zh-CN'], '一、总体情况']);
  t.strictSame(labels('en'), [form.cellAt.get('requests.granted.natural')?.label.en, 'Overview']);
});

await t.test('whatever else is another is told by its name, a note by its cell', async (t) => {
  const { preparedBy: _, ...rest } = report;
  const after = {
    ...rest,
    zeroReport: true,
    asPrinted: true,
    phone: '0395-1234567',
    publishedUrl: 'https://example.org/',
    notes: { 'requests.granted.total': '另注', 'requests.received.total': '新注' },
  };
  t.strictSame(changes(report, after).members, [
    { member: 'zeroReport', before: false, after: true },
    { member: 'asPrinted', before: false, after: true },
    { member: 'preparedBy', before: '填报人', after: null },
    { member: 'notes.requests.granted.total', before: '注', after: '另注' },
    { member: 'phone', before: null, after: '0395-1234567' },
    { member: 'publishedUrl', before: null, after: 'https://example.org/' },
    { member: 'notes.requests.received.total', before: null, after: '新注' },
  ]);
});

await t.test('a text that was blank is compared as an empty one', async (t) => {
  const sections = { ...report.sections, overview: null, other: { text: '其他' } };
  t.strictSame(changes(report, { ...report, sections }).texts, [
    { section: 'overview', title: '一、总体情况', parts: asWhole('总体情况', '') },
    { section: 'other', title: '六、其他需要报告的事项', parts: asWhole('', '其他') },
  ]);
});
