import type { Column, TableSection } from '../../domain/edition.ts';
import { corner } from '../common/disclosure.ts';

const documents: readonly Column[] = [
  { key: 'issued', label: { 'zh-CN': '本年制发件数', en: 'Issued this year' }, value: 'count' },
  { key: 'repealed', label: { 'zh-CN': '本年废止件数', en: 'Repealed this year' }, value: 'count' },
  { key: 'inForce', label: { 'zh-CN': '现行有效件数', en: 'In force' }, value: 'count' },
];

const decisions: readonly Column[] = [
  { key: 'decisions', label: { 'zh-CN': '本年处理决定数量', en: 'Decisions this year' }, value: 'count' },
];

export const disclosure: TableSection = {
  kind: 'table',
  key: 'disclosure',
  number: '二',
  label: { 'zh-CN': '主动公开政府信息情况', en: 'Information disclosed proactively' },
  description: {
    'zh-CN': '各项数据核定时间点为报告年度的12月31日。',
    en: 'Figures as of 31 December of the reporting year.',
  },
  blocks: [
    {
      key: 'item1',
      label: { 'zh-CN': '第二十条第（一）项', en: 'Article 20 (1)' },
      corner,
      rows: [
        { key: 'regulations', label: { 'zh-CN': '规章', en: 'Administrative rules (规章)' } },
        { key: 'normativeDocuments', label: { 'zh-CN': '行政规范性文件', en: 'Administrative normative documents' } },
      ],
      columns: documents,
    },
    {
      key: 'item5',
      label: { 'zh-CN': '第二十条第（五）项', en: 'Article 20 (5)' },
      corner,
      rows: [{ key: 'licences', label: { 'zh-CN': '行政许可', en: 'Administrative licences' } }],
      columns: decisions,
    },
    {
      key: 'item6',
      label: { 'zh-CN': '第二十条第（六）项', en: 'Article 20 (6)' },
      corner,
      rows: [
        { key: 'penalties', label: { 'zh-CN': '行政处罚', en: 'Administrative penalties' } },
        { key: 'coercion', label: { 'zh-CN': '行政强制', en: 'Administrative coercion' } },
      ],
      columns: decisions,
    },
    {
      key: 'item8',
      label: { 'zh-CN': '第二十条第（八）项', en: 'Article 20 (8)' },
      corner,
      rows: [{ key: 'fees', label: { 'zh-CN': '行政事业性收费', en: 'Administrative fees' } }],
      columns: [
        {
          key: 'amount',
          label: { 'zh-CN': '本年收费金额', en: 'Amount charged this year' },
          unit: { 'zh-CN': '万元', en: '10,000 yuan' },
          value: 'amount',
        },
      ],
    },
  ],
};
