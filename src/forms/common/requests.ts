import type { Column, Group, Row } from '../../domain/edition.ts';

const applicantGroups: readonly Group[] = [
  { key: 'applicants', label: { 'zh-CN': '申请人情况', en: 'Applicants' }, headingOnly: true },
  {
    key: 'organisations',
    within: 'applicants',
    label: { 'zh-CN': '法人或其他组织', en: 'Legal persons and other organisations' },
    subtotal: true,
  },
];

const applicantColumns: readonly Column[] = [
  { key: 'natural', group: 'applicants', label: { 'zh-CN': '自然人', en: 'Natural persons' }, value: 'count' },
  {
    key: 'business',
    group: 'organisations',
    label: { 'zh-CN': '商业企业', en: 'Business enterprises' },
    value: 'count',
  },
  {
    key: 'research',
    group: 'organisations',
    label: { 'zh-CN': '科研机构', en: 'Research institutions' },
    value: 'count',
  },
  {
    key: 'welfare',
    group: 'organisations',
    label: { 'zh-CN': '社会公益组织', en: 'Public welfare organisations' },
    value: 'count',
  },
  {
    key: 'legal',
    group: 'organisations',
    label: { 'zh-CN': '法律服务机构', en: 'Legal service providers' },
    value: 'count',
  },
  {
    key: 'otherOrg',
    group: 'organisations',
    label: { 'zh-CN': '其他', en: 'Other organisations' },
    value: 'count',
  },
  {
    key: 'total',
    group: 'applicants',
    label: { 'zh-CN': '总计', en: 'Total' },
    value: 'count',
    totalOf: 'applicants',
  },
];

const outcomeGroups: readonly Group[] = [
  { key: 'outcomes', number: '三、', label: { 'zh-CN': '本年度办理结果', en: 'Outcomes this year' } },
  {
    key: 'refused',
    within: 'outcomes',
    number: '（三）',
    label: { 'zh-CN': '不予公开', en: 'Refused' },
    subtotal: true,
  },
  {
    key: 'unable',
    within: 'outcomes',
    number: '（四）',
    label: { 'zh-CN': '无法提供', en: 'Unable to provide' },
    subtotal: true,
  },
  {
    key: 'declined',
    within: 'outcomes',
    number: '（五）',
    label: { 'zh-CN': '不予处理', en: 'Declined to handle' },
    subtotal: true,
  },
  {
    key: 'closed',
    within: 'outcomes',
    number: '（六）',
    label: { 'zh-CN': '其他处理', en: 'Closed otherwise' },
    subtotal: true,
  },
];

/** Items one to three (五): the same in every edition so far. */
export const rowsBeforeClosed: readonly Row[] = [
  {
    key: 'received',
    number: '一、',
    label: { 'zh-CN': '本年新收政府信息公开申请数量', en: 'Requests received this year' },
  },
  {
    key: 'carriedIn',
    number: '二、',
    label: { 'zh-CN': '上年结转政府信息公开申请数量', en: 'Requests carried in from last year' },
  },
  { key: 'granted', group: 'outcomes', number: '（一）', label: { 'zh-CN': '予以公开', en: 'Granted' } },
  {
    key: 'partlyGranted',
    group: 'outcomes',
    number: '（二）',
    label: {
      'zh-CN': '部分公开（区分处理的，只计这一情形，不计其他情形）',
      en: 'Partly granted (redacted; counted here only)',
    },
  },
  {
    key: 'refusedStateSecret',
    group: 'refused',
    number: '1.',
    label: { 'zh-CN': '属于国家秘密', en: 'Refused: state secret' },
  },
  {
    key: 'refusedByLaw',
    group: 'refused',
    number: '2.',
    label: { 'zh-CN': '其他法律行政法规禁止公开', en: 'Refused: disclosure forbidden by another law or regulation' },
  },
  {
    key: 'refusedSecurity',
    group: 'refused',
    number: '3.',
    label: {
      'zh-CN': '危及“三安全一稳定”',
      en: 'Refused: endangers national, public or economic security or social stability',
    },
  },
  {
    key: 'refusedThirdParty',
    group: 'refused',
    number: '4.',
    label: { 'zh-CN': '保护第三方合法权益', en: 'Refused: protects a third party’s lawful interests' },
  },
  {
    key: 'refusedInternal',
    group: 'refused',
    number: '5.',
    label: { 'zh-CN': '属于三类内部事务信息', en: 'Refused: internal affairs (staff, logistics, workflow)' },
  },
  {
    key: 'refusedDeliberative',
    group: 'refused',
    number: '6.',
    label: {
      'zh-CN': '属于四类过程性信息',
      en: 'Refused: deliberative (minutes, drafts, consultations, requests for instructions)',
    },
  },
  {
    key: 'refusedEnforcementFile',
    group: 'refused',
    number: '7.',
    label: { 'zh-CN': '属于行政执法案卷', en: 'Refused: administrative enforcement file' },
  },
  {
    key: 'refusedAdministrativeQuery',
    group: 'refused',
    number: '8.',
    label: { 'zh-CN': '属于行政查询事项', en: 'Refused: subject to another query procedure' },
  },
  {
    key: 'unableNotHeld',
    group: 'unable',
    number: '1.',
    label: { 'zh-CN': '本机关不掌握相关政府信息', en: 'Unable: not held by this agency' },
  },
  {
    key: 'unableNotReady',
    group: 'unable',
    number: '2.',
    label: { 'zh-CN': '没有现成信息需要另行制作', en: 'Unable: would have to be compiled' },
  },
  {
    key: 'unableUnclear',
    group: 'unable',
    number: '3.',
    label: { 'zh-CN': '补正后申请内容仍不明确', en: 'Unable: still unclear after correction' },
  },
  {
    key: 'declinedPetition',
    group: 'declined',
    number: '1.',
    label: { 'zh-CN': '信访举报投诉类申请', en: 'Declined: petition, report or complaint' },
  },
  {
    key: 'declinedRepeat',
    group: 'declined',
    number: '2.',
    label: { 'zh-CN': '重复申请', en: 'Declined: repeated request' },
  },
  {
    key: 'declinedPublication',
    group: 'declined',
    number: '3.',
    label: { 'zh-CN': '要求提供公开出版物', en: 'Declined: asks for a publication' },
  },
  {
    key: 'declinedExcessive',
    group: 'declined',
    number: '4.',
    label: { 'zh-CN': '无正当理由大量反复申请', en: 'Declined: excessive without good reason' },
  },
  {
    key: 'declinedConfirmation',
    group: 'declined',
    number: '5.',
    label: {
      'zh-CN': '要求行政机关确认或重新出具已获取信息',
      en: 'Declined: asks to confirm or reissue information already obtained',
    },
  },
];

/** Item three (七) and item four: the same in every edition so far. */
export const rowsAfterClosed: readonly Row[] = [
  {
    key: 'concluded',
    group: 'outcomes',
    number: '（七）',
    label: { 'zh-CN': '总计', en: 'Concluded, total' },
    totalOf: 'outcomes',
  },
  {
    key: 'carriedOut',
    number: '四、',
    label: { 'zh-CN': '结转下年度继续办理', en: 'Requests carried out to next year' },
  },
];

/** Section three but for its blocks: the same in every edition so far. */
export const section = {
  kind: 'table',
  key: 'requests',
  number: '三',
  label: { 'zh-CN': '收到和处理政府信息公开申请情况', en: 'Requests for information received and handled' },
  description: {
    'zh-CN': '本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和。',
    en: 'In every column, item one plus item two equals item three plus item four.',
  },
} as const;

/** Table three but for its rows: the same in every edition so far. */
export const block = {
  key: 'requests',
  corner: {
    'zh-CN': '（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）',
    en: '(In every column, item one plus item two equals item three plus item four)',
  },
  columnGroups: applicantGroups,
  columns: applicantColumns,
  rowGroups: outcomeGroups,
} as const;
