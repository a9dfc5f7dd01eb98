import t, { type Test } from 'tap';
import { check } from '../../src/domain/check.ts';
import type { CheckedForm } from '../../src/domain/compile.ts';
import { FAIL, PASS, type RuleInstance } from '../../src/domain/instance.ts';
import { languages } from '../../src/domain/language.ts';
import type { Rule } from '../../src/domain/rule.ts';
import { assessedOf, casesOf, readCases, type Case } from '../support/cases.ts';
import { forms } from '../support/forms.ts';

const cases = readCases();

for (const form of forms) {
  for (const rule of form.edition.rules) {
    await t.test(`${rule.id} in edition ${form.edition.id}`, async (t) => {
      const { pass = [], fail = [] } = casesOf(cases, rule.id, form.edition.id) ?? {};
      t.ok(pass.length > 0 && fail.length > 0, `test/forms/${rule.id}.json has a passing and a failing case`);
      for (const [n, one] of pass.entries())
        t.equal(statusOf(form, rule, one), PASS, `the passing case ${n + 1} passes`);
      for (const [n, one] of fail.entries()) {
        t.equal(statusOf(form, rule, one), FAIL, `the failing case ${n + 1} fails`);
        findingSays(t, form, rule, one);
      }
    });
  }
}

function findingSays(t: Test, form: CheckedForm, rule: Rule, fail: Case): void {
  const { at, left, right, quote } = fail;
  const blanks = Object.keys(fail.cells).filter((address) => fail.cells[address] === null);
  for (const language of languages) {
    const { findings } = check(form, assessedOf(form, fail), language);
    const finding = findings.find((candidate) => candidate.rule === rule.id && candidate.at === at);
    if (!finding) return void t.fail(`no finding of ${rule.id} at ${at}`);
    const { severity, kind, message, expression } = finding;
    t.same({ severity, kind }, { severity: rule.severityAt?.[at] ?? rule.severity, kind: rule.kind });
    t.same({ left: finding.left, right: finding.right }, { left: left ?? null, right: right ?? null }, 'both sides');
    if (rule.test.type === 'sum') t.equal(finding.delta, (left ?? NaN) - (right ?? NaN), 'and what is between them');
    t.same([...finding.missing].sort(), blanks.sort(), 'the finding names the blanks');
    t.notMatch(`${message} ${expression}`, /[{}]|undefined|null|NaN/, `the ${language} sentence is complete`);
    if (rule.test.type === 'sum') t.match(message, String(left), 'the sentence has the figure');
    const text = quote === undefined ? undefined : finding.quotes?.[0];
    t.equal(text?.text, quote, 'the words it rests on');
    if (text) t.equal(fail.texts?.[text.section]?.slice(text.start, text.end), quote, 'and where they stand');
  }
}

function statusOf(form: CheckedForm, rule: Rule, one: Case) {
  const assessed = assessedOf(form, one);
  const unmet = form.groups.find((group) => group.rule === rule)?.unmet?.(assessed);
  return unmet ?? instanceAt(form, rule, one.at).status(assessed);
}

function instanceAt(form: CheckedForm, rule: Rule, at: string): RuleInstance {
  const instance = form.instances.find((candidate) => candidate.rule.id === rule.id && candidate.at === at);
  if (!instance) throw new Error(`${rule.id} is not looked at in ${at}`);
  return instance;
}
