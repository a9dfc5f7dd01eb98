import type { Rule } from '../../domain/rule.ts';
import { headlines, rules as common } from '../common/rules.ts';
import { reportOutlier, reportSwing } from '../common/rules/cross-year.ts';
import { reportNarratives } from '../common/rules/structure.ts';
import { textDisclosure } from '../common/rules/text.ts';
import { regulationsEntitled } from '../common/rules/within.ts';

/**
 * The rules of edition 2019: the common ones, and those on its own table two. It counts what is public, not what is in
 * force, states no fees charged, and asks for nothing in section six. An agency may make others' 规章 public, so only
 * what it made itself is held against its powers.
 */
export const rules: readonly Rule[] = [
  ...common,
  regulationsEntitled(['disclosure.regulations.made']),
  reportSwing(headlines),
  reportOutlier(headlines),
  reportNarratives([{ section: 'overview' }, { section: 'improvements' }], {
    source: 'notice',
    text: {
      'zh-CN': '国办公开办函〔2019〕60号：总体情况和问题及改进情况应当写明实际情况',
      en: 'Notice No. 60 (2019): the overview and the improvements say what happened',
    },
  }),
  textDisclosure({
    'regulations.issued': 'disclosure.regulations.made',
    'normativeDocuments.issued': 'disclosure.normativeDocuments.made',
    licences: 'disclosure.licences.decisions',
    penalties: 'disclosure.penalties.decisions',
    coercion: 'disclosure.coercion.decisions',
  }),
];
