import type { Edition } from '../../domain/edition.ts';
import { disputes } from '../common/disputes.ts';
import { indicators, normativeNet } from '../common/indicators.ts';
import { lexicon } from '../common/lexicon.ts';
import { improvements, other } from '../common/narratives.ts';
import { rules } from './rules.ts';
import { disclosure } from './disclosure.ts';
import { requests } from './requests.ts';

export const edition2021: Edition = {
  id: '2021',
  title: {
    'zh-CN': '政府信息公开工作年度报告格式（2021年）',
    en: 'Annual report on government information disclosure, form of 2021',
  },
  notice: {
    'zh-CN': '国办公开办函〔2021〕30号',
    en: 'Notice No. 30 (2021) of the State Council General Office’s disclosure office',
  },
  years: { first: 2021 },
  sections: [
    {
      kind: 'narrative',
      key: 'overview',
      number: '一',
      label: { 'zh-CN': '总体情况', en: 'Overview' },
      description: {
        'zh-CN': '主动公开、依申请公开、政府信息管理、政府信息公开平台建设、监督保障等方面，原则上不超过一千字。',
        en: 'Proactive disclosure, disclosure on request, information management, platforms, supervision; about a thousand characters at most.',
      },
    },
    disclosure,
    requests,
    disputes,
    improvements,
    {
      ...other,
      description: {
        'zh-CN': '收取信息处理费的情况在此处报告；没有其他事项的写“无”。',
        en: 'Information processing fees are reported here; write 无 where there is nothing.',
      },
    },
  ],
  rules,
  lexicon,
  indicators: [...indicators, normativeNet],
};
