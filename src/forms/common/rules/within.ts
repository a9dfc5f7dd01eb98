import type { Rule } from '../../../domain/rule.ts';

const impliedByLabels = {
  source: 'form',
  text: {
    'zh-CN': '表格栏目名称“总计”的本义',
    en: 'The meaning of the form’s own label 总计 (total)',
  },
} as const;

export const requestsBalance: Rule = {
  id: 'requests.balance',
  title: { 'zh-CN': '申请收结平衡', en: 'Requests balance' },
  basis: {
    source: 'form',
    text: {
      'zh-CN': '表三所印：本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和',
      en: 'Printed on table three: in every column, item one plus item two equals item three plus item four',
    },
  },
  severity: 'error',
  kind: 'within',
  test: {
    type: 'sum',
    forEach: { section: 'requests', axis: 'column' },
    left: ['requests.received.@', 'requests.carriedIn.@'],
    relation: '=',
    right: ['requests.concluded.@', 'requests.carriedOut.@'],
  },
  message: {
    'zh-CN':
      '第三部分“{at}”列收结不平：本年新收与上年结转合计 {left} 件，办理结果总计与结转下年度合计 {right} 件，相差 {difference} 件。',
    en: 'Section three, column “{at}”: received and carried in come to {left}, concluded and carried out to {right}; they differ by {difference}.',
  },
};

export const requestsOutcomes: Rule = {
  id: 'requests.outcomes',
  title: { 'zh-CN': '办理结果合计', en: 'Outcomes add up' },
  basis: impliedByLabels,
  severity: 'error',
  kind: 'within',
  test: {
    type: 'sum',
    forEach: { section: 'requests', axis: 'column' },
    left: ['requests.outcomes.@'],
    relation: '=',
    right: ['requests.concluded.@'],
  },
  message: {
    'zh-CN':
      '第三部分“{at}”列：办理结果（一）至（六）合计 {left} 件，（七）总计填写 {right} 件，相差 {difference} 件。',
    en: 'Section three, column “{at}”: outcomes (1) to (6) add up to {left}, but total (7) says {right}; they differ by {difference}.',
  },
};

export const requestsApplicants: Rule = {
  id: 'requests.applicants',
  title: { 'zh-CN': '申请人合计', en: 'Applicants add up' },
  basis: impliedByLabels,
  severity: 'error',
  kind: 'within',
  test: {
    type: 'sum',
    forEach: { section: 'requests', axis: 'row' },
    left: ['requests.@.applicants'],
    relation: '=',
    right: ['requests.@.total'],
  },
  message: {
    'zh-CN': '第三部分“{at}”行：各类申请人合计 {left} 件，“总计”填写 {right} 件，相差 {difference} 件。',
    en: 'Section three, row “{at}”: the kinds of applicant add up to {left}, but the total says {right}; they differ by {difference}.',
  },
};

export const disputesTotal: Rule = {
  id: 'disputes.total',
  title: { 'zh-CN': '复议诉讼合计', en: 'Disputes add up' },
  basis: impliedByLabels,
  severity: 'error',
  kind: 'within',
  test: {
    type: 'sum',
    forEach: { section: 'disputes', axis: 'row' },
    left: ['disputes.@.*'],
    relation: '=',
    right: ['disputes.@.total'],
  },
  message: {
    'zh-CN': '第四部分“{at}”：各类结果合计 {left} 件，“总计”填写 {right} 件，相差 {difference} 件。',
    en: 'Section four, “{at}”: the results add up to {left}, but the total says {right}; they differ by {difference}.',
  },
};

export const requestsSubtotals: Rule = {
  id: 'requests.subtotals',
  title: { 'zh-CN': '所印小计', en: 'Subtotals as printed' },
  basis: {
    source: 'form',
    text: {
      'zh-CN':
        '表格栏目“法人或其他组织”“不予公开”“无法提供”“不予处理”“其他处理”包含其下各栏的本义；表样没有为它们设填写格',
      en: 'The form’s headings over several lines comprise those lines; it has no cells for them',
    },
  },
  severity: 'warning',
  kind: 'within',
  test: { type: 'subtotals' },
  message: {
    'zh-CN': '文档所印“{at}”为 {left}，其下各格合计 {right}，请核对是哪一格有误。',
    en: 'The document prints {left} for “{at}”; the cells under it come to {right}.',
  },
};

export const disclosureInForce: Rule = {
  id: 'disclosure.inForce',
  title: { 'zh-CN': '制发件数与现行有效件数', en: 'Issued against in force' },
  basis: {
    source: 'form',
    text: {
      'zh-CN':
        '国办公开办函〔2021〕30号：各项数据核定时间点为报告年度的12月31日。本年制发的文件，到年底不是现行有效，就是已在本年废止',
      en: 'Notice No. 30 (2021): figures as of 31 December. What was issued this year is either in force at its end or was repealed in it',
    },
  },
  severity: 'warning',
  kind: 'within',
  test: {
    type: 'sum',
    forEach: { section: 'disclosure', axis: 'row', only: ['regulations', 'normativeDocuments'] },
    left: ['disclosure.@.issued'],
    relation: '≤',
    right: ['disclosure.@.inForce', 'disclosure.@.repealed'],
  },
  message: {
    'zh-CN':
      '第二部分“{at}”：本年制发 {left} 件，多于现行有效与本年废止合计的 {right} 件。请核对是否有格子填错或漏填。',
    en: 'Section two, “{at}”: {left} issued this year, more than the {right} in force and repealed together.',
  },
};

/** Who makes no 规章; which cells tell of them depends on the edition. */
export const regulationsEntitled = (cells: readonly string[]): Rule => ({
  id: 'disclosure.regulationsEntitled',
  title: { 'zh-CN': '规章制定权限', en: 'Who makes administrative rules' },
  basis: {
    source: 'law',
    text: {
      'zh-CN': '《中华人民共和国立法法》：规章由国务院各部门和省、自治区、直辖市、设区的市、自治州的人民政府制定',
      en: 'Legislation Law: 规章 are made by State Council departments and by the governments of provinces, cities with districts and autonomous prefectures',
    },
  },
  severity: 'warning',
  kind: 'within',
  test: { type: 'entitlement', cells, levels: ['county', 'township'], kinds: ['department', 'institution'] },
  message: {
    'zh-CN': '本机关没有规章制定权，但“规章”有 {count} 格不为 0：{cells}。行政规范性文件请填在下一行。',
    en: 'This agency makes no 规章, yet {count} of their cells are not 0: {cells}. Normative documents belong in the next row.',
  },
});

const ownRule = {
  source: 'heuristic',
  text: { 'zh-CN': '本系统的经验规则，供复核时参考', en: 'A rule of thumb of this service, for whoever reviews' },
} as const;

export const requestsBacklog: Rule = {
  id: 'requests.backlog',
  title: { 'zh-CN': '结转比例偏高', en: 'Much carried out to next year' },
  basis: ownRule,
  severity: 'warning',
  kind: 'within',
  test: {
    type: 'ratio',
    part: ['requests.carriedOut.total'],
    whole: ['requests.received.total', 'requests.carriedIn.total'],
  },
  thresholds: { share: 0.2, least: 30 },
  message: {
    'zh-CN':
      '结转下年度 {left} 件，占新收与上年结转合计 {right} 件的 {percent}%，超过 {limit}%。数字无误的，请在正文说明原因。',
    en: '{left} of {right} requests are carried out to next year, {percent} %, more than {limit} %. If that is right, say why in the text.',
  },
};

export const requestsOtherShare: Rule = {
  id: 'requests.otherShare',
  title: { 'zh-CN': '其他处理占比偏高', en: 'Much closed otherwise' },
  basis: {
    source: 'heuristic',
    text: {
      'zh-CN': '本系统的经验规则；国办公开办函〔2019〕60号要求主管部门关注“其他处理”数量偏高的机关',
      en: 'A rule of thumb of this service, after notice No. 60 (2019), which has disclosure offices look at agencies with much under 其他处理',
    },
  },
  severity: 'warning',
  kind: 'within',
  test: { type: 'ratio', part: ['requests.closed.total'], whole: ['requests.concluded.total'] },
  thresholds: { share: 0.4, least: 30 },
  message: {
    'zh-CN':
      '“其他处理”合计 {left} 件，占办理结果总计 {right} 件的 {percent}%，超过 {limit}%。请核对这些申请能否归入前几类结果。',
    en: '{left} of {right} outcomes are “closed otherwise”, {percent} %, more than {limit} %. See whether they belong to the outcomes before it.',
  },
};
