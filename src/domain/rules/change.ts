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
    expression: withinFactor(cell, rule, unit),
    status,
    explain: (assessed, language) => {
      const explained = explainSides(assessed, left, right, language);
      const grown = (explained.left ?? 0) > (explained.right ?? 0);
      return { ...explained, params: { ...explained.params, factor, change: changeInWords(factor, grown) } };
    },
  };
}

function changeInWords(factor: number, grown: boolean): Words {
  return grown
    ? { 'zh-CN': `超过上年的 ${factor} 倍`, en: `more than ${factor} times as many` }
    : { 'zh-CN': `不足上年的 1/${factor}`, en: `less than 1/${factor} of it` };
}

/** Between which bounds the cell has to be, and from which size of last year's on. */
function withinFactor({ label }: Cell, rule: Rule, unit: true | undefined): Words {
  const [factor, least] = [threshold(rule, 'factor'), threshold(rule, 'least')];
  const [before, sign] = [ofLastYear(label), unit ? '<' : '≤'];
  const from =
    least > 0 ? { 'zh-CN': `（上年不少于 ${least} 时）`, en: ` (where last year’s is ${least} or more)` } : noBound;
  return {
    'zh-CN': `${before['zh-CN']} ÷ ${factor} ${sign} ${label['zh-CN']} ${sign} ${before['zh-CN']} × ${factor}${from['zh-CN']}`,
    en: `${before.en} ÷ ${factor} ${sign} ${label.en} ${sign} ${before.en} × ${factor}${from.en}`,
  };
}

const noBound: Words = { 'zh-CN': '', en: '' };
