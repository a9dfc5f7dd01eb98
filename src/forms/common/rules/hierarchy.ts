import type { Basis, Rule } from '../../../domain/rule.ts';

const consolidation: Basis = {
  source: 'notice',
  text: {
    'zh-CN': '国办公开办函〔2021〕30号：县级以上地方人民政府年度报告，应当逐级汇总相关情况和数据',
    en: 'Notice No. 30 (2021): the reports of governments add up those below them, level by level',
  },
};

export const consolidatedSum: Rule = {
  id: 'consolidated.sum',
  title: { 'zh-CN': '汇总数等于下级之和', en: 'Adds up its children' },
  basis: consolidation,
  severity: 'errorWaivable',
  kind: 'hierarchy',
  test: { type: 'consolidation', relation: '=' },
  message: {
    'zh-CN':
      '“{at}”填写 {left}，{reported} 个下级机关合计 {right}，相差 {difference}。请核对是汇总有误还是下级数据有误；不一致确有原因的，请说明。',
    en: '“{at}” says {left}; the {reported} children come to {right}; they differ by {difference}. See which is wrong; where both are right, say why.',
  },
};

export const consolidatedAtLeast: Rule = {
  id: 'consolidated.atLeast',
  title: { 'zh-CN': '汇总数不小于已报送下级之和', en: 'At least the children so far' },
  basis: consolidation,
  severity: 'warning',
  kind: 'hierarchy',
  test: { type: 'consolidation', relation: '≤' },
  message: {
    'zh-CN':
      '“{at}”填写 {left}，少于已报送的 {reported} 个下级机关（共 {expected} 个）合计 {right}，相差 {difference}。',
    en: '“{at}” says {left}, less than the {right} of the {reported} children (of {expected}) that have handed in; they differ by {difference}.',
  },
};

export const consolidatedCoverage: Rule = {
  id: 'consolidated.coverage',
  title: { 'zh-CN': '下级机关报送齐全', en: 'Every child has handed in' },
  basis: consolidation,
  severity: 'warning',
  kind: 'hierarchy',
  test: { type: 'coverage' },
  message: {
    'zh-CN': '本报告已经报送，但还有 {count} 个下级机关没有报送：{cells}。',
    en: 'This report is handed in, but {count} children have not handed in: {cells}.',
  },
};
