import type { Edition } from './edition.ts';
import { layOut, type Form } from './form.ts';
import { compileIndicators, type CompiledIndicator } from './indicator.ts';
import type { RuleGroup, RuleInstance } from './instance.ts';
import { compileLexicon, type Reader } from './reading/read.ts';
import type { Rule, RuleTest } from './rule.ts';
import { changeRule } from './rules/change.ts';
import { claimsRule } from './rules/claims.ts';
import { completeRule } from './rules/complete.ts';
import { consolidationRule, coverageRule } from './rules/consolidation.ts';
import { entitlementRule } from './rules/entitlement.ts';
import { lengthRule } from './rules/length.ts';
import { mentionRule } from './rules/mention.ts';
import { outlierRule } from './rules/outlier.ts';
import { periodRule } from './rules/period.ts';
import { ratioRule } from './rules/ratio.ts';
import { similarityRule } from './rules/similarity.ts';
import { subtotalsRule } from './rules/subtotals.ts';
import { sumRule } from './rules/sum.ts';
import { zeroRule } from './rules/zero.ts';
import { suspectSystem, type SuspectSystem } from './suspects.ts';
import { subtotals, totalCells, type Subtotal, type TotalCell } from './totals.ts';

/** A form with its rules compiled: made once at start. */
export interface CheckedForm extends Form {
  readonly groups: readonly RuleGroup[];
  /** Every instance of every rule, in the order of the rules. */
  readonly instances: readonly RuleInstance[];
  readonly totalCells: readonly TotalCell[];
  readonly subtotals: readonly Subtotal[];
  readonly indicators: readonly CompiledIndicator[];
  readonly suspects: SuspectSystem;
  /** What reads its narratives. */
  readonly reader: Reader;
}

/** How each kind of test becomes instances: the one place that knows the kinds. */
const compilers: { [T in RuleTest['type']]: (form: Form, rule: Rule, test: RuleTest & { type: T }) => RuleGroup } = {
  sum: sumRule,
  ratio: ratioRule,
  change: changeRule,
  outlier: outlierRule,
  complete: completeRule,
  length: lengthRule,
  zero: zeroRule,
  entitlement: entitlementRule,
  subtotals: subtotalsRule,
  claims: claimsRule,
  period: periodRule,
  mention: mentionRule,
  similarity: similarityRule,
  consolidation: consolidationRule,
  coverage: coverageRule,
};

/**
 * Lays out an edition and compiles its rules.
 *
 * @throws Error when a rule, a total or an indicator refers to what the edition does not have.
 */
export function compile(edition: Edition): CheckedForm {
  const form = layOut(edition);
  const groups = edition.rules.map((rule) => compileRule(form, rule, rule.test));
  const instances = groups.flatMap((group) => group.instances);
  return {
    ...form,
    groups,
    instances,
    totalCells: totalCells(form),
    subtotals: subtotals(form),
    indicators: compileIndicators(form),
    suspects: suspectSystem(
      form,
      instances.flatMap(({ identity }) => identity ?? []),
    ),
    reader: compileLexicon(edition.lexicon),
  };
}

function compileRule<T extends RuleTest['type']>(form: Form, rule: Rule, test: RuleTest & { type: T }): RuleGroup {
  return compilers[test.type](form, rule, test);
}
