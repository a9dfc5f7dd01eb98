import t from 'tap';
import { columnsOf } from '../../../src/domain/statistics/columns.ts';
import type { Measure } from '../../../src/domain/statistics/measure.ts';
import { dimensions, extras, type Dimension, type Extra } from '../../../src/domain/statistics/query.ts';
import { rulebook } from '../../support/forms.ts';

const measure = (id: string) => rulebook.measures.get(id) as Measure;

function columns(
  groupBy: readonly Dimension[],
  ids: readonly string[],
  told: readonly Extra[],
  language: 'en' | 'zh-CN',
) {
  return columnsOf({ groupBy, measures: ids.map(measure), with: told }, language).map(({ column }) => column);
}

await t.test('groups come first as they were asked for, then what they cover, then the figures', async (t) => {
  const names = columns(['kind', 'year', 'agency'], ['requests.received.total'], [], 'en').map(({ name }) => name);
  t.same(names, [
    'kind',
    'year',
    'agencyId',
    'agencyName',
    'reports',
    'expected',
    'missing',
    'requests.received.total',
  ]);
});

await t.test('beside a ratio there is all that is told of ratios, beside a cell what is told of cells', async (t) => {
  const names = (id: string) => columns([], [id], extras, 'en').map(({ name }) => name);
  const both = ['blank', 'lastYear', 'change', 'rank', 'ranked', 'p10', 'p25', 'p50', 'p75', 'p90'];
  const coverage = ['reports', 'expected', 'missing', 'missingReports'];
  const cell = 'disclosure.fees.amount';
  t.same(names(cell), [...coverage, cell, ...both.map((name) => `${cell}.${name}`)]);
  const ratio = ['numerator', 'denominator', ...both].map((name) => `closureRate.${name}`);
  t.same(names('closureRate'), [...coverage, 'closureRate', ...ratio]);
});

await t.test('a column says what is in it, and whether it adds up', async (t) => {
  const told = columns(['level'], ['disclosure.fees.amount'], ['change'], 'zh-CN');
  const [level, fees, change] = ['level', 'disclosure.fees.amount', 'disclosure.fees.amount.change'].map((name) =>
    told.find((column) => column.name === name),
  );
  t.match(level, { kind: 'group', type: 'text', label: '层级', codes: { county: '县级' } });
  t.match(fees, { kind: 'cell', unit: '万元', additive: true, measure: 'disclosure.fees.amount' });
  t.match(change, { label: /（比上年增减）$/, unit: '万元', additive: false, statistic: 'change' });
  t.match(columns([], ['closureRate'], ['fraction'], 'en').slice(3), [
    { name: 'closureRate', additive: false },
    { name: 'closureRate.numerator', additive: true },
    { name: 'closureRate.denominator', additive: true },
  ]);
});

await t.test('every column has a name of its own and a label in either language', async (t) => {
  const all = [...rulebook.measures.keys()];
  for (const language of ['en', 'zh-CN'] as const) {
    const told = columns(dimensions, all, extras, language);
    t.equal(new Set(told.map(({ name }) => name)).size, told.length);
    t.ok(told.every(({ label }) => label.length > 0));
  }
});
