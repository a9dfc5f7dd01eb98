/** What a narrative can be held against the tables for. Permanent: rules name them. */
export const topics = [
  'received',
  'requests',
  'handled',
  'accepted',
  'carriedIn',
  'concluded',
  'answered',
  'carriedOut',
  'granted',
  'partlyGranted',
  'refused',
  'unable',
  'declined',
  'closed',
  'reconsideration',
  'reconsideration.upheld',
  'reconsideration.corrected',
  'reconsideration.pending',
  'litigation',
  'litigation.upheld',
  'litigation.corrected',
  'litigation.pending',
  'directLitigation',
  'litigationAfterReconsideration',
  'disputes',
  'regulations.issued',
  'regulations.repealed',
  'regulations.inForce',
  'normativeDocuments.issued',
  'normativeDocuments.repealed',
  'normativeDocuments.inForce',
  'licences',
  'penalties',
  'coercion',
  'period',
  'processingFee',
] as const;

export type Topic = (typeof topics)[number];

/**
 * `count`: so many 件. `share`: a percentage. `none`: there was none (未收到申请). `all`: all of them (全部办结).
 * `year`: the year reported on. `mention`: the topic is spoken of.
 */
export const claimKinds = ['count', 'share', 'none', 'all', 'year', 'mention'] as const;
export type ClaimKind = (typeof claimKinds)[number];

/** `exact`; `about` (约, 左右, 1.2万); `over` (余, 多, 超过: so many or somewhat more); `under` (近, 不到: somewhat less). */
export const precisions = ['exact', 'about', 'over', 'under'] as const;
export type Precision = (typeof precisions)[number];

/** What a narrative says that can be held against the tables. */
export interface Claim {
  readonly topic: Topic;
  readonly kind: ClaimKind;
  /** A number of 件, percent or a year; `null` for the other kinds. */
  readonly value: number | null;
  readonly precision: Precision;
  /** Where in the text as written, in UTF-16 code units, half-open: the words read, 新收政府信息公开申请35件. */
  readonly start: number;
  readonly end: number;
}
