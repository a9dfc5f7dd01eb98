import type { Form } from '../form.ts';
import { explainedBy, FAIL, NOT_APPLICABLE, PASS, severityAt, type RuleGroup } from '../instance.ts';
import { onlyPlace, type Rule } from '../rule.ts';

/** The one instance of the rule that a report of zeros is confirmed to be one. */
export function zeroRule(form: Form, rule: Rule): RuleGroup {
  const isZero = (figures: Float64Array) => {
    for (let place = 0; place < form.cells.length; place++) if (figures[place] !== 0) return false;
    return true;
  };
  const instance = {
    rule,
    severity: severityAt(rule, onlyPlace),
    at: onlyPlace,
    place: rule.title,
    expression: {
      'zh-CN': '各项数据全部为 0 时，已确认为零报告（zeroReport）',
      en: 'Where every figure is 0, the report is confirmed to be one of zeros (zeroReport)',
    },
    status: ({ figures, zeroReport }: { readonly figures: Float64Array; readonly zeroReport: boolean }) => {
      if (!isZero(figures)) return NOT_APPLICABLE;
      return zeroReport ? PASS : FAIL;
    },
    explain: () => explainedBy({}),
  };
  return { rule, instances: [instance] };
}
