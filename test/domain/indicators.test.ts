import fc from 'fast-check';
import t from 'tap';
import {
  answerIndicators,
  compileIndicators,
  fractionOf,
  valueOf,
  type CompiledIndicator,
  type IndicatorAnswer,
} from '../../src/domain/indicator.ts';
import { layOut, type Form } from '../../src/domain/form.ts';
import { writtenFigure, type Figures } from '../../src/domain/figures.ts';
import type { Language } from '../../src/domain/language.ts';
import { figuresWith, sparseFigures, type Cells } from '../support/figures.ts';
import { formOf, forms } from '../support/forms.ts';
import { holds } from '../support/property.ts';
import { tinyEdition, words } from '../support/tiny.ts';

const form = formOf('2021');
const form2019 = formOf('2019');
const indicators = compileIndicators(form);
const indicators2019 = compileIndicators(form2019);
const greatest = Number.MAX_SAFE_INTEGER;

/** A report that is consistent in the columns looked at; every edition has these cells. */
const cells: Cells = {
  'disclosure.licences.decisions': 500,
  'disclosure.penalties.decisions': 40,
  'disclosure.coercion.decisions': 10,
  'requests.received.natural': 60,
  'requests.received.total': 80,
  'requests.carriedIn.total': 20,
  'requests.granted.total': 36,
  'requests.partlyGranted.total': 9,
  'requests.refusedStateSecret.total': 5,
  'requests.refusedAdministrativeQuery.total': 4,
  'requests.unableNotHeld.total': 12,
  'requests.unableNotReady.total': 3,
  'requests.unableUnclear.total': 3,
  'requests.declinedPetition.total': 6,
  'requests.declinedConfirmation.total': 3,
  'requests.closedOther.total': 9,
  'requests.concluded.total': 90,
  'requests.carriedOut.total': 10,
  'disputes.reconsideration.upheld': 5,
  'disputes.reconsideration.corrected': 2,
  'disputes.reconsideration.otherOutcome': 1,
  'disputes.reconsideration.pending': 2,
  'disputes.reconsideration.total': 10,
  'disputes.directLitigation.upheld': 3,
  'disputes.directLitigation.corrected': 1,
  'disputes.directLitigation.pending': 1,
  'disputes.directLitigation.total': 5,
  'disputes.litigationAfterReconsideration.upheld': 2,
  'disputes.litigationAfterReconsideration.corrected': 1,
  'disputes.litigationAfterReconsideration.pending': 1,
  'disputes.litigationAfterReconsideration.total': 4,
};

const normative: Cells = {
  'disclosure.normativeDocuments.issued': 10,
  'disclosure.normativeDocuments.repealed': 12,
  'disclosure.normativeDocuments.inForce': 190,
};

/** Worked out by hand: numerator, denominator, value. */
const expected: Readonly<Record<string, readonly [number, number | null, number]>> = {
  accepted: [100, null, 100],
  closureRate: [90, 100, 0.9],
  carryForwardRate: [10, 100, 0.1],
  disclosureRate: [45, 90, 0.5],
  fullDisclosureRate: [36, 90, 0.4],
  effectiveDisclosureRate: [45, 72, 0.625],
  refusalRate: [9, 90, 0.1],
  unableRate: [18, 90, 0.2],
  declinedRate: [9, 90, 0.1],
  closedRate: [9, 90, 0.1],
  notHeldShare: [12, 18, 0.666667],
  naturalPersonShare: [60, 80, 0.75],
  reconsiderationCorrectionRate: [2, 8, 0.25],
  litigationCorrectionRate: [2, 7, 0.285714],
  disputeRate: [15, 90, 0.166667],
  litigationAfterReconsiderationRate: [4, 10, 0.4],
  licencesPerEnforcement: [500, 50, 10],
  normativeNet: [-2, null, -2],
};

function answered(cells: Cells, language: Language = 'en', rest: number | null = 0) {
  return answerIndicators(indicators, figuresWith(form, cells, rest), undefined, language);
}

function one(answers: Record<string, IndicatorAnswer>, id: string): IndicatorAnswer {
  const answer = answers[id];
  if (!answer) throw new Error(`no indicator ${id}`);
  return answer;
}

await t.test('each indicator is what it comes to by hand', async (t) => {
  const answers = answered({ ...cells, ...normative });
  t.same(Object.keys(answers).sort(), Object.keys(expected).sort());
  for (const [id, [numerator, denominator, value]] of Object.entries(expected)) {
    const smallSample = denominator !== null && denominator < 30;
    t.strictSame(answers[id], { numerator, denominator, value, smallSample, lastYear: null, change: null }, id);
  }
});

await t.test('an edition has the indicators whose cells it has', async (t) => {
  const { normativeNet: _, ...common } = expected;
  const answers = answerIndicators(indicators2019, figuresWith(form2019, cells), undefined, 'en');
  t.same(Object.keys(answers).sort(), Object.keys(common).sort());
  for (const [id, [numerator, denominator, value]] of Object.entries(common))
    t.match(answers[id], { numerator, denominator, value }, id);
});

await t.test('a formula is told in official words', async (t) => {
  const formula = (id: string) => indicators.find((indicator) => indicator.id === id)?.formula;
  t.equal(formula('refusalRate')?.['zh-CN'], '三（三）不予公开 ÷ 三（七）总计', 'a group by its name');
  t.equal(
    formula('litigationCorrectionRate')?.['zh-CN'],
    '行政诉讼·结果纠正 ÷ （行政诉讼·总计 － 行政诉讼·尚未审结）',
    'with the column where it tells terms apart',
  );
  t.equal(formula('disputeRate')?.['zh-CN'], '（行政复议 ＋ 行政诉讼·未经复议直接起诉） ÷ 三（七）总计');
  t.equal(
    formula('closureRate')?.en,
    'Concluded, total ÷ (Requests received this year + Requests carried in from last year)',
  );
  t.equal(formula('normativeNet')?.['zh-CN'], '行政规范性文件·本年制发件数 － 行政规范性文件·本年废止件数');
});

await t.test('a blank term leaves its side and the value blank, and is named', async (t) => {
  const blank = { ...cells, 'requests.carriedIn.total': null };
  t.strictSame(one(answered(blank), 'closureRate'), {
    numerator: 90,
    denominator: null,
    value: null,
    smallSample: false,
    reason: '1 blank (Requests carried in from last year · Total); it can be computed once filled in.',
    lastYear: null,
    change: null,
  });
  t.equal(
    one(answered(blank, 'zh-CN'), 'accepted').reason,
    '有 1 格未填写（二、上年结转政府信息公开申请数量·总计），填写后才能计算。',
  );
  t.equal(one(answered(blank), 'refusalRate').value, 0.1, 'the others are told');
  t.notOk('reason' in one(answered(blank), 'refusalRate'));
});

await t.test('of many blanks the first three are named; a blank comes before a zero', async (t) => {
  const { refusalRate, notHeldShare } = answered({ 'requests.unableNotHeld.total': 0 }, 'zh-CN', null);
  t.equal(
    refusalRate?.reason,
    '有 9 格未填写（三（三）1.属于国家秘密·总计、三（三）2.其他法律行政法规禁止公开·总计、' +
      '三（三）3.危及“三安全一稳定”·总计等），填写后才能计算。',
  );
  t.match(notHeldShare, { numerator: 0, denominator: null, value: null });
  t.match(notHeldShare?.reason, /有 2 格未填写/);
  const { notHeldShare: twice } = answered({ 'requests.unableNotHeld.total': null });
  t.match(twice?.reason, /^1 blank/, 'a cell on both sides is named once');
  t.match(answered({ 'requests.granted.total': null }).fullDisclosureRate?.reason, /^1 blank/);
});

await t.test('nothing is divided by zero or by less', async (t) => {
  const zero = one(answered({ 'requests.carriedOut.total': 3 }), 'carryForwardRate');
  t.strictSame(zero, {
    numerator: 3,
    denominator: 0,
    value: null,
    smallSample: true,
    reason:
      'The denominator (Requests received this year + Requests carried in from last year) is not above 0, ' +
      'so there is no ratio.',
    lastYear: null,
    change: null,
  });
  const less = answered({ 'disputes.reconsideration.total': 2, 'disputes.reconsideration.pending': 5 }, 'zh-CN');
  t.match(less.reconsiderationCorrectionRate, {
    denominator: -3,
    value: null,
    reason: '分母（行政复议·总计 － 行政复议·尚未审结）不大于 0，无法计算。',
  });
  t.match(answered({}).accepted, { numerator: 0, value: 0, smallSample: false }, 'a count needs nothing to divide by');
});

await t.test('a ratio of few cases is marked', async (t) => {
  const answer = (concluded: number) =>
    one(answered({ 'requests.concluded.total': concluded }), 'refusalRate').smallSample;
  t.equal(answer(29), true);
  t.equal(answer(30), false);
  t.equal(one(answered({ 'requests.received.total': 1 }), 'accepted').smallSample, false, 'never a count');
});

await t.test('last year stands beside it, whatever form it was reported on', async (t) => {
  const lastYear = {
    indicators: indicators2019,
    figures: figuresWith(form2019, { ...cells, 'requests.granted.total': 27, 'disputes.directLitigation.total': null }),
  };
  const figures = figuresWith(form, { ...cells, ...normative, 'requests.carriedOut.total': null });
  const answers = answerIndicators(indicators, figures, lastYear, 'en');
  t.match(answers.accepted, { value: 100, lastYear: 100, change: 0 });
  t.match(answers.fullDisclosureRate, { value: 0.4, lastYear: 0.3, change: 0.1 }, 'not 0.10000000000000003');
  t.match(answers.disputeRate, { value: 0.166667, lastYear: null, change: null }, 'last year had a blank');
  t.match(answers.carryForwardRate, { value: null, lastYear: 0.1, change: null }, 'this year has one');
  t.match(answers.normativeNet, { value: -2, lastYear: null, change: null }, 'last year’s form did not ask');
});

await t.test('rounding leaves great figures alone', async (t) => {
  const great = 2_508_364_727_351_137;
  const figures = figuresWith(form, { 'requests.received.total': great });
  const before = { indicators, figures: figuresWith(form, {}) };
  t.equal(one(answerIndicators(indicators, figures, before, 'en'), 'accepted').change, great);
});

await t.test('sums of great figures are exact', async (t) => {
  const answers = answered({
    'requests.received.total': greatest,
    'requests.carriedIn.total': greatest,
    'requests.concluded.total': greatest,
    'requests.declinedPetition.total': greatest - 1,
    'requests.declinedRepeat.total': greatest - 1,
    'requests.closedOther.total': greatest - 1,
    'requests.granted.total': 1,
  });
  t.equal(one(answers, 'accepted').value, Number(2n * BigInt(greatest)));
  t.equal(one(answers, 'closureRate').value, 0.5);
  const { denominator } = one(answers, 'effectiveDisclosureRate');
  t.equal(denominator, Number(-2n * BigInt(greatest) + 3n));
});

await t.test('figures that may be negative are added exactly, and no answer is -0', async (t) => {
  const tiny = tinyEdition(['row'], ['a', 'b', 'c'], { type: 'complete' });
  const net = { id: 'net', label: words('net'), numerator: ['table.row.a', 'table.row.b', '-table.row.c'] };
  const all = { id: 'all', label: words('all'), numerator: ['table.row.*'] };
  const share = { id: 'share', label: words('share'), numerator: ['table.row.b'], denominator: ['table.row.a'] };
  const compiled = compileIndicators(layOut({ ...tiny, indicators: [net, all, share] }));
  const answers = (...figures: number[]) => answerIndicators(compiled, Float64Array.from(figures), undefined, 'en');
  t.equal(answers(greatest, 2, greatest).net?.value, 2);
  t.equal(answers(greatest, 2, -greatest).all?.value, 2, 'though it passes through what a double cannot hold');
  t.strictSame(answers(10_000_000, -1, 0).share?.value, 0);
  t.ok(Object.is(answers(10_000_000, -1, 0).share?.value, 0));
});

await t.test('a selector that names nothing stops the start', async (t) => {
  const edition = { ...form.edition, indicators: [{ id: 'x', label: words('x'), numerator: ['requests.no.total'] }] };
  t.throws(() => compileIndicators(layOut(edition)), /requests\.no\.total names no cell/);
});

await t.test('what is answered can be rolled up: the sums of several reports give the ratio of all', async (t) => {
  const closure = indicators.find(({ id }) => id === 'closureRate') as CompiledIndicator;
  const fractions = [cells, { 'requests.received.total': 300, 'requests.concluded.total': 60 }].map((cells) =>
    fractionOf(closure, figuresWith(form, cells)),
  );
  const total = (side: 'numerator' | 'denominator') => fractions.reduce((sum, one) => sum + (one[side] ?? 0), 0);
  const rolledUp = { numerator: total('numerator'), denominator: total('denominator') };
  t.same(rolledUp, { numerator: 150, denominator: 400 });
  t.equal(valueOf(closure, rolledUp), 0.375, 'not 0.55, the mean of 0.9 and 0.2');
});

const filled = (figures: Figures): Figures => figures.map((figure) => (Number.isNaN(figure) ? 7 : figure));

for (const form of forms) {
  await t.test(`edition ${form.edition.id}: every value is what its cells give, or blank`, async (t) => {
    const compiled = compileIndicators(form);
    const agrees = (figures: Figures) => {
      const answers = answerIndicators(compiled, figures, undefined, 'zh-CN');
      return Object.entries(naive(form, figures)).every(([id, fraction]) => agree(one(answers, id), fraction));
    };
    holds(t, fc.property(sparseFigures(form), agrees));
    holds(t, fc.property(sparseFigures(form).map(filled), agrees), { numRuns: 50 });
  });
}

type Naive = readonly [numerator: bigint | null, denominator?: bigint | null];

function agree(answer: IndicatorAnswer, [numerator, denominator]: Naive): boolean {
  const hasValue = numerator !== null && (denominator === undefined || (denominator !== null && denominator > 0n));
  if (answer.numerator !== (numerator === null ? null : Number(numerator))) return false;
  if (answer.denominator !== (denominator === undefined || denominator === null ? null : Number(denominator)))
    return false;
  if (hasValue !== (answer.value !== null) || hasValue === 'reason' in answer) return false;
  if (!hasValue) return true;
  if (denominator === undefined || denominator === null) return answer.value === Number(numerator);
  const ratio = Number(numerator) / Number(denominator);
  if (ratio < 1e9 && answer.value !== Number((answer.value as number).toFixed(6))) return false;
  return Math.abs((answer.value as number) - ratio) <= 0.500001e-6 + ratio * 1e-15;
}

/** The table of indicators once more, written out cell by cell. */
function naive(form: Form, figures: Figures): Record<string, Naive> {
  const rowsOf = (start: string) => [
    ...new Set(
      form.cells.filter(({ section, row }) => section === 'requests' && row.startsWith(start)).map((c) => c.row),
    ),
  ];
  const sum = (...addresses: string[]): bigint | null => {
    let result = 0n;
    for (const address of addresses) {
      const cell = form.cellAt.get(address.replace(/^-/, ''));
      const figure = cell ? writtenFigure(cell, figures) : null;
      if (figure === null) return null;
      result += (address.startsWith('-') ? -1n : 1n) * BigInt(figure);
    }
    return result;
  };
  const totals = (...rows: string[]) => sum(...rows.map((row) => row.replace(/^(-?)(.*)$/, '$1requests.$2.total')));
  const minus = (rows: string[]) => rows.map((row) => `-${row}`);
  const [refused, unable, declined, closed] = ['refused', 'unable', 'declined', 'closed'].map(rowsOf) as [
    string[],
    string[],
    string[],
    string[],
  ];
  const concluded = totals('concluded');
  const accepted = totals('received', 'carriedIn');
  const litigation = (column: string, sign = '') =>
    ['directLitigation', 'litigationAfterReconsideration'].map((row) => `${sign}disputes.${row}.${column}`);
  const common: Record<string, Naive> = {
    accepted: [accepted],
    closureRate: [concluded, accepted],
    carryForwardRate: [totals('carriedOut'), accepted],
    disclosureRate: [totals('granted', 'partlyGranted'), concluded],
    fullDisclosureRate: [totals('granted'), concluded],
    effectiveDisclosureRate: [
      totals('granted', 'partlyGranted'),
      totals('concluded', ...minus(declined), ...minus(closed)),
    ],
    refusalRate: [totals(...refused), concluded],
    unableRate: [totals(...unable), concluded],
    declinedRate: [totals(...declined), concluded],
    closedRate: [totals(...closed), concluded],
    notHeldShare: [totals('unableNotHeld'), totals(...unable)],
    naturalPersonShare: [sum('requests.received.natural'), totals('received')],
    reconsiderationCorrectionRate: [
      sum('disputes.reconsideration.corrected'),
      sum('disputes.reconsideration.total', '-disputes.reconsideration.pending'),
    ],
    litigationCorrectionRate: [
      sum(...litigation('corrected')),
      sum(...litigation('total'), ...litigation('pending', '-')),
    ],
    disputeRate: [sum('disputes.reconsideration.total', 'disputes.directLitigation.total'), concluded],
    litigationAfterReconsiderationRate: [
      sum('disputes.litigationAfterReconsideration.total'),
      sum('disputes.reconsideration.total'),
    ],
    licencesPerEnforcement: [
      sum('disclosure.licences.decisions'),
      sum('disclosure.penalties.decisions', 'disclosure.coercion.decisions'),
    ],
  };
  if (form.edition.id === '2019') return common;
  const net = sum('disclosure.normativeDocuments.issued', '-disclosure.normativeDocuments.repealed');
  return { ...common, normativeNet: [net] };
}
