import t from 'tap';
import { findMeasures } from '../../../src/domain/statistics/measure.ts';
import { forms, formOf, rulebook } from '../../support/forms.ts';

const { measures } = rulebook;

function find(cells: readonly string[], indicators: readonly string[] = []) {
  const { found, faults } = findMeasures(measures, { cells, indicators });
  return { ids: found.map(({ id }) => id), faults };
}

await t.test('there is every cell, subtotal and indicator of every edition, each once', async (t) => {
  const ids = forms.flatMap(({ cells, subtotals, indicators }) => [
    ...[...cells, ...subtotals].map(({ address }) => address),
    ...indicators.map(({ id }) => id),
  ]);
  t.same([...measures.keys()].sort(), [...new Set(ids)].sort());
});

await t.test('they come in the order of the latest form, what is only on earlier ones last', async (t) => {
  const latest = formOf('2021').cells.map(({ address }) => address);
  t.same([...measures.keys()].slice(0, latest.length), latest);
  t.same([...(measures.get('requests.closedOther.total')?.byEdition.keys() ?? [])], ['2019', '2021'], 'oldest first');
  t.same([...(measures.get('disclosure.normativeDocuments.made')?.byEdition.keys() ?? [])], ['2019']);
});

await t.test('a figure is told in the words of the latest form that has it', async (t) => {
  const label = formOf('2021').cellAt.get('disclosure.normativeDocuments.issued')?.label;
  t.same(measures.get('disclosure.normativeDocuments.issued')?.label, label);
  t.same(
    measures.get('requests.closedOther.total')?.label,
    formOf('2021').cellAt.get('requests.closedOther.total')?.label,
  );
});

await t.test('a figure is the same kind of figure, in the same unit, on every edition', async (t) => {
  for (const { id, byEdition, isRatio } of measures.values()) {
    const parts = [...byEdition.values()];
    t.equal(new Set(parts.map(({ numerator }) => numerator.value)).size, 1, id);
    t.ok(
      parts.every(({ denominator }) => (denominator !== undefined) === isRatio),
      id,
    );
    for (const { numerator, denominator } of parts) t.ok(!denominator || numerator.value === denominator.value, id);
  }
  for (const { cells, subtotals, indicators } of forms) {
    for (const { address } of cells) t.equal(measures.get(address)?.kind, 'cell');
    for (const { address } of subtotals) t.equal(measures.get(address)?.kind, 'subtotal');
    for (const { id } of indicators) t.equal(measures.get(id)?.kind, 'indicator');
  }
});

await t.test('names are found each once, in the order asked for', async (t) => {
  const asked = ['requests.refused.total', 'requests.received.total', 'requests.refused.total'];
  t.same(find(asked, ['closureRate']).ids, ['requests.refused.total', 'requests.received.total', 'closureRate']);
});

await t.test('a star stands for a section, a row or a column of cells, alone for all of them', async (t) => {
  t.same(find(['requests.received.*']).ids, [
    ...['natural', 'business', 'research', 'welfare', 'legal', 'otherOrg', 'total'].map(
      (column) => `requests.received.${column}`,
    ),
  ]);
  t.equal(find(['requests.*.total']).ids.length, 25);
  t.equal(find(['*.*.total']).ids.length, 28);
  const cells = new Set(forms.flatMap(({ cells }) => cells.map(({ address }) => address)));
  t.equal(find(['*']).ids.length, cells.size, 'of both editions, without subtotals');
  t.same(find([], ['*']).ids, [...formOf('2021').indicators.map(({ id }) => id)]);
});

await t.test('a name that is not there is told with those most like it, of its own kind', async (t) => {
  const { ids, faults } = find(['requests.recieved.total', 'closureRate'], ['closurerate', 'requests.received.total']);
  t.same(ids, []);
  t.match(faults, [
    {
      in: 'query',
      pointer: '/cells',
      params: { name: 'requests.recieved.total', near: /^requests\.received\.total, / },
    },
    { pointer: '/cells', params: { name: 'closureRate' }, detail: { en: /in `indicators`/ } },
    { pointer: '/indicators', params: { name: 'closurerate', near: /^closureRate, / } },
    { pointer: '/indicators', params: { name: 'requests.received.total' }, detail: { en: /in `cells`/ } },
  ]);
  t.match(find(['requests.*']).faults, [{ pointer: '/cells', params: { name: 'requests.*' } }]);
  t.match(find(['requests.no.*']).faults, [{ pointer: '/cells' }]);
});

await t.test('of very many wrong names all are told, and the first get others offered', async (t) => {
  const { faults } = find(Array.from({ length: 30 }, (_, n) => `no.such.cell${n}`));
  t.equal(faults.length, 30);
  t.not(faults[19]?.params?.near, '');
  t.equal(faults[20]?.params?.near, '');
});
