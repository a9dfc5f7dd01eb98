import t from 'tap';
import type { Place, PrintedLine } from '../../../src/documents/printed/printed.ts';
import { readCover } from '../../../src/documents/reading/cover.ts';

const lineOf = (label: string, value: string, place: Place): PrintedLine => ({
  kind: 'grid',
  cells: [label, value].map((text, column) => ({ text, column, span: 1 })),
  place,
});
const cover = (label: string, value: string) => readCover([lineOf(label, value, { sheet: '封面', row: 2 })]);

await t.test('a workbook’s cover says whose report it is, of which year, and who wrote it', async (t) => {
  t.same(cover('机关名称', '青山县林业局'), { agencyName: '青山县林业局', people: {} });
  t.same(cover('年度', '2023年度'), { year: 2023, people: {} });
  t.same(cover('填报日期', '2024年1月7日'), { people: { preparedOn: '2024-01-07' } });
});

await t.test('a table of labels and values in a web page is no cover', async (t) => {
  t.same(readCover([lineOf('电话', '12345', { table: 1, row: 2 })]), { people: {} });
});

await t.test('a day that is none is left out', async (t) => {
  for (const day of ['2024-02-30', '2024-13-01', '2024-01-00', '年底']) t.same(cover('填报日期', day), { people: {} });
  t.same(cover('填报日期', '2024-02-29'), { people: { preparedOn: '2024-02-29' } });
});
