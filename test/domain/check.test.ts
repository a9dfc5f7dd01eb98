import fc from 'fast-check';
import t from 'tap';
import { checkText } from '../../src/domain/check-text.ts';
import { assess, check } from '../../src/domain/check.ts';
import { compile } from '../../src/domain/compile.ts';
import type { Edition } from '../../src/domain/edition.ts';
import { editions } from '../../src/forms/editions.ts';
import type { Figures } from '../../src/domain/figures.ts';
import { readNarratives } from '../../src/domain/narrative.ts';
import {
  consistentFigures,
  figuresWith,
  sparseFigures,
  withoutTexts,
  withTexts,
  type Cells,
} from '../support/figures.ts';
import { formOf, forms } from '../support/forms.ts';
import { holds } from '../support/property.ts';

const form = formOf('2021');
const wrong: Cells = { 'disputes.reconsideration.total': 1 };
const blank: Cells = { 'disclosure.fees.amount': null };

const assessed = (cells: Cells) => withTexts(figuresWith(form, cells));

await t.test(
  'a wrong sum makes a report inconsistent, a blank incomplete, and the wrong sum comes first',
  async (t) => {
    const verdict = (cells: Cells) => check(form, assessed(cells), 'en').verdict;
    t.equal(verdict({}), 'consistent');
    t.equal(verdict(blank), 'incomplete');
    t.equal(verdict(wrong), 'inconsistent');
    t.equal(verdict({ ...blank, ...wrong }), 'inconsistent');
  },
);

await t.test('a report with nothing in it is incomplete, not wrong', async (t) => {
  for (const form of forms) {
    const { edition } = form;
    const empty = withoutTexts(
      figuresWith(form, {}, null),
      form.narratives.map(({ key }) => key),
    );
    t.match(assess(form, empty), { verdict: 'incomplete', errors: 6 });
    const findings = check(form, empty, 'en').findings.filter(({ rule }) => rule === 'report.complete');
    t.same(
      findings.map(({ at }) => at),
      edition.sections.map(({ key }) => key),
    );
    t.equal(findings.flatMap(({ missing }) => missing).length, form.cells.length + form.narratives.length);
  }
});

await t.test('a narrative of blanks is blank', async (t) => {
  const sections = { overview: { text: ' \n　' }, other: { text: '无' } };
  const readings = readNarratives(form, sections, { year: 2021 });
  t.match(readings, { overview: { length: 0 }, improvements: { length: 0 }, other: { length: 1 } });
  const { findings } = check(form, withTexts(figuresWith(form, {}), { readings }), 'zh-CN');
  const blank = findings.find(({ rule, at }) => rule === 'report.complete' && at === 'overview');
  t.match(blank, { missing: ['overview'], left: null, terms: [] });
  t.match(blank?.message, '“一、总体情况”有 1 处没有填写：正文。');
});

await t.test('a finding lists the first blanks and counts the others', async (t) => {
  const [finding] = check(form, withTexts(figuresWith(form, {}, null)), 'en').findings;
  t.match(finding?.message, /“Information disclosed proactively” has 10 blank: .* and 7 more\./);
});

await t.test('what is kept beside a report counts every failure and names each rule once', async (t) => {
  const cells = { ...wrong, ...blank, 'disputes.directLitigation.total': 1 };
  t.strictSame(assess(form, assessed(cells)), {
    verdict: 'inconsistent',
    errors: 3,
    warnings: 0,
    failed: ['disputes.total', 'report.complete'],
  });
});

await t.test('a failing warning blocks nothing', async (t) => {
  const [edition] = editions as [Edition];
  const lenient = compile({
    ...edition,
    rules: edition.rules.map((rule) => ({ ...rule, severity: 'warning' as const })),
  });
  const figures = figuresWith(lenient, { ...wrong, 'requests.received.total': 1 });
  t.match(assess(lenient, withoutTexts(figures, ['other'])), { verdict: 'consistent', errors: 0, warnings: 4 });
});

await t.test('an error that may be waived counts as an error until it is', async (t) => {
  const [edition] = editions as [Edition];
  const rules = edition.rules.map((rule) => ({ ...rule, severity: 'errorWaivable' as const }));
  const waivable = compile({ ...edition, rules });
  const report = withTexts(figuresWith(waivable, wrong));
  t.match(assess(waivable, report), { verdict: 'inconsistent', errors: 1, warnings: 0 });
});

await t.test('an edition whose rule names no cell does not start', async (t) => {
  const [edition] = editions as [Edition];
  const rules = edition.rules.map((rule) => ({ ...rule, test: { ...rule.test, left: ['requests.nobody.total'] } }));
  t.throws(() => compile({ ...edition, rules }), /requests\.nobody\.total names no cell/);
});

await t.test('a check as text is the check as JSON', async (t) => {
  for (const form of forms) {
    const sameText = (figures: Figures) => {
      const answer = check(form, withoutTexts(figures, ['other']), 'zh-CN');
      return checkText(form, { year: 2021 }, answer) === JSON.stringify({ year: 2021, ...answer });
    };
    holds(t, fc.property(fc.oneof(sparseFigures(form), consistentFigures(form)), sameText), { numRuns: 50 });
  }
});
