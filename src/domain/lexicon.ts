import type { Precision } from './claim.ts';

/**
 * What a word does in a sentence. A clause is read only if the grammar has a place for every word in it; a word of
 * no role is unknown, and a clause that holds one says nothing.
 */
export const roles = [
  /** 政府信息公开申请, 依申请公开. */
  'request',
  /** 申请 alone: a request only where the sentence is about requests. */
  'bareRequest',
  /** 收到; 新收; 办理 (which a reviewing body does too). */
  'receive',
  'receiveNew',
  'handle',
  /** 办结; 答复. */
  'conclude',
  'answer',
  /** 上年结转; 结转下年; 结转 with a year, or alone. */
  'carriedIn',
  'carriedOut',
  'carry',
  /** 予以公开 …: with a topic. */
  'outcome',
  /**
   * Why a request was answered so, with the outcome the form counts it under: one row of several. `open` (等原因)
   * stands for all of them.
   */
  'reason',
  /** 行政复议 …: with a topic. */
  'dispute',
  /** 维持, 纠正, 尚未审结: with the ending of a topic. */
  'result',
  /** 发生, 引发; with the topic `disclosure` where they say over what. */
  'occur',
  /** 政府信息公开: what a dispute has to be about to count. */
  'disclosure',
  /** 规章, 规范性文件: with the beginning of a topic; 制发, 废止, 现行有效: with its ending. */
  'document',
  'documentVerb',
  /** 修订, 失效, 延期答复: what the form counts with a topic of that ending, though it has another name. */
  'kindred',
  /** 公开, 发布: what is published is not what was issued or decided. `proactive` where nobody had to ask (主动公开). */
  'publish',
  /** 行政许可 …: with a topic; the same with 决定 in it; 作出, 实施. */
  'decision',
  'ruling',
  'decide',
  /** 信息处理费; 收费 alone. */
  'fee',
  'charge',
  /** 事项: counts things one may apply for, not decisions. */
  'affair',
  'negation',
  /** 均为零. */
  'nil',
  'every',
  /** 按时: 均按时答复 does not say that nothing is pending. */
  'timely',
  'total',
  /** 累计: a total of this year only where the year is named. */
  'cumulative',
  /** 含: what was counted holds it. 加上: it is added to what was counted. */
  'including',
  'adding',
  'part',
  'respectively',
  'each',
  'compare',
  'share',
  /** 办结率; every other rate. */
  'closureRate',
  'rate',
  /** 拟, 力争: what has not happened. */
  'plan',
  /** 咨询, 提案: other things that are received and answered. */
  'otherMatter',
  'channel',
  'applicant',
  'thisPeriod',
  'otherPeriod',
  'self',
  'region',
  /** 各级行政机关: all there are, where a region is named before. */
  'everyOrgan',
  'otherSubject',
  /** 转办: what was passed on by another is a part of what was received. */
  'forward',
  /** 其余, 除: what is said of all that is left is not said of all. */
  'rest',
  'except',
  /** 代表: who is represented is not who reports. */
  'behalf',
  /** 统计期限; 现公布; 年度报告. */
  'periodName',
  'announce',
  'reportName',
  /** 指导, 根据: what follows is not the subject. */
  'opener',
  /** 的. */
  'of',
  /** Words that change nothing. */
  'filler',
] as const;
export type Role = (typeof roles)[number];

/** Words of one role; `topic` where the role asks for one. */
export interface LexiconEntry {
  readonly role: Role;
  readonly topic?: string;
  readonly words: readonly string[];
}

/** `case`: what requests and decisions are counted in; `paper`: what documents are; the rest count something else. */
export const unitKinds = ['case', 'paper', 'percent', 'year', 'month', 'day', 'money', 'other'] as const;
export type UnitKind = (typeof unitKinds)[number];

/** How an agency is known by its name. */
export interface AgencyNames {
  /** Endings of one kind: 办公室, 办公厅 and 政府办 are the same. */
  readonly endings: readonly (readonly string[])[];
  /** Endings of governments that add up their departments; their report speaks of 全市. */
  readonly governments: readonly string[];
  /** Names that hold one of these are not added up from below, though they end like a government. */
  readonly townships: readonly string[];
  /** Endings that make words at the beginning of a clause a subject. */
  readonly organs: readonly string[];
  /** 省, 市, 县: the one of 全市 has to be the last one in the agency's name. */
  readonly levels: string;
}

/** The words of a language of reports, as data. Words are written in simplified characters and ASCII punctuation. */
export interface Lexicon {
  readonly entries: readonly LexiconEntry[];
  readonly units: Readonly<Record<UnitKind, readonly string[]>>;
  /** Before a number (约) and after it or its unit (余, 左右). */
  readonly before: Readonly<Record<Exclude<Precision, 'exact'>, readonly string[]>>;
  readonly after: Readonly<Record<Exclude<Precision, 'exact'>, readonly string[]>>;
  readonly agencies: AgencyNames;
  /** Characters read as another: pairs, the written one first. */
  readonly characters: string;
  /** Words read as another of the same length, after the characters. */
  readonly synonyms: readonly (readonly [string, string])[];
}
