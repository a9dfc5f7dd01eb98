import type { Rule } from '../../domain/rule.ts';

const impliedByLabels = {
  source: 'form',
  text: {
    'zh-CN': '表格栏目名称“总计”的本义',
    en: 'The meaning of the form’s own label 总计 (total)',
  },
} as const;

const requestsBalance: Rule = {
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
    right: ['requests.concluded.@', 'requests.carriedOut.@'],
  },
  message: {
    'zh-CN':
      '第三部分“{at}”列收结不平：本年新收与上年结转合计 {left} 件，办理结果总计与结转下年度合计 {right} 件，相差 {difference} 件。',
    en: 'Section three, column “{at}”: received and carried in come to {left}, concluded and carried out to {right}; they differ by {difference}.',
  },
};

const requestsOutcomes: Rule = {
  id: 'requests.outcomes',
  title: { 'zh-CN': '办理结果合计', en: 'Outcomes add up' },
  basis: impliedByLabels,
  severity: 'error',
  kind: 'within',
  test: {
    type: 'sum',
    forEach: { section: 'requests', axis: 'column' },
    left: ['requests.outcomes.@'],
    right: ['requests.concluded.@'],
  },
  message: {
    'zh-CN':
      '第三部分“{at}”列：办理结果（一）至（六）合计 {left} 件，（七）总计填写 {right} 件，相差 {difference} 件。',
    en: 'Section three, column “{at}”: outcomes (1) to (6) add up to {left}, but total (7) says {right}; they differ by {difference}.',
  },
};

const requestsApplicants: Rule = {
  id: 'requests.applicants',
  title: { 'zh-CN': '申请人合计', en: 'Applicants add up' },
  basis: impliedByLabels,
  severity: 'error',
  kind: 'within',
  test: {
    type: 'sum',
    forEach: { section: 'requests', axis: 'row' },
    left: ['requests.@.applicants'],
    right: ['requests.@.total'],
  },
  message: {
    'zh-CN': '第三部分“{at}”行：各类申请人合计 {left} 件，“总计”填写 {right} 件，相差 {difference} 件。',
    en: 'Section three, row “{at}”: the kinds of applicant add up to {left}, but the total says {right}; they differ by {difference}.',
  },
};

const disputesTotal: Rule = {
  id: 'disputes.total',
  title: { 'zh-CN': '复议诉讼合计', en: 'Disputes add up' },
  basis: impliedByLabels,
  severity: 'error',
  kind: 'within',
  test: {
    type: 'sum',
    forEach: { section: 'disputes', axis: 'row' },
    left: ['disputes.@.*'],
    right: ['disputes.@.total'],
  },
  message: {
    'zh-CN': '第四部分“{at}”：各类结果合计 {left} 件，“总计”填写 {right} 件，相差 {difference} 件。',
    en: 'Section four, “{at}”: the results add up to {left}, but the total says {right}; they differ by {difference}.',
  },
};

const reportComplete: Rule = {
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
    'zh-CN': '“{at}”有 {count} 处没有填写：{cells}。确实没有的，数量填 0，文字写“无”。',
    en: '“{at}” has {count} blank: {cells}. Where there was nothing, enter 0 for a figure and 无 for a text.',
  },
};

/** The rules of every edition so far. */
export const rules: readonly Rule[] = [
  requestsBalance,
  requestsOutcomes,
  requestsApplicants,
  disputesTotal,
  reportComplete,
];
