import t, { type Test } from 'tap';
import { check, type CheckedForm } from '../../src/domain/check.ts';
import { FAIL, PASS, type Assessed, type RuleInstance } from '../../src/domain/instance.ts';
import { languages } from '../../src/domain/language.ts';
import type { Rule } from '../../src/domain/rule.ts';
import { readCases, type Case } from '../support/cases.ts';
import { figuresWith } from '../support/figures.ts';
import { forms } from '../support/forms.ts';

const cases = readCases();

for (const form of forms) {
  for (const rule of form.edition.rules) {
    await t.test(`${rule.id} in edition ${form.edition.id}`, async (t) => {
      const { pass, fail } = cases.get(rule.id) ?? {};
      if (!pass || !fail) return t.fail(`test/forms/${rule.id}.json needs a passing and a failing case`);
      t.equal(instanceAt(form, rule, pass.at).status(assessedOf(form, pass)), PASS, 'the passing case passes');
      t.equal(instanceAt(form, rule, fail.at).status(assessedOf(form, fail)), FAIL, 'the failing case fails');
      findingSays(t, form, rule, fail);
    });
  }
}

function findingSays(t: Test, form: CheckedForm, rule: Rule, { at, left, right, ...fail }: Case): void {
  const blanks = Object.keys(fail.cells).filter((address) => fail.cells[address] === null);
  for (const language of languages) {
    const { findings } = check(form, assessedOf(form, { at, ...fail }), language);
    const finding = findings.find((candidate) => candidate.rule === rule.id && candidate.at === at);
    if (!finding) return void t.fail(`no finding of ${rule.id} at ${at}`);
    const { severity, kind, message, expression } = finding;
    t.same({ severity, kind }, { severity: rule.severity, kind: rule.kind });
    t.same(
      { left: finding.left, right: finding.right, delta: finding.delta },
      { left: left ?? null, right: right ?? null, delta: left === undefined ? null : left - (right as number) },
      'the finding tells both sides and what is between them',
    );
    t.same([...finding.missing].sort(), blanks.sort(), 'the finding names the blanks');
    t.notMatch(`${message} ${expression}`, /[{}]|undefined|null|NaN/, `the ${language} sentence is complete`);
    if (left !== undefined) t.match(message, String(left), 'the sentence has the figure');
  }
}

function instanceAt(form: CheckedForm, rule: Rule, at: string): RuleInstance {
  const instance = form.instances.find((candidate) => candidate.rule.id === rule.id && candidate.at === at);
  if (!instance) throw new Error(`${rule.id} is not looked at in ${at}`);
  return instance;
}

function assessedOf(form: CheckedForm, { cells, rest, blankTexts = [] }: Case): Assessed {
  return { figures: figuresWith(form, cells, rest), blankTexts };
}
