import t from 'tap';
import { readTitle } from '../../../src/documents/reading/title.ts';
import { readText } from '../../../src/documents/printed/read-text.ts';

function title(text: string, fileName = 'x.txt') {
  const printed = readText(text);
  return readTitle(printed, fileName, printed.lines.length);
}

await t.test('agency and year, the way titles name them', async (t) => {
  for (const [text, agencyName, year] of [
    ['青山县林业局2022年政府信息公开工作年度报告', '青山县林业局', 2022],
    ['青山县林业局2022年度政府信息公开年度报告', '青山县林业局', 2022],
    ['2024年青山县林业局政府信息公开工作年度报告', '青山县林业局', 2024],
    ['2022年度云水镇政府信息公开工作年度报告', '云水镇', 2022],
    ['青山县人民政府\n2024 年政府信息公开工作年度报告', '青山县人民政府', 2024],
    ['2024 年青山县林业局政府信息公开工作\n年度报告', '青山县林业局', 2024],
    ['2022年政府信息公开工作年度报告\n青山县云水镇人民政府\n一、总体情况', '青山县云水镇人民政府', 2022],
    ['根据有关规定,现将云水镇2022年政府信息公开工作年度报告予以公布。', '云水镇', 2022],
    ['青山县林业局二〇二三年政府信息公开工作年度报告', '青山县林业局', 2023],
    ['青山縣林業局2022年政府信息公開工作年度報告', '青山县林业局', 2022],
    ['发布机构：青山县林业局\n2023年政府信息公开工作年度报告', '青山县林业局', 2023],
  ] as const) {
    t.same(title(text), { agencyName, year }, text);
  }
});

await t.test('the year of the period where the title has none', async (t) => {
  t.same(title('本报告所列数据的统计期限自2021年1月1日起至2021年12月31日止。'), { year: 2021 });
});

await t.test('the name of the file where nothing else says it', async (t) => {
  t.same(title('一、总体情况', '青山县林业局2023年政府信息公开工作年度报告.docx'), {
    agencyName: '青山县林业局',
    year: 2023,
  });
});

await t.test('a date of publication is no year of report', async (t) => {
  t.same(title('发布日期：2023-01-31\n一、总体情况\n2023年1月12日'), {});
});
