import {
  Document,
  HeadingLevel,
  Packer,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  VerticalMergeType,
} from 'docx';
import t from 'tap';
import { readDocx } from '../../../src/documents/printed/read-docx.ts';
import { refusalOf, shown } from '../../support/printed.ts';
import { zipOf } from '../../support/zip.ts';

const namespaces =
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml"';

const relationship = (type: string, target: string) =>
  `<Relationship Id="${target}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}" Target="${target}"/>`;
const relationships = (...all: string[]) =>
  `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${all.join('')}</Relationships>`;

/** A Word file with this body, written by hand. */
const wordFile = (body: string, files: Record<string, string> = {}) =>
  zipOf({
    '_rels/.rels': relationships(relationship('officeDocument', 'word/document.xml')),
    'word/_rels/document.xml.rels': relationships(relationship('styles', 'styles.xml')),
    'word/document.xml': `<w:document ${namespaces}><w:body>${body}</w:body></w:document>`,
    ...files,
  });

const read = async (body: string, files?: Record<string, string>) => shown(await readDocx(wordFile(body, files)));
const run = (text: string) => `<w:r><w:t>${text}</w:t></w:r>`;
const paragraph = (text: string, style?: string) =>
  `<w:p>${style ? `<w:pPr><w:pStyle w:val="${style}"/></w:pPr>` : ''}${run(text)}</w:p>`;
const cell = (text: string, properties = '') => `<w:tc><w:tcPr>${properties}</w:tcPr>${paragraph(text)}</w:tc>`;

await t.test('paragraphs, headings and tables are read in order, with the document’s title', async (t) => {
  const merged = (text: string, verticalMerge: (typeof VerticalMergeType)[keyof typeof VerticalMergeType]) =>
    new TableCell({ verticalMerge, children: [new Paragraph(text)] });
  const plain = (text: string, columnSpan = 1) => new TableCell({ columnSpan, children: [new Paragraph(text)] });
  const document = new Document({
    title: '某局 2023 年度报告',
    sections: [
      {
        children: [
          new Paragraph({ text: '一、总体情况', heading: HeadingLevel.HEADING_1 }),
          new Paragraph({ children: [new TextRun('本年公开'), new TextRun('5'), new TextRun('条。')] }),
          new Table({
            rows: [
              new TableRow({ children: [merged('结果', VerticalMergeType.RESTART), plain('予以公开', 2)] }),
              new TableRow({ children: [merged('', VerticalMergeType.CONTINUE), plain('1'), plain('2')] }),
            ],
          }),
        ],
      },
    ],
  });
  const printed = await readDocx(await Packer.toBuffer(document));
  t.equal(printed.title, '某局 2023 年度报告');
  t.same(shown(printed), [
    'heading: 一、总体情况',
    'plain: 本年公开5条。',
    ['结果', '予以公开+2'],
    ['^结果', '1', '2'],
  ]);
  t.same(printed.lines.at(-1)?.place, { table: 1, row: 2 });
});

await t.test('heading styles are known by their Chinese names, too', async (t) => {
  const names = ['heading 2', '标题 3', '标题1', '正文'];
  const style = (name: string, id: number) =>
    `<w:style w:type="paragraph" w:styleId="s${id}"><w:name w:val="${name}"/></w:style>`;
  const styles = `<w:styles ${namespaces}>${names.map(style).join('')}</w:styles>`;
  const body = names.map((name, id) => paragraph(name, `s${id}`)).join('');
  t.same(await read(body, { 'word/styles.xml': styles }), [
    'heading: heading 2',
    'heading: 标题 3',
    'heading: 标题1',
    'plain: 正文',
  ]);
});

await t.test('a file does not say how it is to be read', async (t) => {
  t.same(await read(paragraph('甲'), { 'mammoth/style-map': 'p => !' }), ['plain: 甲']);
});

await t.test('what was deleted is gone, what was inserted stands', async (t) => {
  const deletedRow = `<w:tr><w:trPr><w:del w:id="1"/></w:trPr>${cell('旧')}</w:tr>`;
  t.same(
    await read(
      `<w:p>${run('公开')}<w:del w:id="2"><w:r><w:delText>12</w:delText></w:r></w:del><w:ins w:id="3">${run('15')}</w:ins>` +
        `<w:moveFrom w:id="4">${run('9')}</w:moveFrom>${run('条')}</w:p><w:tbl>${deletedRow}<w:tr>${cell('新')}</w:tr></w:tbl>`,
    ),
    ['plain: 公开15条', ['新']],
  );
});

await t.test('lines within a cell, text boxes and content controls are not lost; pictures are nothing', async (t) => {
  const box = `<w:r><w:pict><v:shape><v:textbox><w:txbxContent>${paragraph('框内')}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>`;
  t.same(await read(`<w:p>${run('框外')}${box}</w:p>`), ['plain: 框外', 'plain: 框内']);
  const lines = `<w:tc><w:p><w:r><w:t>商业</w:t><w:br/><w:t>企业</w:t></w:r></w:p>${paragraph('（家）')}</w:tc>`;
  const control = `<w:sdt><w:sdtContent><w:tr>${lines}</w:tr></w:sdtContent></w:sdt>`;
  t.same(await read(`<w:tbl>${control}</w:tbl>`), [['商业\n企业\n（家）']]);
});

await t.test('rows that begin within their table are not trusted to stand in a grid', async (t) => {
  const shifted = `<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>${cell('1')}${cell('2')}</w:tr>`;
  const { lines } = await readDocx(wordFile(`<w:tbl><w:tr>${cell('甲')}</w:tr>${shifted}</w:tbl>`));
  t.same(
    lines.map(({ kind }) => kind),
    ['separated', 'separated'],
  );
});

await t.test('entities, bombs and what is no Word document are refused', async (t) => {
  const laughs = `<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;">]><w:document ${namespaces}><w:body>${paragraph('&c;')}</w:body></w:document>`;
  t.equal(await refusalOf(() => read('', { 'word/document.xml': laughs })), 'unsafe');
  t.equal(await refusalOf(() => read('', { 'word/document.xml': `<w:document ${namespaces}>` })), 'damaged');
  t.equal(await refusalOf(() => read('', { 'word/media/a.png': '0'.repeat(65 * 1024 * 1024) })), 'too-large');
  t.equal(await refusalOf(() => readDocx(zipOf({ 'a.txt': '' }))), 'damaged');
  const deep = 20_000;
  t.equal(await refusalOf(() => read('<w:ins>'.repeat(deep) + '</w:ins>'.repeat(deep))), 'damaged');
});

await t.test('what is struck out is not printed, and a raised number joins no figure', async (t) => {
  const styled = (text: string, style: string) => `<w:r><w:rPr>${style}</w:rPr><w:t>${text}</w:t></w:r>`;
  const cellOf = (runs: string) => `<w:tc><w:p>${runs}</w:p></w:tc>`;
  const cells = [run('80') + styled('1', '<w:vertAlign w:val="superscript"/>'), styled('7', '<w:strike/>') + run('8')];
  t.same(await read(`<w:tbl><w:tr>${cells.map(cellOf).join('')}</w:tr></w:tbl>`), [['80[1]', '8']]);
});
