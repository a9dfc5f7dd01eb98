import type { TableSection } from '../../domain/edition.ts';

export const disputes: TableSection = {
  kind: 'table',
  key: 'disputes',
  number: '四',
  label: {
    'zh-CN': '政府信息公开行政复议、行政诉讼情况',
    en: 'Administrative reconsideration and litigation over disclosure',
  },
  description: {
    'zh-CN': '行政复议机关作为共同被告的案件，只由原行为主体计算。',
    en: 'A case with the reconsidering agency as co-defendant is counted by the original agency only.',
  },
  blocks: [
    {
      key: 'cases',
      rowsSideBySide: true,
      rowGroups: [{ key: 'litigation', label: { 'zh-CN': '行政诉讼', en: 'Litigation' } }],
      rows: [
        { key: 'reconsideration', label: { 'zh-CN': '行政复议', en: 'Reconsideration' } },
        {
          key: 'directLitigation',
          group: 'litigation',
          label: { 'zh-CN': '未经复议直接起诉', en: 'Litigation without prior reconsideration' },
        },
        {
          key: 'litigationAfterReconsideration',
          group: 'litigation',
          label: { 'zh-CN': '复议后起诉', en: 'Litigation after reconsideration' },
        },
      ],
      columns: [
        { key: 'upheld', label: { 'zh-CN': '结果维持', en: 'Upheld' }, value: 'count' },
        { key: 'corrected', label: { 'zh-CN': '结果纠正', en: 'Corrected' }, value: 'count' },
        { key: 'otherOutcome', label: { 'zh-CN': '其他结果', en: 'Other outcome' }, value: 'count' },
        { key: 'pending', label: { 'zh-CN': '尚未审结', en: 'Pending' }, value: 'count' },
        { key: 'total', label: { 'zh-CN': '总计', en: 'Total' }, value: 'count', totalOf: '*' },
      ],
    },
  ],
};
