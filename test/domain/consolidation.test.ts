import t from 'tap';
import {
  addUpChildren,
  consolidatedCells,
  contributionsTo,
  coverageOf,
  mostNamed,
  statableSums,
} from '../../src/domain/consolidation.ts';
import { writtenFigure } from '../../src/domain/figures.ts';
import type { Child } from '../../src/domain/neighbours.ts';
import { cellAt, figuresWith, type Cells } from '../support/figures.ts';
import { formOf } from '../support/forms.ts';

const form = formOf('2021');
const received = 'requests.received.total';
const fees = 'disclosure.fees.amount';

function child(id: string, cells?: Cells, besides: Partial<Child> = {}): Child {
  const figures = cells && { revision: 1, reportId: 1, figures: figuresWith(form, cells) };
  return { id, name: `机关${id}`, vertical: false, ...figures, ...besides };
}

const sumOf = (children: readonly Child[]) => addUpChildren(form, 2022, children);

function cellOf(address: string, children: readonly Child[], stated?: Cells) {
  const own = stated && figuresWith(form, stated);
  return consolidatedCells(form, sumOf(children), own, 'en').find(({ cell }) => cell === address);
}

await t.test('who existed at the end of the year is expected; who reports up its own system is left out', async (t) => {
  const children = [
    child('a', {}),
    child('b', undefined, { status: 'returned' }),
    child('begins', {}, { activeFrom: '2023-01-01' }),
    child('c'),
    child('ended', {}, { activeTo: '2022-12-30' }),
    child('ends', {}, { activeTo: '2022-12-31' }),
    child('tax', {}, { vertical: true }),
    child('tax-gone', {}, { vertical: true, activeTo: '2021-12-31' }),
  ];
  t.same(coverageOf(sumOf(children)), {
    expected: 4,
    reported: 2,
    complete: false,
    missing: [
      { agencyId: 'b', name: '机关b', status: 'returned' },
      { agencyId: 'c', name: '机关c' },
    ],
    leftOut: [{ agencyId: 'tax', name: '机关tax', reason: 'vertical' }],
  });
  t.match(coverageOf(sumOf([child('a', {})])), { complete: true, missing: [], leftOut: [] });
});

await t.test('only those that count are added up', async (t) => {
  const children = [
    child('a', { [received]: 3 }),
    child('ended', { [received]: 100 }, { activeTo: '2021-12-31' }),
    child('b', { [received]: 4 }),
    child('c'),
    child('tax', { [received]: 1_000 }, { vertical: true }),
  ];
  t.match(cellOf(received, children, { [received]: 9 }), {
    label: 'Requests received this year · Total',
    sum: 7,
    contributors: 2,
    blank: 0,
    blankWith: [],
    stated: 9,
    difference: 2,
  });
});

await t.test('blank is not zero: there is no sum, and whoever left it blank is named', async (t) => {
  const children = [child('a', { [received]: 3 }), child('b', { [received]: null }), child('c', { [received]: 0 })];
  t.match(cellOf(received, children, { [received]: 3 }), {
    sum: null,
    contributors: 2,
    blank: 1,
    blankWith: ['b'],
    stated: 3,
    difference: null,
  });
  t.same(contributionsTo(cellAt(form, received), sumOf(children)), [
    { agencyId: 'a', name: '机关a', value: 3 },
    { agencyId: 'b', name: '机关b', value: null },
    { agencyId: 'c', name: '机关c', value: 0 },
  ]);
  const many = Array.from({ length: 50 }, (_, n) => child(`${100 + n}`, { [received]: n % 2 ? null : 1 }));
  const cell = cellOf(received, many);
  t.match(cell, { contributors: 25, blank: 25 });
  t.same(
    cell?.blankWith,
    Array.from({ length: mostNamed }, (_, n) => `${101 + 2 * n}`),
    'the first of them, by id',
  );
});

await t.test('what the agency does not state has no difference', async (t) => {
  t.match(cellOf(received, [child('a', { [received]: 3 })]), { sum: 3, stated: null, difference: null });
  t.match(cellOf(received, [child('a', { [received]: 3 })], { [received]: null }), { stated: null, difference: null });
});

await t.test('nobody has reported: there is no sum, not 0', async (t) => {
  t.match(cellOf(received, [child('a'), child('b')], {}), { sum: null, contributors: 0, blank: 0, difference: null });
});

await t.test('amounts are exact', async (t) => {
  const children = [child('a', { [fees]: 0.1 }), child('b', { [fees]: 0.2 }), child('c', { [fees]: 0.000001 })];
  t.match(cellOf(fees, children, { [fees]: 0.3 }), { sum: 0.300001, stated: 0.3, difference: -0.000001 });
});

await t.test('a sum no report could state is none', async (t) => {
  const greatest = [child('a', { [fees]: 1_000_000_000 }), child('b', { [fees]: 0.000001 })];
  t.match(cellOf(fees, greatest, { [fees]: 1 }), { sum: null, contributors: 2, blank: 0, difference: null });
  const counts = [child('a', { [received]: Number.MAX_SAFE_INTEGER }), child('b', { [received]: 1 })];
  t.match(cellOf(received, counts), { sum: null, contributors: 2, blank: 0 });
  t.equal(writtenFigure(cellAt(form, received), statableSums(form, sumOf(counts))), null);
});

await t.test('changes that grow and shrink may be negative', async (t) => {
  const former = formOf('2019');
  const change = 'disclosure.licences.itemsChange';
  const children = [-5, 2].map((value, n) => ({
    ...child(`${n}`),
    figures: figuresWith(former, { [change]: value }),
  }));
  const sum = addUpChildren(former, 2020, children);
  const stated = figuresWith(former, { [change]: 1 });
  const cell = consolidatedCells(former, sum, stated, 'zh-CN').find((one) => one.cell === change);
  t.match(cell, { sum: -3, stated: 1, difference: 4 });
});
