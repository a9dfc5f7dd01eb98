import type { AgencyInput } from '../domain/agency.ts';

/**
 * An agency of the fictional city 示例市. No division code begins with 27, nor is any of these names a real place:
 * nobody shall take the demo for a report that exists.
 */
export interface DemoAgency extends AgencyInput {
  readonly id: string;
  /** How much it has to do: 1 for an ordinary department, 0 for one whose report is all zeros (零报告). */
  readonly activity: number;
  /** It reports 规章, which few may make: a city government's office does, in its government's name. */
  readonly makesRegulations?: boolean;
}

/** The first two years are on the form of 2019, the others on that of 2021. */
export const years: readonly number[] = [2019, 2020, 2021, 2022, 2023];

/** The year still being collected: its reports stay drafts. */
export const openYear = 2023;

/** The whole city, parents before children. What a consolidating agency reports is the sum of its children. */
export const agencies: readonly DemoAgency[] = [
  {
    id: 'shili',
    name: '示例市人民政府',
    level: 'prefecture',
    kind: 'government',
    consolidates: true,
    divisionCode: '270100',
    activity: 0,
  },
  {
    id: 'shili-office',
    name: '示例市人民政府办公室',
    level: 'prefecture',
    kind: 'office',
    parentId: 'shili',
    creditCode: '11270100000001011N',
    divisionCode: '270100',
    contact: { name: '示例一', phone: '0000-0000001', email: 'gongkai@shili.example' },
    activity: 2,
    makesRegulations: true,
  },
  {
    id: 'shili-education',
    name: '示例市教育局',
    level: 'prefecture',
    kind: 'department',
    parentId: 'shili',
    creditCode: '1127010000000102XE',
    activity: 1.2,
  },
  {
    id: 'shili-planning',
    name: '示例市自然资源和规划局',
    level: 'prefecture',
    kind: 'department',
    parentId: 'shili',
    activity: 3,
  },
  {
    id: 'shili-housing',
    name: '示例市住房和城乡建设局',
    level: 'prefecture',
    kind: 'department',
    parentId: 'shili',
    activity: 2.5,
  },
  {
    id: 'shili-fund',
    name: '示例市住房公积金管理中心',
    level: 'prefecture',
    kind: 'institution',
    parentId: 'shili',
    creditCode: '12270100000001070N',
    activity: 0,
  },
  {
    id: 'shili-tax',
    name: '国家税务总局示例市税务局',
    level: 'prefecture',
    kind: 'department',
    parentId: 'shili',
    vertical: true,
    activity: 1.5,
  },
  {
    id: 'shili-dongshi',
    name: '示例市东示县人民政府',
    level: 'county',
    kind: 'government',
    parentId: 'shili',
    consolidates: true,
    divisionCode: '270121',
    activity: 0,
  },
  {
    id: 'shili-dongshi-office',
    name: '东示县人民政府办公室',
    level: 'county',
    kind: 'office',
    parentId: 'shili-dongshi',
    creditCode: '11270121000002014L',
    divisionCode: '270121',
    activity: 1,
  },
  {
    id: 'shili-dongshi-health',
    name: '东示县卫生健康局',
    level: 'county',
    kind: 'department',
    parentId: 'shili-dongshi',
    activity: 0.8,
  },
  {
    id: 'shili-dongshi-yangban',
    name: '东示县样板镇人民政府',
    level: 'township',
    kind: 'township',
    parentId: 'shili-dongshi',
    divisionCode: '270121100',
    activity: 0.3,
  },
  {
    id: 'shili-xili',
    name: '示例市西例区人民政府',
    level: 'county',
    kind: 'government',
    parentId: 'shili',
    consolidates: true,
    divisionCode: '270102',
    activity: 0,
  },
  {
    id: 'shili-xili-office',
    name: '西例区人民政府办公室',
    level: 'county',
    kind: 'office',
    parentId: 'shili-xili',
    divisionCode: '270102',
    activity: 1.2,
  },
  {
    id: 'shili-xili-market',
    name: '西例区市场监督管理局',
    level: 'county',
    kind: 'department',
    parentId: 'shili-xili',
    activity: 1,
  },
  {
    id: 'shili-xili-moban',
    name: '西例区模板街道办事处',
    level: 'township',
    kind: 'street',
    parentId: 'shili-xili',
    divisionCode: '270102001',
    activity: 0.3,
  },
];

/** Reports not there yet: the city adds up last, and the tax office reports up its own system. */
export const absent: readonly { readonly agencyId: string; readonly year: number }[] = [
  { agencyId: 'shili', year: openYear },
  { agencyId: 'shili-tax', year: openYear },
];

/** A mistake made on purpose in one cell, after everything else was made to fit. */
export interface Slip {
  readonly agencyId: string;
  readonly year: number;
  /** The cell's address in the edition of that year. */
  readonly cell: string;
  readonly becomes: 'oneMore' | 'lastDigitsSwapped' | 'blank';
}

/** What a reviewer finds in the demo; every other report is consistent, and governments add up the right figures. */
export const slips: readonly Slip[] = [
  // A case was counted in the total but in no result.
  { agencyId: 'shili-planning', year: 2020, cell: 'disputes.reconsideration.total', becomes: 'oneMore' },
  // The printed balance of the 总计 column fails, and with it both sums the cell is the total of.
  { agencyId: 'shili-education', year: 2021, cell: 'requests.concluded.total', becomes: 'oneMore' },
  // Two digits changed places: the row and the column of the cell fail by the same multiple of nine.
  { agencyId: 'shili-housing', year: openYear, cell: 'requests.partlyGranted.natural', becomes: 'lastDigitsSwapped' },
  // The cell was left out: blank is not zero.
  { agencyId: 'shili-dongshi-health', year: openYear, cell: 'disclosure.fees.amount', becomes: 'blank' },
  // The applicants of one row do not add up.
  { agencyId: 'shili-xili-market', year: openYear, cell: 'requests.carriedIn.total', becomes: 'oneMore' },
];

/**
 * What the narratives are made of. An agency takes the lines of a list in turn, year after year, so that its report
 * never says the same twice running (不得年年雷同).
 */
export const phrases = {
  disclosure: [
    '围绕群众关心的事项梳理公开目录，把办事指南改成问答的写法，配上流程图，并请窗口人员逐条试读。',
    '重要文件印发当天同步公开解读，用一张图说明谁能办、怎么办、找谁办，减少来电重复询问。',
    '对历年制发的文件逐件清理，标明有效、修改或者废止，在网站专栏集中展示，方便查找和下载。',
    '预算决算、采购结果和检查计划按时公开，格式前后一致，便于公众把几年的数据放在一起比较。',
    '召开开放日和座谈会，把参加者提出的意见逐条列出，连同采纳情况和理由一并向社会公开。',
  ],
  management: [
    '文件起草时即确定公开属性，不公开的须写明理由，由专人复核后归档。',
    '建立信息发布台账，先审后发，发布后由另一名工作人员核对原件。',
    '定期检查已公开的内容，发现失效链接和过时电话随时更正，并记录更正的时间。',
  ],
  platform: [
    '网站改进了检索功能，可以按文号、主题和年份查找，手机上也能正常阅读。',
    '新媒体账号与网站内容统一发布，同一件事只有一种说法。',
    '政务大厅设有公开查阅点，配备自助设备和专人引导，老年人也能方便使用。',
    '依申请公开入口放在首页显著位置，在线填写后可以随时查看办理进度。',
  ],
  supervision: [
    '公开工作列入年度考核，由领导班子成员负责，每季度通报一次进展。',
    '组织全体工作人员学习条例，以本单位办过的申请作为案例讲解。',
    '邀请群众代表评议公开工作，对评议中指出的问题限期答复。',
    '对基层单位开展走访指导，现场查看台账，当面说明需要改进之处。',
    '设立意见箱和监督电话，收到的意见由专人登记，办理结果逐一反馈。',
  ],
  improvements: [
    '主要问题：部分解读材料照抄文件原文，读者看不出与自己有什么关系。改进情况：要求起草人同时写出面向公众的说明，先请不熟悉业务的同事试读，读不懂的退回重写。',
    '主要问题：申请答复的格式不统一，个别答复没有写明救济途径。改进情况：制定了答复文书样式，逐项列出必备内容，发出之前由法制人员核对签字。',
    '主要问题：业务科室提供信息不够及时，栏目之间更新快慢不一。改进情况：为每个栏目指定责任人，临近期限自动提醒，逾期的在内部通报并说明原因。',
    '主要问题：年度数据由人工汇总，容易抄错，核对费时。改进情况：改为按月登记、按季核对，年底直接生成报表，由两名工作人员分别复核。',
    '主要问题：工作人员更换频繁，新手对条例的理解不深。改进情况：编写了简明手册，安排老同志带教，并把常见的疑难情形整理成问答供随时查阅。',
    '主要问题：群众对公开渠道了解不多，常常来回打听。改进情况：在办事窗口张贴查询方法，把常用信息印成折页，并在社区和村里设置固定的查阅处。',
  ],
} as const satisfies Readonly<Record<string, readonly string[]>>;
