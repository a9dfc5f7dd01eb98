import type { LengthTest, Rule } from '../../../domain/rule.ts';

export const reportComplete: Rule = {
  id: 'report.complete',
  title: { 'zh-CN': '填报完整', en: 'Report is complete' },
  basis: {
    source: 'law',
    text: {
      'zh-CN': '《政府信息公开条例》第五十条：年度报告应当包括的内容不能遗漏',
      en: 'Regulations on Open Government Information, article 50: what an annual report must contain',
    },
  },
  severity: 'error',
  kind: 'structure',
  test: { type: 'complete' },
  message: {
    'zh-CN': '“{at}”有 {count} 处没有填写：{cells}。表格中确实没有的填 0，第六部分确实没有的写“无”。',
    en: '“{at}” has {count} blank: {cells}. Where there was nothing, enter 0 for a figure, and 无 in section six.',
  },
};

/** How long narratives are; only the notice of 2021 bounds the overview. */
export const reportNarratives = (sections: LengthTest['sections'], bounds: Rule['basis']): Rule => ({
  id: 'report.narratives',
  title: { 'zh-CN': '文字部分的篇幅', en: 'Length of the narratives' },
  basis: bounds,
  severity: 'warning',
  kind: 'structure',
  test: { type: 'length', sections },
  thresholds: sections.some(({ bounded }) => bounded) ? { shortest: 50, longest: 1_000 } : { shortest: 50 },
  message: {
    'zh-CN': '“{at}”现有 {length} 字，应{bounds}。',
    en: 'Characters in “{at}”: {length}; there should be {bounds}.',
  },
});

export const reportZeroConfirmed: Rule = {
  id: 'report.zeroConfirmed',
  title: { 'zh-CN': '零报告确认', en: 'A report of zeros is confirmed' },
  basis: {
    source: 'heuristic',
    text: {
      'zh-CN': '零报告是合法的，但全部为 0 也可能是表格没有填写',
      en: 'A report of zeros is legitimate, but may also be a form nobody filled in',
    },
  },
  severity: 'warning',
  kind: 'structure',
  test: { type: 'zero' },
  message: {
    'zh-CN': '{at}：各项数据全部为 0，但没有确认为零报告。确实没有数据的，请确认为零报告（zeroReport）。',
    en: '{at}: every figure is 0, but the report is not confirmed to be one of zeros; set zeroReport where that is so.',
  },
};
