import type { Random } from './reports.ts';

/** Sentences everybody writes; what stands in braces is filled in. */
const stock = [
  '严格落实政府信息公开条例，坚持以公开为常态、不公开为例外。',
  '全年通过门户网站主动公开信息{n}条，其中部门文件{n}条、财政信息{n}条。',
  '依申请公开工作专人负责，收件、登记、办理、答复各环节留痕可查。',
  '新收政府信息公开申请{n}件，上年结转{n}件，办结{n}件，结转下年度继续办理{n}件。',
  '其中予以公开{n}件，部分公开{n}件，不予公开{n}件，无法提供{n}件。',
  '发生行政复议{n}件、行政诉讼{n}件，结果维持{n}件。',
  '定期清理公开目录，对失效文件及时标注，保证群众查得到、看得懂、用得上。',
  '加强政务新媒体管理，执行先审后发制度，全年没有发生泄密事件。',
  '组织业务培训{n}次，参训人员{n}人次，进一步统一了办理口径。',
  '把政务公开纳入年度考核，分值权重不低于百分之四。',
  '现行有效规范性文件{n}件，本年制发{n}件，废止{n}件。',
  '作出行政许可决定{n}件、行政处罚决定{n}件，全部按时公示。',
] as const;

/** What an agency writes of its own. */
const words =
  '教育 卫生 交通 水利 农业 林业 住房 民政 财政 审计 统计 气象 消防 文化 旅游 体育 商务 税务 市场 城管 环保 应急 社保 医保 就业 扶贫 养老 托育 供水 供电 燃气 公交 停车 物业 社区 村镇 街道 园区 企业 学校 医院 工地 河道 水库 森林 耕地 粮食 种子 农机 渔业 畜牧 防汛 抗旱 预警 演练 宣传 讲座 展板 热线 信箱 网页 专栏 目录 台账 清单 指南 流程 时限 窗口 大厅 档案 查阅 解读 问答 图解 视频 访谈 座谈 调研 走访 意见 建议 反馈 整改 督办 通报 抽查 评估 考核 奖惩 培训 轮训 带教 手册 模板 样本 案例 问题 短板 难点 痛点 经验 亮点 创新 试点 推广 完善 健全 规范 细化 优化 提升 强化 推进 落实 梳理 汇总 核对 修订 更新 归集 共享 开放 联动 协同 会商 研判 提醒 跟踪 回访 销号 存档 发布 公示 征集 采纳 说明 回应 澄清 辟谣 服务 监管 执法 处罚 许可 备案 审批 招标 采购 预算 决算 补贴 项目 工程 资金 人员 岗位 职责 制度 机制 平台 系统 数据 接口 安全 保密 审查 监测 巡检 备份 升级'.split(
    ' ',
  );

/** A narrative of about so many characters that is like others only where everybody writes the same. */
export function narrativeOf(random: Random, characters: number): string {
  let text = '';
  while (text.length < characters) text += random() < 0.3 ? stockSentence(random) : ownSentence(random);
  return text;
}

/** An overview of a typical length that states all its figures: what the reader of narratives is measured on. */
export function overviewWithFigures(random: Random): string {
  const opening = '统计期限为2023年1月1日至2023年12月31日。';
  const figures = stock.map((sentence) => filled(sentence, random)).join('');
  return opening + figures + narrativeOf(random, 1_500 - opening.length - figures.length);
}

function stockSentence(random: Random): string {
  return filled(oneOf(stock, random), random);
}

function filled(sentence: string, random: Random): string {
  return sentence.replaceAll('{n}', () => String(Math.floor(random() * 400)));
}

function ownSentence(random: Random): string {
  const clauses = Array.from({ length: 2 + Math.floor(random() * 3) }, () =>
    Array.from({ length: 3 + Math.floor(random() * 4) }, () => oneOf(words, random)).join(''),
  );
  return `${clauses.join('，')}。`;
}

function oneOf<Item>(items: readonly Item[], random: Random): Item {
  return items[Math.floor(random() * items.length)] as Item;
}
