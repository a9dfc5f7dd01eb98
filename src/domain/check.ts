import type { Assessed } from './assessed.ts';
import type { CheckedForm } from './compile.ts';
import type { Finding, NotAssessable } from './finding.ts';
import { answerIndicators, type IndicatorAnswer } from './indicator.ts';
import {
  FAIL,
  NOT_APPLICABLE,
  NOT_ASSESSABLE,
  type Explanation,
  type RuleGroup,
  type RuleInstance,
  type Unmet,
} from './instance.ts';
import { fill, someOf, type Language, type Params, type Words } from './language.ts';
import { onlyPlace } from './rule.ts';
import { answerSuspects, type Suspicion } from './suspicion.ts';
import { answerSubtotals, answerTotal, type TotalAnswer } from './totals.ts';
import { findWaiver, waiverOf, type Waiver } from './waiver.ts';

/** `inconsistent` where an unwaived error fails, else `incomplete` where something is blank, else `consistent`. */
export const verdicts = ['consistent', 'incomplete', 'inconsistent'] as const;

export type Verdict = (typeof verdicts)[number];

/** What is kept beside a report, so that lists can be asked for it. */
export interface Assessment {
  readonly verdict: Verdict;
  /** How many findings are errors nobody has waived, blanks among them. */
  readonly errors: number;
  readonly warnings: number;
  /** The ids of the rules that failed somewhere, waived or not, each once. */
  readonly failed: readonly string[];
}

/** The computed resource: what a report's check answers. */
export interface Check extends Suspicion {
  readonly verdict: Verdict;
  readonly totals: readonly TotalAnswer[];
  readonly subtotals: Readonly<Record<string, number | null>>;
  readonly findings: readonly Finding[];
  readonly notAssessable: readonly NotAssessable[];
  readonly indicators: Readonly<Record<string, IndicatorAnswer>>;
}

/** Which rules failed and which could not be assessed, before anything of it is put into words. */
interface Outcome {
  readonly failed: readonly RuleInstance[];
  readonly notAssessable: readonly RuleInstance[];
  readonly unmet: readonly { readonly group: RuleGroup; readonly reason: Words }[];
}

/** Judges a report without collecting what is wrong with it. */
export function assess(form: CheckedForm, assessed: Assessed, waivers: readonly Waiver[] = []): Assessment {
  const { failed } = evaluate(form, assessed);
  const errors = failed.filter((instance) => isError(instance) && !isWaived(instance, assessed, waivers));
  return {
    verdict: verdictOf(errors),
    errors: errors.length,
    warnings: failed.filter((instance) => !isError(instance)).length,
    failed: [...new Set(failed.map(({ rule }) => rule.id))],
  };
}

/** Checks a report: derived totals beside stated ones, and every rule that failed or could not be assessed. */
export function check(
  form: CheckedForm,
  assessed: Assessed,
  language: Language,
  waivers: readonly Waiver[] = [],
): Check {
  const outcome = evaluate(form, assessed);
  const findings = outcome.failed.map((instance) => finding(instance, assessed, language, waivers));
  const errors = outcome.failed.filter((one, place) => isError(one) && findings[place]?.waiver?.status !== 'waived');
  return {
    verdict: verdictOf(errors),
    totals: form.totalCells.map((total) => answerTotal(total, assessed.figures)),
    subtotals: answerSubtotals(form.subtotals, assessed.figures),
    findings,
    notAssessable: [
      ...outcome.notAssessable.map((instance) => reasonAt(instance, assessed, language)),
      ...outcome.unmet.flatMap(({ group, reason }) => reasonsOf(group, reason, language)),
    ],
    ...answerSuspects(form, assessed.figures, language),
    indicators: answerIndicators(form.indicators, assessed.figures, assessed.lastYear, language),
  };
}

function evaluate({ groups }: CheckedForm, assessed: Assessed): Outcome {
  const failed: RuleInstance[] = [];
  const notAssessable: RuleInstance[] = [];
  const unmet: { group: RuleGroup; reason: Words }[] = [];
  for (const group of groups) {
    const missing: Unmet | undefined = group.unmet?.(assessed);
    if (missing === undefined) {
      for (const instance of group.instances) {
        const status = instance.status(assessed);
        if (status === FAIL) failed.push(instance);
        else if (status === NOT_ASSESSABLE) notAssessable.push(instance);
      }
    } else if (missing !== NOT_APPLICABLE) unmet.push({ group, reason: missing });
  }
  return { failed, notAssessable, unmet };
}

/** An error that may be waived counts as one until it is. */
function isError({ severity }: RuleInstance): boolean {
  return severity !== 'warning';
}

function isWaived(instance: RuleInstance, assessed: Assessed, waivers: readonly Waiver[]): boolean {
  if (instance.severity !== 'errorWaivable') return false;
  const waiver = findWaiver(waivers, instance.rule.id, instance.at);
  return waiver !== undefined && waiverOf(waiver, instance.explain(assessed, 'en').terms).status === 'waived';
}

/** Blanks alone leave a report incomplete. */
function verdictOf(errors: readonly RuleInstance[]): Verdict {
  if (errors.some(({ rule }) => rule.kind !== 'structure')) return 'inconsistent';
  return errors.length > 0 ? 'incomplete' : 'consistent';
}

function finding(instance: RuleInstance, assessed: Assessed, language: Language, waivers: readonly Waiver[]): Finding {
  const { rule, at, severity, expression } = instance;
  const explanation = instance.explain(assessed, language);
  const { left, right, delta, terms, missing, quotes = [] } = explanation;
  const waiver = severity === 'errorWaivable' ? findWaiver(waivers, rule.id, at) : undefined;
  return {
    rule: rule.id,
    at,
    severity,
    kind: rule.kind,
    message: fill(rule.message, language, paramsOf(instance, explanation, language)),
    expression: expression[language],
    left,
    right,
    delta,
    terms,
    missing,
    ...(quotes.length > 0 && { quotes }),
    ...(waiver && { waiver: waiverOf(waiver, terms) }),
  };
}

const blankTerms: Words = {
  'zh-CN': '“{at}”要用到的 {count} 格未填写（{cells}），填写后才能核对。',
  en: 'Of what “{at}” looks at {count} are blank ({cells}); it can be assessed once they are filled in.',
};

function reasonAt(instance: RuleInstance, assessed: Assessed, language: Language): NotAssessable {
  const explanation = instance.explain(assessed, language);
  const template = explanation.blanks.length > 0 ? blankTerms : (explanation.reason ?? blankTerms);
  return {
    rule: instance.rule.id,
    at: instance.at,
    reason: fill(template, language, paramsOf(instance, explanation, language)),
    missing: explanation.missing,
  };
}

function reasonsOf({ rule, instances, toldOnce }: RuleGroup, reason: Words, language: Language): NotAssessable[] {
  const places = toldOnce ? [onlyPlace] : instances.map(({ at }) => at);
  return places.map((at) => ({ rule: rule.id, at, reason: reason[language], missing: [] }));
}

function paramsOf({ rule, place }: RuleInstance, { params, blanks }: Explanation, language: Language): Params {
  return { ...rule.thresholds, at: place, count: blanks.length, cells: someOf(blanks, language), ...params };
}
