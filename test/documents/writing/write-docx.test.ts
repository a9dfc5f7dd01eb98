import { DomUtils, parseDocument } from 'htmlparser2';
import mammoth from 'mammoth';
import t from 'tap';
import type { CheckedForm } from '../../../src/domain/compile.ts';
import { sectionTitle } from '../../../src/domain/form.ts';
import { layoutOf } from '../../../src/documents/writing/layout.ts';
import type { ReportDocument } from '../../../src/documents/writing/report-document.ts';
import { writeDocx } from '../../../src/documents/writing/write-docx.ts';
import { distinctFigures, documentOf } from '../../support/documents.ts';
import { formOf, forms } from '../../support/forms.ts';
import { unzipped } from '../../support/unzip.ts';

/** The file as another program reads it. */
async function readFile(document: ReportDocument) {
  const buffer = Buffer.from(await writeDocx(document));
  const { value, messages } = await mammoth.convertToHtml({ buffer });
  const page = parseDocument(value);
  const text = (name: string) => DomUtils.getElementsByTagName(name, page).map((found) => DomUtils.textContent(found));
  return { buffer, messages, page, text, raw: (await mammoth.extractRawText({ buffer })).value };
}

type Element = ReturnType<typeof DomUtils.getElementsByTagName>[number];

function cellsOf(row: Element): Element[] {
  return DomUtils.getElementsByTagName((name) => name === 'td' || name === 'th', row);
}

/** The tables of a form as a program should find them: texts with their spans, cells filled in with figures. */
function expectedTables(form: CheckedForm, figures: Readonly<Record<string, number | null>>) {
  return form.edition.sections
    .filter((section) => section.kind === 'table')
    .map((section) =>
      layoutOf(form, section).rows.map((row) =>
        row.map((cell) => {
          const text = cell.kind === 'figure' ? String(figures[cell.cell.address]) : cell.text;
          return { text, rowSpan: cell.rowSpan, colSpan: cell.colSpan };
        }),
      ),
    );
}

for (const form of forms) {
  await t.test(`the file of edition ${form.edition.id}`, async (t) => {
    const figures = distinctFigures(form);
    const { page, text, raw } = await readFile(documentOf(form, { cells: figures }));
    const tables = DomUtils.getElementsByTagName('table', page).map((table) =>
      DomUtils.getElementsByTagName('tr', table).map((row) =>
        cellsOf(row).map((cell) => ({
          text: DomUtils.textContent(cell),
          rowSpan: Number(cell.attribs['rowspan'] ?? 1),
          colSpan: Number(cell.attribs['colspan'] ?? 1),
        })),
      ),
    );
    t.same(tables, expectedTables(form, figures), 'every table, merged cells and all');
    t.ok(raw.startsWith(`示例局${form.edition.years.first}年政府信息公开工作年度报告\n`));
    t.same(
      text('h1'),
      form.edition.sections.map((section) => sectionTitle(section)['zh-CN']),
      'a heading for each section',
    );
    t.notMatch(raw, /草稿|未公开/);
  });
}

const form = formOf('2021');

await t.test('lines are paragraphs, white space as it was written', async (t) => {
  const lines = ['　　第一段  完', '', '\t第二段 <b>&amp;</b> ]]>', '末'];
  const { raw } = await readFile(documentOf(form, { texts: { other: lines.join('\n') } }));
  t.ok(raw.endsWith(`六、其他需要报告的事项\n\n${lines.join('\n\n')}\n\n`), raw.slice(-80));
});

await t.test('notes, blanks, and a report that is not public', async (t) => {
  const notes = { 'disclosure.regulations.issued': '其中修订16件' };
  const { text, raw } = await readFile(
    documentOf(form, { rest: null, cells: { 'disclosure.regulations.issued': 22 }, notes, status: 'draft' }),
  );
  t.ok(text('td').includes('22（其中修订16件）'));
  t.equal(
    text('td').filter((cell) => /^\d/.test(cell) && !/[\u4e00-\u9fff]/.test(cell)).length,
    0,
    'no figure from nothing',
  );
  t.match(raw, '草稿');
});

await t.test('a character XML cannot hold does not make the file unreadable', async (t) => {
  const { raw } = await readFile(documentOf(form, { agencyName: '甲\u0001乙', texts: { other: '丙\u000B丁\uD800' } }));
  t.match(raw, '甲\uFFFD乙2021年');
  t.match(raw, '丙\uFFFD丁\uFFFD');
});

await t.test('what Word prints by: A4, heads repeated, rows whole, headings in the outline', async (t) => {
  const parts = await unzipped(await writeDocx(documentOf(form)));
  const body = parts.get('word/document.xml') ?? '';
  t.match(body, /<w:pgSz [^>]*w:w="11906"[^>]*w:h="16838"/);
  t.equal(body.match(/<w:tblHeader\/>/g)?.length, 3 + 3, 'three rows of table three and of table four');
  t.equal(body.match(/<w:cantSplit\/>/g)?.length, body.match(/<w:tr>/g)?.length);
  t.match(body, /w:vMerge w:val="restart"/);
  t.match(parts.get('word/styles.xml'), /w:styleId="Heading1".*?<w:keepNext\/>/s);
  t.match(parts.get('word/styles.xml'), /w:eastAsia="仿宋"/);
});
