import type { Rule } from '../../domain/rule.ts';
import { headlines, rules as common } from '../common/rules.ts';
import { otherProcessingFee } from '../common/rules/cross-section.ts';
import { disclosureFeeUnit, disclosureStock, reportOutlier, reportSwing } from '../common/rules/cross-year.ts';
import { reportNarratives } from '../common/rules/structure.ts';
import { textDisclosure } from '../common/rules/text.ts';
import { disclosureInForce, regulationsEntitled } from '../common/rules/within.ts';

const headlineCells = [...headlines, 'disclosure.normativeDocuments.inForce', 'disclosure.fees.amount'];

/** The rules of edition 2021: the common ones, and those on its own table two and section six. */
export const rules: readonly Rule[] = [
  ...common,
  disclosureInForce,
  regulationsEntitled(['disclosure.regulations.*']),
  disclosureStock,
  disclosureFeeUnit,
  reportSwing(headlineCells),
  reportOutlier(headlineCells),
  reportNarratives([{ section: 'overview', bounded: true }, { section: 'improvements' }], {
    source: 'notice',
    text: {
      'zh-CN': '国办公开办函〔2021〕30号：总体情况篇幅原则上不超过一千字；问题及改进情况不得敷衍了事',
      en: 'Notice No. 30 (2021): an overview of about a thousand characters at most; problems and improvements taken seriously',
    },
  }),
  otherProcessingFee,
  textDisclosure({
    'regulations.issued': 'disclosure.regulations.issued',
    'regulations.repealed': 'disclosure.regulations.repealed',
    'regulations.inForce': 'disclosure.regulations.inForce',
    'normativeDocuments.issued': 'disclosure.normativeDocuments.issued',
    'normativeDocuments.repealed': 'disclosure.normativeDocuments.repealed',
    'normativeDocuments.inForce': 'disclosure.normativeDocuments.inForce',
    licences: 'disclosure.licences.decisions',
    penalties: 'disclosure.penalties.decisions',
    coercion: 'disclosure.coercion.decisions',
  }),
];
