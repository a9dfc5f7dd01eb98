import type { Assessed } from '../assessed.ts';
import type { Cell } from '../cell.ts';
import { toInteger } from '../cell.ts';
import { selectAll } from '../expression.ts';
import type { Form } from '../form.ts';
import {
  FAIL,
  NOT_ASSESSABLE,
  PASS,
  severityAt,
  threshold,
  type RuleGroup,
  type RuleInstance,
  type Status,
} from '../instance.ts';
import type { Words } from '../language.ts';
import type { ChangeTest, Rule } from '../rule.ts';
import { needsLastYear } from './last-year.ts';
import { explainSides, ofLastYear, type Side } from './terms.ts';

/** The instances of a rule that a cell did not change too much since last year: one for each cell. */
export function changeRule(form: Form, rule: Rule, test: ChangeTest): RuleGroup {
  const instances = selectAll(form, test.cells).map(({ cell }) => changeInstance(form, rule, test, cell));
  return { rule, instances, unmet: needsLastYear, toldOnce: true };
}

function changeInstance(form: Form, rule: Rule, { unit }: ChangeTest, cell: Cell): RuleInstance {
  const factor = threshold(rule, 'factor');
  const least = toInteger(cell.value, threshold(rule, 'least'));
  const [now, before] = [cell.index, form.cells.length + cell.index];
  const left: Side = { name: 'left', terms: [{ cell, sign: 1, lastYear: false, place: now }] };
  const right: Side = { name: 'right', terms: [{ cell, sign: 1, lastYear: true, place: before }] };
  const tooMuch = (one: number, other: number) => (unit ? one >= factor * other : one > factor * other);
  const status = ({ figures }: Assessed): Status => {
    const [current, last] = [figures[now] as number, figures[before] as number];
    if (Number.isNaN(current) || Number.isNaN(last)) return NOT_ASSESSABLE;
    if (last <= 0 || last < least || (unit && current === 0)) return PASS;
    return tooMuch(current, last) || tooMuch(last, current) ? FAIL : PASS;
  };
  return {
    rule,
    severity: severityAt(rule, cell.address),
    at: cell.address,
    place: cell.label,
    expression: withinFactor(cell.label, factor),
    status,
    explain: (assessed, language) => {
      const explained = explainSides(assessed, left, right, language);
      return { ...explained, params: { ...explained.params, factor } };
    },
  };
}

function withinFactor(label: Words, factor: number): Words {
  const before = ofLastYear(label);
  return {
    'zh-CN': `${before['zh-CN']} ÷ ${factor} ≤ ${label['zh-CN']} ≤ ${before['zh-CN']} × ${factor}`,
    en: `${before.en} ÷ ${factor} ≤ ${label.en} ≤ ${before.en} × ${factor}`,
  };
}
