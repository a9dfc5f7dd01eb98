import type { Basis, Rule } from '../../../domain/rule.ts';

const continuity: Basis = {
  source: 'form',
  text: {
    'zh-CN': '表三栏目“上年结转”与“结转下年度继续办理”的本义：上一年结转出去的，就是下一年结转进来的',
    en: 'The meaning of table three’s own labels: what one year carries out the next carries in',
  },
};

const comparison: Basis = {
  source: 'heuristic',
  text: {
    'zh-CN': '本系统的经验规则，与以往年度比较',
    en: 'A rule of thumb of this service, comparing with earlier years',
  },
};

export const requestsCarriedIn: Rule = {
  id: 'requests.carriedIn',
  title: { 'zh-CN': '上年结转衔接', en: 'Carried in as carried out' },
  basis: continuity,
  severity: 'warning',
  severityAt: { total: 'errorWaivable' },
  kind: 'cross-year',
  test: {
    type: 'sum',
    forEach: { section: 'requests', axis: 'column' },
    left: ['requests.carriedIn.@'],
    relation: '=',
    right: ['lastYear:requests.carriedOut.@'],
  },
  message: {
    'zh-CN': '第三部分“{at}”列：上年结转填写 {left} 件，上年度报告结转下年度 {right} 件，相差 {difference} 件。',
    en: 'Section three, column “{at}”: {left} carried in, but last year’s report carried out {right}; they differ by {difference}.',
  },
};

export const disclosureStock: Rule = {
  id: 'disclosure.stock',
  title: { 'zh-CN': '现行有效件数衔接', en: 'In force follows from last year' },
  basis: {
    source: 'form',
    text: {
      'zh-CN': '表二栏目的本义：上年末现行有效，加本年制发，减本年废止，为本年末现行有效',
      en: 'The meaning of table two’s own labels: in force last year, plus issued, less repealed, is in force now',
    },
  },
  severity: 'warning',
  kind: 'cross-year',
  test: {
    type: 'sum',
    forEach: { section: 'disclosure', axis: 'row', only: ['regulations', 'normativeDocuments'] },
    left: ['disclosure.@.inForce'],
    relation: '=',
    right: ['lastYear:disclosure.@.inForce', 'disclosure.@.issued', '-disclosure.@.repealed'],
    sameEdition: true,
  },
  message: {
    'zh-CN':
      '第二部分“{at}”：现行有效填写 {left} 件，按上年末现行有效加本年制发减本年废止应为 {right} 件，相差 {difference} 件。',
    en: 'Section two, “{at}”: {left} in force; last year’s, plus issued, less repealed, come to {right}; they differ by {difference}.',
  },
};

export const disputesPendingCarried: Rule = {
  id: 'disputes.pendingCarried',
  title: { 'zh-CN': '上年未审结案件衔接', en: 'Cases pending last year' },
  basis: {
    source: 'form',
    text: {
      'zh-CN': '表四栏目“尚未审结”的本义：上年尚未审结的案件，本年或者审结，或者仍未审结，都计入本年总计',
      en: 'The meaning of table four’s own labels: a case pending last year is decided or still pending this year, and counted',
    },
  },
  severity: 'warning',
  kind: 'cross-year',
  test: {
    type: 'sum',
    forEach: { section: 'disputes', axis: 'row' },
    left: ['lastYear:disputes.@.pending'],
    relation: '≤',
    right: ['disputes.@.total'],
  },
  message: {
    'zh-CN': '第四部分“{at}”：上年度报告有 {left} 件尚未审结，本年总计只有 {right} 件，请核对是否漏计。',
    en: 'Section four, “{at}”: {left} were pending in last year’s report, but this year counts only {right}.',
  },
};

export const disclosureFeeUnit: Rule = {
  id: 'disclosure.feeUnit',
  title: { 'zh-CN': '收费金额单位', en: 'Unit of the fees' },
  basis: {
    source: 'notice',
    text: {
      'zh-CN': '国办公开办函〔2021〕30号：本年收费金额（单位：万元）',
      en: 'Notice No. 30 (2021): fees are stated in 万元',
    },
  },
  severity: 'warning',
  kind: 'cross-year',
  test: { type: 'change', cells: ['disclosure.fees.amount'], unit: true },
  thresholds: { factor: 1_000, least: 0 },
  message: {
    'zh-CN': '“{at}”本年填写 {left} 万元，上年度报告为 {right} 万元，相差 {factor} 倍以上，疑为元与万元混淆。',
    en: '“{at}”: {left} 万元 this year, {right} last year, {factor} times or more apart: perhaps yuan and 万元 were mixed up.',
  },
};

/** Headline cells depend on what an edition has. */
export const reportSwing = (cells: readonly string[]): Rule => ({
  id: 'report.swing',
  title: { 'zh-CN': '与上年相比大幅变动', en: 'Great change since last year' },
  basis: comparison,
  severity: 'warning',
  kind: 'cross-year',
  test: { type: 'change', cells },
  thresholds: { factor: 5, least: 30 },
  message: {
    'zh-CN': '“{at}”本年为 {left}，上年度报告为 {right}，{change}。数字无误的，请在正文说明原因。',
    en: '“{at}” is {left}, last year {right}: {change}. If it is right, say why in the text.',
  },
});

export const reportOutlier = (cells: readonly string[]): Rule => ({
  id: 'report.outlier',
  title: { 'zh-CN': '与以往各年明显不同', en: 'Out of line with earlier years' },
  basis: {
    source: 'heuristic',
    text: {
      'zh-CN': '本系统的经验规则：平方根尺度上的修正 z 分数（Iglewicz、Hoaglin，1993），离差不小于泊松噪声',
      en: 'A rule of thumb of this service: modified z-score (Iglewicz and Hoaglin, 1993) on the square-root scale, the deviation floored at Poisson noise',
    },
  },
  severity: 'warning',
  kind: 'cross-year',
  test: { type: 'outlier', cells },
  thresholds: { score: 3.5, share: 0.5, least: 30, years: 4 },
  message: {
    'zh-CN': '“{at}”本年为 {left}，以往 {count} 年的中位数为 {right}，明显不同。数字无误的，请在正文说明原因。',
    en: '“{at}” is {left}; the median of the {count} earlier years is {right}. If it is right, say why in the text.',
  },
});

export const reportSimilarity: Rule = {
  id: 'report.similarity',
  title: { 'zh-CN': '文字雷同', en: 'Text much the same as another' },
  basis: {
    source: 'notice',
    text: {
      'zh-CN': '国办公开办函〔2021〕30号：不得敷衍了事、年年雷同',
      en: 'Notice No. 30 (2021): the texts must not be the same year after year',
    },
  },
  severity: 'warning',
  kind: 'cross-year',
  test: { type: 'similarity', sections: ['overview', 'improvements'] },
  thresholds: { share: 0.85 },
  message: {
    'zh-CN': '“{at}”与{others}文字雷同。请写明本机关本年度的实际情况。',
    en: '“{at}” is much the same as in {others}. Write what happened in this agency this year.',
  },
};
