import type { Edition } from '../../domain/edition.ts';
import { disputes } from '../common/disputes.ts';
import { indicators } from '../common/indicators.ts';
import { lexicon } from '../common/lexicon.ts';
import { improvements, other } from '../common/narratives.ts';
import { rules } from './rules.ts';
import { disclosure } from './disclosure.ts';
import { requests } from './requests.ts';

export const edition2019: Edition = {
  id: '2019',
  title: {
    'zh-CN': '政府信息公开工作年度报告格式（试行）',
    en: 'Annual report on government information disclosure, trial form of 2019',
  },
  notice: {
    'zh-CN': '国办公开办函〔2019〕60号',
    en: 'Notice No. 60 (2019) of the State Council General Office’s disclosure office',
  },
  years: { first: 2019, last: 2020 },
  sections: [
    {
      kind: 'narrative',
      key: 'overview',
      number: '一',
      label: { 'zh-CN': '总体情况', en: 'Overview' },
      description: {
        'zh-CN': '主动公开、依申请公开、政府信息管理、平台建设、监督保障等方面。',
        en: 'Proactive disclosure, disclosure on request, information management, platforms, supervision.',
      },
    },
    disclosure,
    requests,
    disputes,
    improvements,
    other,
  ],
  rules,
  lexicon,
  indicators,
};
