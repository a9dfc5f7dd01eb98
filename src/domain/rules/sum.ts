import type { Assessed } from '../assessed.ts';
import { linesOf, selectAll, sideInWords, type SignedCell } from '../expression.ts';
import type { Form, FormLine } from '../form.ts';
import { FAIL, NOT_ASSESSABLE, PASS, severityAt, type RuleGroup, type RuleInstance, type Status } from '../instance.ts';
import type { Words } from '../language.ts';
import { onlyPlace, type Relation, type Rule, type SumTest } from '../rule.ts';
import { compareSums } from '../totals.ts';
import { needsLastYear, needsSameEdition } from './last-year.ts';
import { balanced, explainSides, ofLastYear, termLabel, type Balance, type Side } from './terms.ts';

/** The instances of a sum rule: one comparison for each row or column of the section it names, or one in all. */
export function sumRule(form: Form, rule: Rule, test: SumTest): RuleGroup {
  const instances = placesOf(form, test).map((line) => sumInstance(form, rule, test, line));
  const looksBack = [...test.left, ...test.right].some((selector) => selector.includes('lastYear:'));
  return {
    rule,
    instances,
    ...(looksBack && { unmet: test.sameEdition ? needsSameEdition : needsLastYear }),
  };
}

/** The rows or columns a rule is instantiated for; without any, the report as a whole. */
export function placesOf(form: Form, { forEach }: SumTest): (FormLine | undefined)[] {
  if (!forEach) return [undefined];
  const { section, axis, only } = forEach;
  return linesOf(form, section, axis).filter(({ key }) => only?.includes(key) ?? true);
}

function sumInstance(form: Form, rule: Rule, test: SumTest, line: FormLine | undefined): RuleInstance {
  const at = line?.key ?? onlyPlace;
  const left: Side = { name: 'left', terms: selectAll(form, test.left, at) };
  const right: Side = { name: 'right', terms: selectAll(form, test.right, at) };
  const balance = balanced(left, right);
  const words = ({ terms }: Side) => sideInWords(terms.map((term) => ({ name: termName(form, test, term), ...term })));
  const withinReport = rule.kind === 'within' && rule.severity === 'error' && test.relation === '=';
  return {
    rule,
    severity: severityAt(rule, at),
    at,
    place: line?.name ?? rule.title,
    expression: compared(words(left), test.relation, words(right)),
    ...(withinReport && { identity: balance }),
    status: (assessed) => compare(assessed, balance, test.relation),
    explain: (assessed, language) => explainSides(assessed, left, right, language),
  };
}

const relationWords: Readonly<Record<Relation, Words>> = {
  '=': { 'zh-CN': '＝', en: '=' },
  '≤': { 'zh-CN': '≤', en: '≤' },
};

/** A comparison in words. */
export function compared(left: Words, relation: Relation, right: Words): Words {
  const sign = relationWords[relation];
  return {
    'zh-CN': `${left['zh-CN']} ${sign['zh-CN']} ${right['zh-CN']}`,
    en: `${left.en} ${sign.en} ${right.en}`,
  };
}

/**
 * What an expression calls a term: within one row or column the other axis tells the terms apart, elsewhere only the
 * whole label does.
 */
function termName(form: Form, { forEach }: SumTest, term: SignedCell): Words {
  if (!forEach) return termLabel(term);
  const crossing = forEach.axis === 'row' ? 'column' : 'row';
  const { cell, lastYear } = term;
  const line = linesOf(form, cell.section, crossing).find((candidate) => candidate.key === cell[crossing]);
  const { name } = line as FormLine;
  return lastYear ? ofLastYear(name) : name;
}

function compare({ figures }: Assessed, { one, other, signed }: Balance, relation: Relation): Status {
  const order = compareSums(figures, one, other, signed);
  if (order === undefined) return NOT_ASSESSABLE;
  return order === 0 || (relation === '≤' && order < 0) ? PASS : FAIL;
}
