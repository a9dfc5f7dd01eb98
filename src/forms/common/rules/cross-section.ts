import type { Basis, Rule } from '../../../domain/rule.ts';

const onePerOutcome: Basis = {
  source: 'heuristic',
  text: {
    'zh-CN': '本系统的经验规则：复议、诉讼针对的是本年或上年的申请办理结果；复议后又起诉的案件只算一次',
    en: 'A rule of thumb of this service: disputes are about this year’s or last year’s outcomes; one litigated after reconsideration counts once',
  },
};

export const disputesExceedDecisions: Rule = {
  id: 'disputes.exceedDecisions',
  title: { 'zh-CN': '复议诉讼多于办理结果', en: 'More disputes than outcomes' },
  basis: onePerOutcome,
  severity: 'warning',
  kind: 'cross-section',
  test: {
    type: 'sum',
    left: ['disputes.reconsideration.total', 'disputes.directLitigation.total'],
    relation: '≤',
    right: ['requests.concluded.total', 'lastYear:requests.concluded.total'],
  },
  message: {
    'zh-CN':
      '行政复议与未经复议直接起诉合计 {left} 件，多于本年与上年办理结果合计的 {right} 件。请核对表三、表四是否漏计或重复计算。',
    en: 'Reconsiderations and direct litigation come to {left}, more than the {right} outcomes of this year and the last. See whether tables three and four leave out or repeat any.',
  },
};

export const disputesLitigationOrder: Rule = {
  id: 'disputes.litigationOrder',
  title: { 'zh-CN': '复议后起诉多于行政复议', en: 'Litigated after more reconsiderations than there were' },
  basis: onePerOutcome,
  severity: 'warning',
  kind: 'cross-section',
  test: {
    type: 'sum',
    left: ['disputes.litigationAfterReconsideration.total'],
    relation: '≤',
    right: ['disputes.reconsideration.total', 'lastYear:disputes.reconsideration.total'],
  },
  message: {
    'zh-CN': '复议后起诉 {left} 件，多于本年与上年行政复议合计的 {right} 件。请核对两栏是否填反或漏计。',
    en: '{left} cases were litigated after reconsideration, more than the {right} reconsiderations of this year and the last. See whether any was left out or put into the wrong row.',
  },
};

export const otherProcessingFee: Rule = {
  id: 'other.processingFee',
  title: { 'zh-CN': '信息处理费专门报告', en: 'Processing fees are reported' },
  basis: {
    source: 'notice',
    text: {
      'zh-CN':
        '国办公开办函〔2021〕30号：依据《政府信息公开信息处理费管理办法》收取信息处理费的情况，在第六部分专门报告',
      en: 'Notice No. 30 (2021): information processing fees are reported in section six',
    },
  },
  severity: 'warning',
  kind: 'cross-section',
  test: {
    type: 'mention',
    section: 'other',
    topic: 'processingFee',
    cells: ['requests.closedFeeUnpaid.total'],
  },
  message: {
    'zh-CN': '报告中有 {cause}，但“{at}”没有写信息处理费的收取情况。',
    en: 'The report has {cause}, but “{at}” says nothing of information processing fees.',
  },
};
