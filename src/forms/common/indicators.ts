import type { Indicator } from '../../domain/indicator.ts';

const concluded = ['requests.concluded.total'];
const accepted = ['requests.received.total', 'requests.carriedIn.total'];

/** The indicators of every edition so far. */
export const indicators: readonly Indicator[] = [
  {
    id: 'accepted',
    label: { 'zh-CN': '应办理申请总数', en: 'Requests to be handled' },
    numerator: accepted,
  },
  {
    id: 'closureRate',
    label: { 'zh-CN': '申请办结率', en: 'Closure rate' },
    numerator: concluded,
    denominator: accepted,
  },
  {
    id: 'carryForwardRate',
    label: { 'zh-CN': '申请结转率', en: 'Carry-forward rate' },
    numerator: ['requests.carriedOut.total'],
    denominator: accepted,
  },
  {
    id: 'disclosureRate',
    label: { 'zh-CN': '公开率', en: 'Disclosure rate' },
    numerator: ['requests.granted.total', 'requests.partlyGranted.total'],
    denominator: concluded,
  },
  {
    id: 'fullDisclosureRate',
    label: { 'zh-CN': '全部公开率', en: 'Full disclosure rate' },
    numerator: ['requests.granted.total'],
    denominator: concluded,
  },
  {
    id: 'effectiveDisclosureRate',
    label: { 'zh-CN': '实质办理公开率', en: 'Disclosure rate among requests decided in substance' },
    numerator: ['requests.granted.total', 'requests.partlyGranted.total'],
    denominator: ['requests.concluded.total', '-requests.declined.total', '-requests.closed.total'],
  },
  {
    id: 'refusalRate',
    label: { 'zh-CN': '不予公开率', en: 'Refusal rate' },
    numerator: ['requests.refused.total'],
    denominator: concluded,
  },
  {
    id: 'unableRate',
    label: { 'zh-CN': '无法提供率', en: 'Rate of requests that could not be met' },
    numerator: ['requests.unable.total'],
    denominator: concluded,
  },
  {
    id: 'declinedRate',
    label: { 'zh-CN': '不予处理率', en: 'Rate of requests declined' },
    numerator: ['requests.declined.total'],
    denominator: concluded,
  },
  {
    id: 'closedRate',
    label: { 'zh-CN': '其他处理率', en: 'Rate of requests closed otherwise' },
    numerator: ['requests.closed.total'],
    denominator: concluded,
  },
  {
    id: 'notHeldShare',
    label: { 'zh-CN': '本机关不掌握占无法提供比例', en: 'Not held, share of what could not be provided' },
    numerator: ['requests.unableNotHeld.total'],
    denominator: ['requests.unable.total'],
  },
  {
    id: 'naturalPersonShare',
    label: { 'zh-CN': '自然人申请占比', en: 'Share of natural persons' },
    numerator: ['requests.received.natural'],
    denominator: ['requests.received.total'],
  },
  {
    id: 'reconsiderationCorrectionRate',
    label: { 'zh-CN': '行政复议纠错率', en: 'Correction rate in reconsideration' },
    numerator: ['disputes.reconsideration.corrected'],
    denominator: ['disputes.reconsideration.total', '-disputes.reconsideration.pending'],
  },
  {
    id: 'litigationCorrectionRate',
    label: { 'zh-CN': '行政诉讼纠错率', en: 'Correction rate in litigation' },
    numerator: ['disputes.litigation.corrected'],
    denominator: ['disputes.litigation.total', '-disputes.litigation.pending'],
  },
  {
    id: 'disputeRate',
    label: { 'zh-CN': '行政争议发生率', en: 'Dispute rate' },
    numerator: ['disputes.reconsideration.total', 'disputes.directLitigation.total'],
    denominator: concluded,
  },
  {
    id: 'litigationAfterReconsiderationRate',
    label: { 'zh-CN': '复议后起诉率', en: 'Rate of litigation after reconsideration' },
    numerator: ['disputes.litigationAfterReconsideration.total'],
    denominator: ['disputes.reconsideration.total'],
  },
  {
    id: 'licencesPerEnforcement',
    label: { 'zh-CN': '行政许可与处罚强制之比', en: 'Licences per penalty or coercive measure' },
    numerator: ['disclosure.licences.decisions'],
    denominator: ['disclosure.penalties.decisions', 'disclosure.coercion.decisions'],
  },
];

/** Not in edition 2019, which asks for what was made and published, not for what was repealed. */
export const normativeNet: Indicator = {
  id: 'normativeNet',
  label: { 'zh-CN': '行政规范性文件净增件数', en: 'Net change in normative documents' },
  numerator: ['disclosure.normativeDocuments.issued', '-disclosure.normativeDocuments.repealed'],
};
