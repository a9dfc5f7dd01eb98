import { DomUtils, parseDocument } from 'htmlparser2';
import t from 'tap';
import { sectionTitle } from '../../../src/domain/form.ts';
import type { ReportDocument } from '../../../src/documents/writing/report-document.ts';
import { writeHtml } from '../../../src/documents/writing/write-html.ts';
import { distinctFigures, documentOf } from '../../support/documents.ts';
import { formOf, forms } from '../../support/forms.ts';

/** What a reader of the page finds in it. */
function readPage(document: ReportDocument) {
  const html = writeHtml(document);
  const page = parseDocument(html);
  const all = (name: string) => DomUtils.getElementsByTagName(name, page);
  const cells = all('td').filter(({ attribs }) => attribs['data-cell'] !== undefined);
  return {
    html,
    all,
    text: (name: string) => all(name).map((element) => DomUtils.textContent(element)),
    cells: cells.map((cell) => ({
      address: cell.attribs['data-cell'] as string,
      text: DomUtils.textContent(cell),
      headers: cell.attribs['headers']?.split(' ') ?? [],
    })),
    figure: (address: string) => {
      const found = cells.filter(({ attribs }) => attribs['data-cell'] === address);
      return found.map((cell) => DomUtils.textContent(cell)).join('|');
    },
  };
}

for (const form of forms) {
  await t.test(`the page of edition ${form.edition.id}`, (t) => {
    const figures = distinctFigures(form);
    const { cells, text, all } = readPage(documentOf(form, { cells: figures }));
    const title = `示例局${form.edition.years.first}年政府信息公开工作年度报告`;
    t.same([text('title'), text('h1')], [[title], [title]]);
    t.same(
      text('h2'),
      form.edition.sections.map((section) => sectionTitle(section)['zh-CN']),
    );
    t.same(
      Object.fromEntries(cells.map((cell) => [cell.address, cell.text])),
      Object.fromEntries(Object.entries(figures).map(([address, figure]) => [address, String(figure)])),
    );
    t.equal(cells.length, form.cells.length, 'every cell once');
    const heads = new Map(all('th').map((head) => [head.attribs['id'], DomUtils.textContent(head)]));
    t.equal(heads.size, all('th').length, 'every head has an id of its own');
    for (const { address, headers } of cells) {
      t.ok(headers.length >= 2 && headers.every((id) => heads.has(id)), `${address} names its heads`);
    }
    t.equal(all('caption').length, 3);
    t.end();
  });
}

const form = formOf('2021');

await t.test('a figure is told with its note, and a blank stays blank', (t) => {
  const { figure } = readPage(
    documentOf(form, {
      rest: null,
      cells: { 'disclosure.normativeDocuments.issued': 22, 'disclosure.fees.amount': 0.000001 },
      notes: { 'disclosure.normativeDocuments.issued': '其中修订16件', 'disclosure.licences.decisions': '未统计' },
    }),
  );
  t.equal(figure('disclosure.normativeDocuments.issued'), '22（其中修订16件）');
  t.equal(figure('disclosure.licences.decisions'), '（未统计）');
  t.equal(figure('disclosure.fees.amount'), '0.000001');
  t.equal(figure('disputes.reconsideration.total'), '');
  t.end();
});

await t.test('merged heads: a figure in the middle of table three', (t) => {
  const { cells, all } = readPage(documentOf(form));
  const heads = new Map(all('th').map((head) => [head.attribs['id'], DomUtils.textContent(head)]));
  const headsOf = (address: string) =>
    cells.find((cell) => cell.address === address)?.headers.map((id) => heads.get(id));
  t.same(
    headsOf('requests.refusedSecurity.business')?.sort(),
    ['3.危及“三安全一稳定”', '三、本年度办理结果', '商业企业', '法人或其他组织', '申请人情况', '（三）不予公开'].sort(),
  );
  t.same(headsOf('disputes.directLitigation.pending')?.sort(), ['尚未审结', '未经复议直接起诉', '行政诉讼'].sort());
  t.end();
});

await t.test('lines of a text are paragraphs, white space as it was written', (t) => {
  const { all } = readPage(documentOf(form, { texts: { overview: '　　第一段  完\r\n\n\t第二段\n末' } }));
  const paragraphs = all('p');
  t.same(
    paragraphs.map((paragraph) => DomUtils.textContent(paragraph)),
    ['　　第一段  完', '', '\t第二段', '末'],
  );
  t.ok(paragraphs.every(({ attribs }) => attribs['style'] === 'white-space:pre-wrap'));
  t.end();
});

await t.test('what agencies write is shown, never obeyed', (t) => {
  const wicked = '<script>alert(1)</script>"><img src=x onerror=alert(1)> ]]> &amp; \u0001\uFFFE';
  const { all, text, html, figure } = readPage(
    documentOf(form, {
      agencyName: wicked,
      texts: { overview: wicked, other: '</p></main></body>' },
      notes: { 'disclosure.fees.amount': wicked },
    }),
  );
  const shown = '<script>alert(1)</script>"><img src=x onerror=alert(1)> ]]> &amp; \uFFFD\uFFFD';
  t.same(text('p'), [shown, '</p></main></body>']);
  t.equal(text('title')[0], `${shown}2021年政府信息公开工作年度报告`);
  t.equal(figure('disclosure.fees.amount'), `0（${shown}）`);
  for (const name of ['script', 'img', 'link', 'iframe']) t.same(all(name), [], name);
  t.notMatch(html, /<[^>]*\s(src|href|on\w+)=/);
  t.end();
});

await t.test('a page that is not public yet says so', (t) => {
  const marks = (status: ReportDocument['report']['status']) =>
    readPage(documentOf(form, { status })).text('p').join('');
  t.match(marks('draft'), '草稿');
  t.match(marks('submitted'), '已报送');
  t.equal(marks('published'), '');
  t.end();
});

await t.test('people are not printed', (t) => {
  t.notMatch(readPage(documentOf(form, { preparedBy: '填报人甲' })).html, '填报人甲');
  t.end();
});
