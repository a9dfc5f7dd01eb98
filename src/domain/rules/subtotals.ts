import type { Assessed } from '../assessed.ts';
import { toInteger, toWritten } from '../cell.ts';
import type { Form } from '../form.ts';
import {
  FAIL,
  NOT_APPLICABLE,
  NOT_ASSESSABLE,
  PASS,
  severityAt,
  type RuleGroup,
  type RuleInstance,
} from '../instance.ts';
import type { Rule } from '../rule.ts';
import { subtotals, sum, type Subtotal } from '../totals.ts';
import { explainSides } from './terms.ts';
import { select, sideInWords } from '../expression.ts';

/**
 * The instances of the rule that what a document states in lines the form has no cell for is what the cells add up to:
 * one for each subtotal. It concerns only documents that are being read, since nothing of the sort is stored.
 */
export function subtotalsRule(form: Form, rule: Rule): RuleGroup {
  return {
    rule,
    instances: subtotals(form).map((subtotal) => subtotalInstance(form, rule, subtotal)),
    unmet: ({ statedSubtotals }) => (statedSubtotals ? undefined : NOT_APPLICABLE),
  };
}

function subtotalInstance(form: Form, rule: Rule, { address, value, parts, label }: Subtotal): RuleInstance {
  const terms = select(form, address);
  const words = sideInWords(terms.map(({ cell, sign }) => ({ name: cell.label, sign })));
  const stated = ({ statedSubtotals }: Assessed) => statedSubtotals?.[address];
  return {
    rule,
    severity: severityAt(rule, address),
    at: address,
    place: label,
    expression: { 'zh-CN': `所印小计 ＝ ${words['zh-CN']}`, en: `the subtotal printed = ${words.en}` },
    status: (assessed) => {
      const printed = stated(assessed);
      if (printed === undefined) return NOT_APPLICABLE;
      const derived = sum(assessed.figures, parts);
      if (Number.isNaN(derived)) return NOT_ASSESSABLE;
      return derived === toInteger(value, printed) ? PASS : FAIL;
    },
    explain: (assessed, language) => {
      const explained = explainSides(assessed, { name: 'left', terms: [] }, { name: 'right', terms }, language);
      if (explained.missing.length > 0) return explained;
      const [left, right] = [stated(assessed) ?? 0, toWritten(value, sum(assessed.figures, parts)) ?? 0];
      return { ...explained, left, right, delta: left - right, params: { left, right } };
    },
  };
}
