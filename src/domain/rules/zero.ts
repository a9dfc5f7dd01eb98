import type { Form } from '../form.ts';
import { explainedBy, FAIL, NOT_APPLICABLE, NOT_ASSESSABLE, PASS, severityAt, type RuleGroup } from '../instance.ts';
import type { Words } from '../language.ts';
import { onlyPlace, type Rule } from '../rule.ts';

const notFilledIn: Words = {
  'zh-CN': '还有 {count} 格未填写，填写后才能确认是不是零报告。',
  en: '{count} blank: whether it is a report of zeros can be told once they are filled in.',
};

/** The one instance of the rule that a report of zeros is confirmed to be one. */
export function zeroRule(form: Form, rule: Rule): RuleGroup {
  const blanksIn = (figures: Float64Array) => form.cells.filter(({ index }) => Number.isNaN(figures[index])).length;
  const hasFigure = (figures: Float64Array) => {
    for (let place = 0; place < form.cells.length; place++) {
      const figure = figures[place] as number;
      if (figure > 0 || figure < 0) return true;
    }
    return false;
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
      if (hasFigure(figures)) return NOT_APPLICABLE;
      if (zeroReport) return PASS;
      return blanksIn(figures) > 0 ? NOT_ASSESSABLE : FAIL;
    },
    explain: ({ figures }: { readonly figures: Float64Array }) =>
      explainedBy({ count: blanksIn(figures) }, { reason: notFilledIn }),
  };
  return { rule, instances: [instance] };
}
