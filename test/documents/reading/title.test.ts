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
    ['青山县林业局政府信息公开工作年度报告（2023年度）', '青山县林业局', 2023],
    ['青山縣林業局2022年政府信息公開工作年度報告', '青山县林业局', 2022],
    ['首页 政务公开 政府信息公开年报 云水镇2022年政府信息公开工作年度报告', '云水镇', 2022],
    ['青山县政府信息公开办公室2022年政府信息公开工作年度报告', '青山县政府信息公开办公室', 2022],
    ['云水街2022年政府信息公开工作年度报告', '云水街', 2022],
    ['青山县林业局政府信息公开工作2022年度报告', '青山县林业局', 2022],
    ['青山县林业局关于2021年度政府信息公开情况的报告', '青山县林业局', 2021],
    ['云水街道办事处(以下简称街道)2022年政府信息公开工作年度报告', '云水街道办事处', 2022],
    ['按照要求,我镇编制了云水镇2022年政府信息公开年度报告(以下简称年报)。', '云水镇', 2022],
    ['青山縣林業局2019年政府信息公開工作年度報(bào)告', '青山县林业局', 2019],
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

await t.test('a notice about reports names no agency of this one, nor does a word for one', async (t) => {
  for (const text of [
    '按照《关于做好2022年政府信息公开工作年度报告编制工作的通知》要求,现将我局2022年政府信息公开工作报告如下:',
    '根据《青山县人民政府办公室关于2022年度政府信息公开工作年度报告编制工作的通知》,现公布2022年政府信息公开年度报告。',
    '本年报是由青山县林业局办公室编制的2022年度政府信息公开工作年度报告。',
  ]) {
    t.same(title(text), { year: 2022 }, text);
  }
  t.same(title('《关于报送2022年全县政府信息公开工作年度报告的通知》'), {});
  t.same(
    title(
      '按照《关于做好2022年政府信息公开年度报告编制发布工作的通知》,编制《云水镇人民政府2022年政府信息公开年度报告》。',
    ),
    { agencyName: '云水镇人民政府', year: 2022 },
  );
});

await t.test('a title without a year; the period says it further on', async (t) => {
  const printed = readText(
    '青山县林业局信息公开工作年度报告\n一、总体情况\n统计时限为2020年1月1日至2020年12月31日止。',
  );
  t.same(readTitle(printed, 'x.txt', 1, 3), { agencyName: '青山县林业局', year: 2020 });
});

await t.test('in the first section only the sentence that presents the report speaks of it', async (t) => {
  const other = '我局公开了青山县林业局2020年政府信息公开工作年度报告。';
  const presented = readText(`一、总体情况\n现公布青山县林业局2021年政府信息公开工作年度报告。\n${other}`);
  t.same(readTitle(presented, 'x.txt', 0, 3), { agencyName: '青山县林业局', year: 2021 });
  t.same(readTitle(readText(`一、总体情况\n${other}`), 'x.txt', 0, 2), {});
  t.same(readTitle(readText('一、总体情况\n现公布我局2021年政府信息公开年度报告。'), 'x.txt', 0, 2), { year: 2021 });
});

await t.test('a sentence and a period that contradict each other give no year, a title does', async (t) => {
  const period = '统计期限自2021年1月1日起至12月31日止。';
  t.same(title(`我镇编制了《云水镇2020年政府信息公开工作年度报告》。${period}`), { agencyName: '云水镇' });
  t.same(title(`云水镇2020年政府信息公开工作年度报告\n${period}`), { agencyName: '云水镇', year: 2020 });
});

await t.test('a page that names several reports: its own title, if it has one', async (t) => {
  const links = '青山县教育局2022年政府信息公开工作年度报告\n上一篇：青山县水利局2023年政府信息公开工作年度报告';
  t.same(title(links), {});
  t.same(title(`${links}\n# 青山县林业局2023年政府信息公开工作年度报告`), { agencyName: '青山县林业局', year: 2023 });
});
