import type { NarrativeSection } from '../../domain/edition.ts';

export const improvements: NarrativeSection = {
  kind: 'narrative',
  key: 'improvements',
  number: '五',
  label: { 'zh-CN': '存在的主要问题及改进情况', en: 'Main problems and improvements' },
  description: {
    'zh-CN': '写明实际存在的问题和具体的改进，不得年年雷同。',
    en: 'The problems that really exist and what is done about them; not the same text every year.',
  },
};

export const other: NarrativeSection = {
  kind: 'narrative',
  key: 'other',
  number: '六',
  label: { 'zh-CN': '其他需要报告的事项', en: 'Other matters to report' },
  description: {
    'zh-CN': '其他事项；没有的写“无”。',
    en: 'Anything else; write 无 where there is nothing.',
  },
};
