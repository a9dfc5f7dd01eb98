import fc from 'fast-check';
import t from 'tap';
import { greatestDepth } from '../../../src/documents/printed/open-elements.ts';
import { greatestCells, greatestLines, greatestText } from '../../../src/documents/printed/printed-lines.ts';
import { readHtml } from '../../../src/documents/printed/read-html.ts';
import { holds } from '../../support/property.ts';
import { refusalOf, shown } from '../../support/printed.ts';

const read = (html: string) => shown(readHtml(html));
const table = (rows: string) => read(`<table>${rows}</table>`);

await t.test('paragraphs, headings and rows stand in reading order, each with its place', async (t) => {
  const { title, lines } = readHtml(
    '<title> 某局\n2023年度报告 </title><h2>一、总体情况</h2><p>本年<b>公开</b>五条。</p><table><tr><td>规章<td>0</table>完<table><tr><td>1</table>',
  );
  t.equal(title, '某局 2023年度报告');
  t.same(shown({ lines }), ['heading: 一、总体情况', 'plain: 本年公开五条。', ['规章', '0'], 'plain: 完', ['1']]);
  t.same(
    lines.map(({ place }) => place),
    [{ line: 1 }, { line: 2 }, { table: 1, row: 1 }, { line: 3 }, { table: 2, row: 1 }],
  );
});

await t.test('only the first title is the document’s', async (t) => {
  t.equal(readHtml('<title>甲</title><svg><title>图标</title></svg>').title, '甲');
  t.equal(readHtml('<p>甲').title, undefined);
});

await t.test('white space collapses as in a browser; other spaces are printed', async (t) => {
  t.same(read('<p>  甲 \n\t 乙<b> 丙 </b> 丁 </p>'), ['plain: 甲 乙 丙 丁']);
  t.same(read('<p>　　甲&nbsp;&nbsp;乙&#12288;</p>'), ['plain: 　　甲\u00a0\u00a0乙　']);
  t.same(read('<p> &nbsp; </p><p>　</p><div>\n</div>甲'), ['plain: 甲'], 'a paragraph of nothing but space is no line');
  t.same(table('<tr><td> &nbsp; <td>　<td> </tr>'), [['\u00a0', '　', '']], 'every cell counts');
});

await t.test('white space that is to be kept is kept', async (t) => {
  t.same(read('<pre>规章\t1\n  许可\t\t2</pre>'), ['plain: 规章\t1', 'plain:   许可\t\t2']);
  t.same(read('<p style="color:red; white-space: pre-wrap">甲   <i>乙</i></p>'), ['plain: 甲   乙']);
  t.same(read('<pre>a  b<span style="white-space:normal">c  d</span></pre>'), ['plain: a  bc d']);
});

await t.test('one span per character is one text', async (t) => {
  t.same(read(`<p>${[...'全年收到12件'].map((c) => `<span lang="zh">${c}</span>`).join('')}</p>`), [
    'plain: 全年收到12件',
  ]);
});

await t.test('lines end at blocks and breaks, within a cell, too', async (t) => {
  t.same(
    read('甲<br>乙<div>丙<p>丁</div>戊<hr>己'),
    ['甲', '乙', '丙', '丁', '戊', '己'].map((s) => `plain: ${s}`),
  );
  t.same(table('<tr><td>商业<br/>企业<td><p>科研</p><p></p>\n<p>机构</p><td><br>1<br></tr>'), [
    ['商业\n企业', '科研\n机构', '1'],
  ]);
});

await t.test('what stands apart to the eye is never run together', async (t) => {
  t.same(
    table(
      '<tr><td><span style="display:block">1</span><span style="display: inline-block">0</span><span style=display:inline-block>2</span></tr>',
    ),
    [['1\n0\n2']],
  );
  t.same(read('<span>1</span></p><span>0</span>'), ['plain: 1', 'plain: 0'], 'a stray end of a paragraph makes one');
  t.same(read('<tr><td>1</td><td>0</td></tr>'), [['1', '0']], 'cells without a table');
});

await t.test('spans of columns and rows are resolved', async (t) => {
  t.same(table('<tr><td rowspan=2 colspan=2>甲<td>1<tr><td rowspan="3">2<tr><td>乙<td>丙'), [
    ['甲+2', '1'],
    ['^甲+2', '2'],
    ['乙', '丙', '^2'],
  ]);
  t.same(table('<tbody><tr><td rowspan=0>甲<td>1<tr><td>2<tbody><tr><td>3'), [['甲', '1'], ['^甲', '2'], ['3']]);
  t.same(table('<tr><td colspan=0>甲<td colspan=-2>乙<td colspan=x>丙<td colspan="2.5">丁'), [
    ['甲', '乙', '丙', '丁+2'],
  ]);
});

await t.test('absurd spans are bounded and cost nothing', async (t) => {
  t.same(table('<tr><td rowspan=999999999 colspan=999999999>甲<td>1<tr><td>2'), [
    ['甲+1000', '1'],
    ['^甲+1000', '2'],
  ]);
});

await t.test('missing and stray tags within tables are mended', async (t) => {
  t.same(
    table('<td>甲<td>1<tr><td>乙<td>2'),
    [
      ['甲', '1'],
      ['乙', '2'],
    ],
    'no row begun, none ended',
  );
  t.same(table('<tr><th>甲</td><td>1</th></tr></div></tr>'), [['甲', '1']]);
  t.same(
    read('<div><p><table><tr><td>甲</div></p></span></td><td>1</td></tr></table>后</div>'),
    [['甲', '1'], 'plain: 后'],
    'an end within a cell does not reach out of it',
  );
  t.same(table('<tr><td>甲<table></td></tr><tr><td>1</td></td></tr></table><td>2'), ['plain: 甲', ['1'], ['', '2']]);
  t.same(read('<table><tr><td>甲<table><tr>乙'), ['plain: 甲', 'plain: 乙'], 'a file cut off');
  t.same(read('<table><tr><td>甲</td><table><tr><td>乙</table>'), [['甲'], ['乙']], 'a table never ended');
});

await t.test('text in a table but in no cell is a paragraph', async (t) => {
  t.same(table('<caption>表一</caption>注一<tr>注二<td>1</td>注三</tr>'), [
    'plain: 表一',
    'plain: 注一',
    'plain: 注二',
    'plain: 注三',
    ['1'],
  ]);
});

await t.test('a table that only lays out the page swallows nothing', async (t) => {
  t.same(
    read(`<table><tr><td>导航</td><td><h3>二、主动公开</h3><table><tr><td>规章<td>1</table>
      <p>三、收到申请</p><table><tr><td>新收<td>2</table>四、复议</td></tr></table>`),
    ['plain: 二、主动公开', ['规章', '1'], 'plain: 三、收到申请', ['新收', '2'], 'plain: 四、复议', ['导航', '']],
  );
  const { lines } = readHtml('<table><tr><td>a<tr><td><table><tr><td>b</table><tr><td>c</table>');
  t.same(
    lines.map(({ place }) => place),
    [
      { table: 1, row: 1 },
      { table: 2, row: 1 },
      { table: 1, row: 3 },
    ],
    'the row that holds the table and nothing else gives no line, and is counted',
  );
});

await t.test('what no browser shows is not there', async (t) => {
  t.same(
    read(`<!doctype html><head><style>p{}</style><script>document.write("<p>1</p>")</script></head><!-- 2 --><p>甲</p>
      <template><p>3</p></template><noscript><p>4</noscript><iframe>5</iframe><select><option>6</select><p hidden>7<b>8</b></p>
      <div style="DISPLAY : none"><table><tr><td>9</table></div><img alt="10" src="http://127.0.0.1/11">乙`),
    ['plain: 甲', 'plain: 乙'],
  );
  t.same(
    table('<tr><td>甲<td style="display:none">旧<td>1<tr hidden><td>乙<td>2<tr><td>丙<td>3'),
    [
      ['甲', '1'],
      ['丙', '3'],
    ],
    'hidden cells and rows take no place in their table',
  );
});

await t.test('what is hidden stays hidden until its own end', async (t) => {
  t.same(read('<ul><li hidden>旧<ul><li>更旧</ul><li>新</ul>'), ['plain: 新'], 'a list within a list');
  t.same(read('<div><span hidden><p>1</span>2</div>3'), ['plain: 3'], 'a phrase does not end within a block');
});

await t.test('a form that was filled in shows its values', async (t) => {
  t.same(
    table(`<tr><td><input value="12"><td><input type=hidden value=3><input type=checkbox value=4>
      <td><textarea> 5 &amp; 6</textarea>`),
    [['12', '', ' 5 & 6']],
  );
  t.same(read('<input value="搜索">甲'), ['plain: 甲'], 'a search box is no text');
});

await t.test('elements that were never ended do not pile up', async (t) => {
  t.same(read(`<select>${'<option>甲'.repeat(greatestDepth)}</select>乙`), ['plain: 乙']);
  t.equal(read('<p>甲<li>乙<dt>丙<dd>丁'.repeat(greatestDepth)).length, 4 * greatestDepth);
});

await t.test('what no report can need is refused', async (t) => {
  const refused = (html: string) => refusalOf(() => readHtml(html));
  t.equal(await refused('<div>'.repeat(greatestDepth) + '甲'), undefined);
  t.equal(await refused('<div>'.repeat(greatestDepth + 1)), 'too-large');
  t.equal(await refused('<p>甲'.repeat(greatestLines)), undefined);
  t.equal(await refused('<p>甲'.repeat(greatestLines + 1)), 'too-large');
  t.equal(await refused('<p>' + '<'.repeat(greatestText)), undefined);
  t.equal(await refused('<p>' + '<'.repeat(greatestText + 1)), 'too-large');
  t.equal(await refused('<table><tr>' + '<td>'.repeat(greatestCells)), undefined);
  t.equal(await refused('<table><tr>' + '<td>'.repeat(greatestCells + 1)), 'too-large');
  const reaching = `<table><tr>${'<td rowspan=65534>甲'.repeat(1_000)}`;
  t.equal(await refused(reaching + '<tr>'.repeat(greatestCells / 1_000 - 1)), undefined);
  t.equal(await refused(reaching + '<tr>'.repeat(greatestCells / 1_000)), 'too-large');
});

await t.test('whatever the markup, every figure stands in it as often as it is printed', async (t) => {
  const tags = [
    '<table>',
    '</table>',
    '<tr>',
    '</tr>',
    '<td rowspan=2>',
    '</td>',
    '<p>',
    '</p>',
    '<div>',
    '</div>',
    '<b>',
    '</b>',
  ];
  const page = fc.array(fc.oneof(fc.constantFrom(...tags), fc.constantFrom('#')), { maxLength: 60 });
  const property = fc.property(page, (parts) => {
    const html = parts.map((part, index) => (part === '#' ? `[${index}]` : part)).join('');
    const own = readHtml(html).lines.flatMap(({ cells }) => cells.filter(({ fromAbove }) => !fromAbove));
    const found = own.flatMap(({ text }) => text.match(/\d+/g) ?? []).sort();
    return found.join() === (html.match(/(?<=\[)\d+/g) ?? []).sort().join();
  });
  holds(t, property, { numRuns: 500 });
});

await t.test('what is struck out, unseen or not chosen is not printed', async (t) => {
  t.same(table('<tr><td><del>8</del>9<td><s>1</s>2<td><strike>3</strike>4<td><ruby>件<rp>(<rt>jian</ruby>'), [
    ['9', '2', '4', '件'],
  ]);
  t.same(table('<tr><td style="visibility:hidden">7<td>1<td>2<span style="visibility: hidden">3</span>'), [
    ['', '1', '2'],
  ]);
  t.same(table('<tr><td><p><select><option>4<option selected>5<option>6</select><td>1'), [['5', '1']]);
  t.same(read('<p>甲<select><option>乙</select>丙<p>丁'), ['plain: 甲丙', 'plain: 丁']);
  t.same(read('<s>甲<div>乙</s>丙</div>丁'), ['plain: 丙丁'], 'a mark ends with its own tag');
});

await t.test('a number above the line joins no figure', async (t) => {
  t.same(table('<tr><td>80<sup>1</sup><td>1<sub><i>2</i></sub><td>3<sup>[4]</sup><td>5<sup> </sup>'), [
    ['80[1]', '1[2]', '3[4]', '5'],
  ]);
  t.same(read('<p>面积3m<sup>2</sup>'), ['plain: 面积3m2'], 'running text stays as it is');
});
