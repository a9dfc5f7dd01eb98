import type { Basis, ClaimedPlace, Rule } from '../../../domain/rule.ts';
import type { Topic } from '../../../domain/claim.ts';
import type { Words } from '../../../domain/language.ts';

const sameReport: Basis = {
  source: 'notice',
  text: {
    'zh-CN': '国办公开办函〔2021〕30号：数据要统得出、报得准、可核查；同一份报告的文字与表格应当一致',
    en: 'Notice No. 30 (2021): figures must be accurate and verifiable; a report’s text and tables say the same',
  },
};

/** Narratives that tell of the year’s figures; those on problems and plans do not. */
const sections = ['overview', 'other'];

const share = 0.1;
const loose = 0.1;

type Claims = ClaimedPlace['claims'];
type Sums = Claims[number]['sums'];

const counted = (topic: Topic, sums: Sums): Claims[number] => ({ topic, kind: 'count', sums });
const noneOf = (topic: Topic, sums: Sums): Claims[number] => ({ topic, kind: 'none', sums });

const received: Sums = [['requests.received.total']];
const accepted: Sums = [['requests.received.total', 'requests.carriedIn.total']];
const concluded: Sums = [['requests.concluded.total']];
/** Those withdrawn or never completed are concluded, and many do not call them answered. */
const answered: Sums[number] = ['requests.concluded.total', '-requests.closed.total'];

/** A rule that the narratives say what the tables do. */
function textRule(
  id: string,
  title: Words,
  places: readonly ClaimedPlace[],
  thresholds: Rule['thresholds'] = { loose },
): Rule {
  return {
    id,
    title,
    basis: sameReport,
    severity: 'warning',
    kind: 'text',
    test: { type: 'claims', sections, places },
    thresholds,
    message: {
      'zh-CN': '正文写“{quote}”，表格中“{at}”为 {right}，两处不一致。',
      en: 'The text says “{quote}”, the tables have {right} for “{at}”.',
    },
  };
}

export const textReceived = textRule(
  'text.received',
  { 'zh-CN': '正文与收到申请数', en: 'Text and requests received' },
  [
    {
      at: 'received',
      label: { 'zh-CN': '收到的申请', en: 'requests received' },
      claims: [
        counted('received', received),
        counted('accepted', accepted),
        // Real narratives write 申请N件 for either.
        counted('requests', [...received, ...accepted]),
        counted('handled', [...received, ...accepted, ...concluded]),
      ],
    },
  ],
);

export const textCarriedIn = textRule(
  'text.carriedIn',
  { 'zh-CN': '正文与上年结转数', en: 'Text and requests carried in' },
  [
    {
      at: 'carriedIn',
      label: { 'zh-CN': '上年结转', en: 'carried in' },
      claims: [
        counted('carriedIn', [['requests.carriedIn.total']]),
        noneOf('carriedIn', [['requests.carriedIn.total']]),
      ],
    },
  ],
);

export const textConcluded = textRule(
  'text.concluded',
  { 'zh-CN': '正文与办结数', en: 'Text and requests concluded' },
  [
    {
      at: 'concluded',
      label: { 'zh-CN': '办结的申请', en: 'requests concluded' },
      claims: [
        counted('concluded', concluded),
        counted('answered', [...concluded, ...received, ...accepted, answered]),
      ],
    },
  ],
);

export const textCarriedOut = textRule(
  'text.carriedOut',
  { 'zh-CN': '正文与结转下年度数', en: 'Text and requests carried out' },
  [
    {
      at: 'carriedOut',
      label: { 'zh-CN': '结转下年度继续办理', en: 'carried out' },
      claims: [
        counted('carriedOut', [['requests.carriedOut.total']]),
        noneOf('carriedOut', [['requests.carriedOut.total']]),
      ],
    },
  ],
);

/** The outcomes texts speak of, as selectors know them. */
const outcomes = {
  granted: { 'zh-CN': '予以公开', en: 'granted' },
  partlyGranted: { 'zh-CN': '部分公开', en: 'partly granted' },
  refused: { 'zh-CN': '不予公开', en: 'refused' },
  unable: { 'zh-CN': '无法提供', en: 'unable' },
  declined: { 'zh-CN': '不予处理', en: 'declined' },
  closed: { 'zh-CN': '其他处理', en: 'closed otherwise' },
} as const satisfies Partial<Record<Topic, Words>>;

type Outcome = keyof typeof outcomes;
const outcomeEntries = Object.entries(outcomes) as [Outcome, Words][];

/** 其他处理 is the group, and the last row in it. */
function outcomeSums(at: Outcome): Sums {
  const sums: Sums = [[`requests.${at}.total`]];
  return at === 'closed' ? [...sums, ['requests.closedOther.total']] : sums;
}

export const textOutcomes = textRule(
  'text.outcomes',
  { 'zh-CN': '正文与办理结果', en: 'Text and outcomes' },
  outcomeEntries.map(([at, label]) => ({
    at,
    label,
    claims: [counted(at, outcomeSums(at)), noneOf(at, [[`requests.${at}.total`]])],
  })),
);

export const textShare = textRule(
  'text.share',
  { 'zh-CN': '正文所写占比', en: 'Shares the text gives' },
  outcomeEntries.map(([at, label]) => ({
    at,
    label,
    claims: [
      { topic: at, kind: 'share', sums: [[`requests.${at}.total`]], of: [...concluded, ...received, ...accepted] },
    ],
  })),
  { share, loose },
);

const litigationRows = ['directLitigation', 'litigationAfterReconsideration'];
const disputeCells = (rows: readonly string[], column: string) => rows.map((row) => `disputes.${row}.${column}`);

type Disputes = readonly (readonly string[])[];

/** The cases of one kind of dispute, with or without those still pending: real narratives leave these out. */
function cases(topic: Topic, label: Words, alternatives: Disputes): ClaimedPlace {
  const sums = alternatives.flatMap((rows) => [
    disputeCells(rows, 'total'),
    [...disputeCells(rows, 'total'), ...disputeCells(rows, 'pending').map((cell) => `-${cell}`)],
  ]);
  return { at: topic, label, claims: [counted(topic, sums)] };
}

const results = {
  upheld: { 'zh-CN': '结果维持', en: 'upheld' },
  corrected: { 'zh-CN': '结果纠正', en: 'corrected' },
  pending: { 'zh-CN': '尚未审结', en: 'pending' },
} as const;

/** How one kind of dispute ended. */
function endings(topic: 'reconsideration' | 'litigation', label: Words, alternatives: Disputes): ClaimedPlace[] {
  return (Object.keys(results) as (keyof typeof results)[]).map((result) => ({
    at: `${topic}.${result}`,
    label: { 'zh-CN': label['zh-CN'] + results[result]['zh-CN'], en: `${label.en} ${results[result].en}` },
    claims: [
      counted(
        `${topic}.${result}`,
        alternatives.map((rows) => disputeCells(rows, result)),
      ),
    ],
  }));
}

const reconsiderations = { 'zh-CN': '行政复议', en: 'reconsiderations' };
const litigation = { 'zh-CN': '行政诉讼', en: 'litigation' };
const litigationWays = [litigationRows, ...litigationRows.map((row) => [row])];

export const textDisputes = textRule('text.disputes', { 'zh-CN': '正文与复议诉讼', en: 'Text and disputes' }, [
  cases('reconsideration', reconsiderations, [['reconsideration']]),
  ...endings('reconsideration', reconsiderations, [['reconsideration']]),
  cases('litigation', litigation, litigationWays),
  ...endings('litigation', litigation, litigationWays),
  cases('directLitigation', { 'zh-CN': '未经复议直接起诉', en: 'direct litigation' }, [['directLitigation']]),
  cases('litigationAfterReconsideration', { 'zh-CN': '复议后起诉', en: 'litigation after reconsideration' }, [
    ['litigationAfterReconsideration'],
  ]),
  cases('disputes', { 'zh-CN': '行政复议和行政诉讼', en: 'disputes' }, [
    ['reconsideration', ...litigationRows],
    ['reconsideration', 'directLitigation'],
  ]),
]);

/** Topics on section two, by the cell they are about; an edition names those it has. */
export const textDisclosure = (cells: Partial<Record<Disclosed, string>>): Rule =>
  textRule(
    'text.disclosure',
    { 'zh-CN': '正文与主动公开数据', en: 'Text and proactive disclosure' },
    (Object.entries(cells) as [Disclosed, string][]).map(([topic, cell]) => ({
      at: topic,
      label: disclosed[topic],
      claims: [counted(topic, [[cell]])],
    })),
  );

const disclosed = {
  'regulations.issued': { 'zh-CN': '规章制发件数', en: 'administrative rules issued' },
  'regulations.repealed': { 'zh-CN': '规章废止件数', en: 'administrative rules repealed' },
  'regulations.inForce': { 'zh-CN': '规章现行有效件数', en: 'administrative rules in force' },
  'normativeDocuments.issued': { 'zh-CN': '规范性文件制发件数', en: 'normative documents issued' },
  'normativeDocuments.repealed': { 'zh-CN': '规范性文件废止件数', en: 'normative documents repealed' },
  'normativeDocuments.inForce': { 'zh-CN': '规范性文件现行有效件数', en: 'normative documents in force' },
  licences: { 'zh-CN': '行政许可决定', en: 'licences' },
  penalties: { 'zh-CN': '行政处罚决定', en: 'penalties' },
  coercion: { 'zh-CN': '行政强制决定', en: 'coercion' },
} as const satisfies Partial<Record<Topic, Words>>;

type Disclosed = keyof typeof disclosed;

export const textNone = textRule('text.none', { 'zh-CN': '正文所说的“没有”“全部”', en: 'None and all in the text' }, [
  {
    at: 'received',
    label: { 'zh-CN': '收到的申请', en: 'requests received' },
    claims: [noneOf('requests', received), noneOf('received', received)],
  },
  {
    at: 'carriedOut',
    label: { 'zh-CN': '结转下年度继续办理', en: 'carried out' },
    claims: [{ topic: 'concluded', kind: 'all', sums: [['requests.carriedOut.total']] }],
  },
  {
    at: 'reconsideration',
    label: { 'zh-CN': '行政复议', en: 'reconsiderations' },
    claims: [noneOf('reconsideration', [['disputes.reconsideration.total']])],
  },
  {
    at: 'litigation',
    label: { 'zh-CN': '行政诉讼', en: 'litigation' },
    claims: [noneOf('litigation', [disputeCells(litigationRows, 'total')])],
  },
]);

export const reportPeriod: Rule = {
  id: 'report.period',
  title: { 'zh-CN': '统计期限', en: 'Reporting period' },
  basis: {
    source: 'law',
    text: {
      'zh-CN': '《政府信息公开条例》第四十九条：年度报告报告的是上一年度的情况',
      en: 'Regulations on Open Government Information, article 49: the report is on the year before',
    },
  },
  severity: 'warning',
  kind: 'text',
  test: { type: 'period', sections: ['overview', 'improvements', 'other'], topic: 'period' },
  message: {
    'zh-CN': '“{at}”中写“{quote}”，而报告年度是 {right} 年。',
    en: '“{at}” says “{quote}”, but the report is on {right}.',
  },
};
