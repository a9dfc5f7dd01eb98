import { completeInstances } from './complete.ts';
import type { Finding, NotAssessable } from './finding.ts';
import { layOut, type Form } from './form.ts';
import type { Edition } from './edition.ts';
import { FAIL, NOT_ASSESSABLE, type Assessed, type Explanation, type RuleInstance } from './instance.ts';
import { fill, someOf, type Language, type Params, type Words } from './language.ts';
import type { Rule, RuleTest } from './rule.ts';
import { sumInstances } from './sum.ts';
import {
  answerSubtotals,
  answerTotal,
  subtotals,
  totalCells,
  type Subtotal,
  type TotalAnswer,
  type TotalCell,
} from './totals.ts';

/** `inconsistent` where an error fails, else `incomplete` where something is blank, else `consistent`. */
export const verdicts = ['consistent', 'incomplete', 'inconsistent'] as const;

export type Verdict = (typeof verdicts)[number];

/** What is kept beside a report, so that lists can be asked for it. */
export interface Assessment {
  readonly verdict: Verdict;
  /** How many findings are errors, blanks among them. */
  readonly errors: number;
  readonly warnings: number;
  /** The ids of the rules that failed somewhere, each once. */
  readonly failed: readonly string[];
}

/** The computed resource: what a report's check answers. */
export interface Check {
  readonly verdict: Verdict;
  readonly totals: readonly TotalAnswer[];
  readonly subtotals: Readonly<Record<string, number | null>>;
  readonly findings: readonly Finding[];
  readonly notAssessable: readonly NotAssessable[];
}

/** A form with its rules compiled: made once at start. */
export interface CheckedForm extends Form {
  readonly instances: readonly RuleInstance[];
  readonly totalCells: readonly TotalCell[];
  readonly subtotals: readonly Subtotal[];
}

/** How each kind of test becomes instances: the one place that knows the kinds. */
const compilers: { [T in RuleTest['type']]: (form: Form, rule: Rule, test: RuleTest & { type: T }) => RuleInstance[] } =
  {
    sum: sumInstances,
    complete: completeInstances,
  };

/**
 * Lays out an edition and compiles its rules.
 *
 * @throws Error when a rule or a total refers to what the edition does not have.
 */
export function compile(edition: Edition): CheckedForm {
  const form = layOut(edition);
  return {
    ...form,
    instances: edition.rules.flatMap((rule) => compileRule(form, rule, rule.test)),
    totalCells: totalCells(form),
    subtotals: subtotals(form),
  };
}

function compileRule<T extends RuleTest['type']>(form: Form, rule: Rule, test: RuleTest & { type: T }): RuleInstance[] {
  return compilers[test.type](form, rule, test);
}

/** Judges a report without collecting what is wrong with it. */
export function assess(form: CheckedForm, assessed: Assessed): Assessment {
  const failed = failedInstances(form, assessed);
  const errors = failed.filter(isError).length;
  return {
    verdict: verdictOf(failed),
    errors,
    warnings: failed.length - errors,
    failed: [...new Set(failed.map(({ rule }) => rule.id))],
  };
}

/** Checks a report: derived totals beside stated ones, and every rule that failed or could not be assessed. */
export function check(form: CheckedForm, assessed: Assessed, language: Language): Check {
  const failed: RuleInstance[] = [];
  const notAssessable: RuleInstance[] = [];
  for (const instance of form.instances) {
    const status = instance.status(assessed);
    if (status === FAIL) failed.push(instance);
    else if (status === NOT_ASSESSABLE) notAssessable.push(instance);
  }
  return {
    verdict: verdictOf(failed),
    totals: form.totalCells.map((total) => answerTotal(total, assessed.figures)),
    subtotals: answerSubtotals(form.subtotals, assessed.figures),
    findings: failed.map((instance) => finding(instance, assessed, language)),
    notAssessable: notAssessable.map((instance) => reason(instance, assessed, language)),
  };
}

function failedInstances(form: CheckedForm, assessed: Assessed): RuleInstance[] {
  return form.instances.filter((instance) => instance.status(assessed) === FAIL);
}

/** An error that may be waived counts as one until it is. */
function isError({ rule }: RuleInstance): boolean {
  return rule.severity !== 'warning';
}

function verdictOf(failed: readonly RuleInstance[]): Verdict {
  const errors = failed.filter(isError);
  if (errors.some(({ rule }) => rule.kind !== 'structure')) return 'inconsistent';
  return errors.length > 0 ? 'incomplete' : 'consistent';
}

function finding(instance: RuleInstance, assessed: Assessed, language: Language): Finding {
  const { rule, at, place, expression } = instance;
  const explanation = instance.explain(assessed, language);
  const { left, right, delta, terms, missing } = explanation;
  return {
    rule: rule.id,
    at,
    severity: rule.severity,
    kind: rule.kind,
    message: fill(rule.message, language, paramsOf(place, explanation, language)),
    expression: expression[language],
    left,
    right,
    delta,
    terms,
    missing,
  };
}

const blankTerms: Words = {
  'zh-CN': '“{at}”有 {count} 格未填写（{cells}），填写后才能核对。',
  en: '“{at}” has {count} blank ({cells}); it can be assessed once filled in.',
};

function reason(instance: RuleInstance, assessed: Assessed, language: Language): NotAssessable {
  const explanation = instance.explain(assessed, language);
  return {
    rule: instance.rule.id,
    at: instance.at,
    reason: fill(blankTerms, language, paramsOf(instance.place, explanation, language)),
    missing: explanation.missing,
  };
}

function paramsOf(at: Words, { params, blanks }: Explanation, language: Language): Params {
  return { at, count: blanks.length, cells: someOf(blanks, language), ...params };
}
