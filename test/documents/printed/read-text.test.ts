import t from 'tap';
import { greatestLines, greatestText } from '../../../src/documents/printed/printed-lines.ts';
import { readText } from '../../../src/documents/printed/read-text.ts';

/** Each line as its kind and its cells. */
function shown(text: string): string[] {
  return readText(text).lines.map(({ kind, cells }) => `${kind}: ${cells.map((cell) => cell.text).join('·')}`);
}

await t.test('cells parted by bars, with or without bars at the ends', async (t) => {
  t.same(shown('| 规章 | 0 | 2 |\n规章 ¦ 0 ¦ 2 ¦\n规章|0|2'), [
    'separated: 规章·0·2',
    'separated: 规章·0·2',
    'separated: 规章·0·2',
  ]);
});

await t.test('a cell a line: a bar alone is a blank cell, several fill up the row of a wider table', async (t) => {
  t.same(shown('规章 |\n0 |\n|\n||\n行政许可 | | |'), [
    'separated: 规章',
    'separated: 0',
    'separated: ',
    'separated: 行政许可',
  ]);
});

await t.test('tabs part cells, a blank one at the start too', async (t) => {
  t.same(shown('\t（七）总计\t2\t0'), ['separated: ·（七）总计·2·0']);
});

await t.test('white space alone is a blank cell where empty lines part the cells, else nothing', async (t) => {
  t.same(shown('规章\n\n0\n\n \n\n3'), ['plain: 规章', 'plain: 0', 'separated: ', 'plain: 3']);
  t.same(shown('规章\n0\n \n3'), ['plain: 规章', 'plain: 0', 'plain: 3']);
});

await t.test('numbers of pages and the rules of Markdown tables are not printed', async (t) => {
  t.same(shown('甲\n- 4 -\n第 5 页 共 6 页\n|---|:--:|\n乙'), ['plain: 甲', 'plain: 乙']);
  t.same(shown('4'), ['plain: 4'], 'a bare number may be a figure');
});

await t.test('headings of Markdown, and where a line stood', async (t) => {
  t.same(shown('## 一、总体情况 ##\n**甲**'), ['heading: 一、总体情况', 'plain: 甲']);
  t.same(
    readText('甲\r\n\r\n乙').lines.map(({ place }) => place.line),
    [1, 3],
  );
});

await t.test('more than a report can have is refused', async (t) => {
  t.throws(() => readText('甲'.repeat(greatestText + 1)), { name: 'DocumentRefused', message: /too much text/ });
  t.throws(() => readText('甲\n'.repeat(greatestLines + 1)), { name: 'DocumentRefused', message: /too much text/ });
  t.equal(readText('甲\n'.repeat(greatestLines)).lines.length, greatestLines);
});
