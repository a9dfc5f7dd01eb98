import fc from 'fast-check';
import t from 'tap';
import { check } from '../../src/domain/check.ts';
import { compile, type CheckedForm } from '../../src/domain/compile.ts';
import type { Figures } from '../../src/domain/figures.ts';
import { FAIL, NOT_ASSESSABLE, PASS, type Status } from '../../src/domain/instance.ts';
import { cellAt, figuresWith, sparseFigures, withTexts } from '../support/figures.ts';
import { formOf, forms } from '../support/forms.ts';
import { holds } from '../support/property.ts';
import { tinyEdition } from '../support/tiny.ts';

const greatest = Number.MAX_SAFE_INTEGER;
const form = formOf('2021');

function statusOf(form: CheckedForm, rule: string, at: string, figures: Figures): Status | undefined {
  const instance = form.instances.find((candidate) => candidate.rule.id === rule && candidate.at === at);
  return instance?.status(withTexts(figures));
}

const balance = (received: number, carriedIn: number, concluded: number, carriedOut: number) =>
  statusOf(
    form,
    'requests.balance',
    'legal',
    figuresWith(form, {
      'requests.received.legal': received,
      'requests.carriedIn.legal': carriedIn,
      'requests.concluded.legal': concluded,
      'requests.carriedOut.legal': carriedOut,
    }),
  );

await t.test('sums beyond what a double holds are compared exactly', async (t) => {
  t.equal(balance(greatest, greatest, greatest, greatest), PASS);
  t.equal(balance(greatest, greatest, greatest, greatest - 1), FAIL);
  t.equal(balance(greatest, greatest - 2, greatest - 1, greatest - 1), PASS);
  t.equal(balance(greatest, 2, greatest - 1, 3), PASS, 'both 2^53 + 1');
  t.equal(balance(greatest, 2, greatest, 1), FAIL, '2^53 + 1 and 2^53 are one double');
  t.equal(balance(greatest, 1, greatest, 0), FAIL, 'one side beyond, one not');
});

await t.test('any four figures balance exactly when their sums as whole numbers do', async (t) => {
  const figure = fc.oneof(fc.nat(3), fc.integer({ min: greatest - 3, max: greatest }), fc.maxSafeNat());
  const agrees = (a: number, b: number, c: number, d: number) =>
    balance(a, b, c, d) === (BigInt(a) + BigInt(b) === BigInt(c) + BigInt(d) ? PASS : FAIL);
  holds(t, fc.property(figure, figure, figure, figure, agrees), { numRuns: 500 });
});

await t.test('a finding on great figures tells the true difference', async (t) => {
  const figures = figuresWith(form, { 'requests.received.total': greatest, 'requests.carriedIn.total': 2 });
  const at = (address: string) => cellAt(form, address).index;
  figures[at('requests.concluded.total')] = greatest;
  figures[at('requests.carriedOut.total')] = 1;
  const { findings } = check(form, withTexts(figures), 'en');
  const finding = findings.find(({ rule, at }) => rule === 'requests.balance' && at === 'total');
  t.equal(finding?.delta, 1);
  t.match(finding?.message, 'come to 9007199254740993, concluded and carried out to 9007199254740992;');
});

await t.test('signed figures are compared exactly too', async (t) => {
  const tiny = compile(
    tinyEdition(['row'], ['a', 'b', 'c', 'total'], {
      type: 'sum',
      forEach: { section: 'table', axis: 'row' },
      left: ['table.@.a', 'table.@.b', 'table.@.c'],
      relation: '=',
      right: ['table.@.total'],
    }),
  );
  const status = (a: number, b: number, c: number, total: number) =>
    statusOf(tiny, 'table.rule', 'row', Float64Array.of(a, b, c, total));
  t.equal(status(5, -7, 1, -1), PASS);
  t.equal(status(5, -7, 1, 1), FAIL);
  t.equal(status(greatest, 2, -3, greatest - 1), PASS, 'on the way the sum leaves what a double holds');
  t.equal(status(greatest, 2, -3, greatest - 2), FAIL);
});

await t.test('a blank never passes and never counts as nothing', async (t) => {
  for (const form of forms) {
    const blankSomewhere = fc.tuple(sparseFigures(form), fc.nat(form.cells.length - 1));
    const neverPasses = ([figures, place]: [Figures, number]) => {
      figures[place] = Number.NaN;
      const { address } = form.cells[place] as { address: string };
      const sums = form.groups.filter(({ rule, unmet }) => rule.test.type === 'sum' && !unmet);
      return sums
        .flatMap(({ instances }) => instances)
        .every((instance) => {
          const assessed = withTexts(figures);
          const { terms } = instance.explain(assessed, 'en');
          if (!terms.some(({ cell }) => cell === address)) return true;
          return instance.status(assessed) === NOT_ASSESSABLE;
        });
    };
    holds(t, fc.property(blankSomewhere, neverPasses), { numRuns: 30 });
  }
});

await t.test('what a blank keeps from being assessed is listed with the blanks, never as a finding', async (t) => {
  const figures = figuresWith(form, { 'disputes.reconsideration.pending': null, 'disputes.reconsideration.total': 9 });
  const { findings, notAssessable } = check(form, withTexts(figures), 'zh-CN');
  t.same(
    findings.map(({ rule }) => rule),
    ['report.complete'],
  );
  t.same(
    notAssessable.filter(({ missing }) => missing.length > 0).map(({ rule, at, missing }) => ({ rule, at, missing })),
    [{ rule: 'disputes.total', at: 'reconsideration', missing: ['disputes.reconsideration.pending'] }],
  );
  t.match(notAssessable[0]?.reason, '“行政复议”要用到的 1 格未填写（行政复议·尚未审结）');
  t.notMatch(notAssessable[0]?.reason, /[{}]/);
});

await t.test('a blank beside a sum beyond what a double holds is not assessable', async (t) => {
  t.equal(balance(greatest, greatest, Number.NaN, 0), NOT_ASSESSABLE);
});
