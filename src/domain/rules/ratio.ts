import { selectAll, sideInWords } from '../expression.ts';
import type { Form } from '../form.ts';
import { FAIL, NOT_ASSESSABLE, PASS, severityAt, threshold, type RuleGroup, type Status } from '../instance.ts';
import type { Words } from '../language.ts';
import { onlyPlace, type RatioTest, type Rule } from '../rule.ts';
import { sum } from '../totals.ts';
import { balanced, explainSides, termLabel, type Side } from './terms.ts';

/** The one instance of a rule that a part is not too much of a whole. */
export function ratioRule(form: Form, rule: Rule, test: RatioTest): RuleGroup {
  const [share, least] = [threshold(rule, 'share'), threshold(rule, 'least')];
  const left: Side = { name: 'left', terms: selectAll(form, test.part) };
  const right: Side = { name: 'right', terms: selectAll(form, test.whole) };
  const { one, other } = balanced(left, right);
  const instance = {
    rule,
    severity: severityAt(rule, onlyPlace),
    at: onlyPlace,
    place: rule.title,
    expression: shareInWords(left, right, share, least),
    status: ({ figures }: { readonly figures: Float64Array }) => judge(sum(figures, one), sum(figures, other)),
    explain: (assessed: Parameters<typeof explainSides>[0], language: keyof Words) => {
      const explained = explainSides(assessed, left, right, language);
      const percent = inPercent((explained.left ?? 0) / (explained.right ?? 1));
      return { ...explained, params: { ...explained.params, percent, limit: inPercent(share) } };
    },
  };
  function judge(part: number, whole: number): Status {
    if (Number.isNaN(part) || Number.isNaN(whole)) return NOT_ASSESSABLE;
    return whole >= least && part > share * whole ? FAIL : PASS;
  }
  return { rule, instances: [instance] };
}

/** A share in percent with at most one decimal, `23.4`. */
export function inPercent(share: number): string {
  return String(Math.round(share * 1_000) / 10);
}

function shareInWords(left: Side, right: Side, share: number, least: number): Words {
  const words = ({ terms }: Side) => sideInWords(terms.map((term) => ({ name: termLabel(term), sign: term.sign })));
  const [part, whole] = [words(left), words(right)];
  const limit = inPercent(share);
  return {
    'zh-CN': `${part['zh-CN']} ≤ （${whole['zh-CN']}）× ${limit}%（总数不少于 ${least} 时）`,
    en: `${part.en} ≤ (${whole.en}) × ${limit}% (where that is ${least} or more)`,
  };
}
