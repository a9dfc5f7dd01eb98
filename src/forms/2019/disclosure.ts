import type { Column, TableSection } from '../../domain/edition.ts';
import { corner } from '../common/disclosure.ts';

const documents: readonly Column[] = [
  { key: 'made', label: { 'zh-CN': '本年新制作数量', en: 'Made this year' }, value: 'count' },
  { key: 'published', label: { 'zh-CN': '本年新公开数量', en: 'Published this year' }, value: 'count' },
  { key: 'publicTotal', label: { 'zh-CN': '对外公开总数量', en: 'Published in total' }, value: 'count' },
];

const itemChanges: readonly Column[] = [
  { key: 'itemsLastYear', label: { 'zh-CN': '上一年项目数量', en: 'Items last year' }, value: 'count' },
  { key: 'itemsChange', label: { 'zh-CN': '本年增/减', en: 'Change this year' }, value: 'signedCount' },
];

const itemsAndDecisions: readonly Column[] = [
  ...itemChanges,
  { key: 'decisions', label: { 'zh-CN': '处理决定数量', en: 'Decisions' }, value: 'count' },
];

export const disclosure: TableSection = {
  kind: 'table',
  key: 'disclosure',
  number: '二',
  label: { 'zh-CN': '主动公开政府信息情况', en: 'Information disclosed proactively' },
  description: {
    'zh-CN': '条例第二十条第（一）（五）（六）（八）（九）项规定的主动公开内容。',
    en: 'What article 20 items (1), (5), (6), (8) and (9) require to be disclosed.',
  },
  blocks: [
    {
      key: 'item1',
      label: { 'zh-CN': '第二十条第（一）项', en: 'Article 20 (1)' },
      corner,
      rows: [
        { key: 'regulations', label: { 'zh-CN': '规章', en: 'Administrative rules (规章)' } },
        { key: 'normativeDocuments', label: { 'zh-CN': '规范性文件', en: 'Normative documents' } },
      ],
      columns: documents,
    },
    {
      key: 'item5',
      label: { 'zh-CN': '第二十条第（五）项', en: 'Article 20 (5)' },
      corner,
      rows: [
        { key: 'licences', label: { 'zh-CN': '行政许可', en: 'Administrative licences' } },
        { key: 'otherServices', label: { 'zh-CN': '其他对外管理服务事项', en: 'Other services to the public' } },
      ],
      columns: itemsAndDecisions,
    },
    {
      key: 'item6',
      label: { 'zh-CN': '第二十条第（六）项', en: 'Article 20 (6)' },
      corner,
      rows: [
        { key: 'penalties', label: { 'zh-CN': '行政处罚', en: 'Administrative penalties' } },
        { key: 'coercion', label: { 'zh-CN': '行政强制', en: 'Administrative coercion' } },
      ],
      columns: itemsAndDecisions,
    },
    {
      key: 'item8',
      label: { 'zh-CN': '第二十条第（八）项', en: 'Article 20 (8)' },
      corner,
      rows: [{ key: 'fees', label: { 'zh-CN': '行政事业性收费', en: 'Administrative fees' } }],
      columns: itemChanges,
    },
    {
      key: 'item9',
      label: { 'zh-CN': '第二十条第（九）项', en: 'Article 20 (9)' },
      corner,
      rows: [{ key: 'procurement', label: { 'zh-CN': '政府集中采购', en: 'Central government procurement' } }],
      columns: [
        { key: 'items', label: { 'zh-CN': '采购项目数量', en: 'Items procured' }, value: 'count' },
        {
          key: 'amount',
          label: { 'zh-CN': '采购总金额', en: 'Amount procured' },
          unit: { 'zh-CN': '万元', en: '10,000 yuan' },
          value: 'amount',
        },
      ],
    },
  ],
};
