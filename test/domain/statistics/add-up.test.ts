import t from 'tap';
import { addUpGroups, groupedBlock, type GroupedBlock } from '../../../src/domain/statistics/add-up.ts';
import { FigureBlock } from '../../../src/domain/statistics/figure-block.ts';
import type { Measure } from '../../../src/domain/statistics/measure.ts';
import { figuresWith, type Cells } from '../../support/figures.ts';
import { formOf, rulebook } from '../../support/forms.ts';

const received = 'requests.received.total';
const greatest = Number.MAX_SAFE_INTEGER;

const measure = (id: string) => rulebook.measures.get(id) as Measure;

/** Reports on an edition, each in a group; -1 for one that does not count. */
function block(edition: string, reports: readonly (readonly [group: number, cells: Cells])[]): GroupedBlock {
  const form = formOf(edition);
  const written = new FigureBlock(2021, edition, form.cells.length);
  for (const [place, [, cells]] of reports.entries()) written.write(place, 1, figuresWith(form, cells));
  const groupOf = Int32Array.from(reports, ([group]) => group);
  return groupedBlock(written.read(), groupOf);
}

function sumOf(id: string, ...values: readonly (number | null)[]) {
  return addUpGroups(
    measure(id),
    [
      block(
        '2021',
        values.map((value) => [0, { [id]: value }] as const),
      ),
    ],
    1,
  );
}

await t.test('figures are added up by group, and who is in none is left out', async (t) => {
  const reports = [
    [0, { [received]: 1 }],
    [1, { [received]: 20 }],
    [-1, { [received]: 300 }],
    [0, { [received]: 4_000 }],
    [0, { [received]: 50_000 }],
  ] as const;
  t.same(addUpGroups(measure(received), [block('2021', reports)], 3).values, [54_001, 20, null]);
});

await t.test('blank is not zero: it does not count, and is told', async (t) => {
  const { values, blanks } = sumOf(received, 3, null, 0, null);
  t.same(values, [3]);
  t.same([...blanks], [2]);
  t.same(sumOf(received, null, null).values, [null], 'of blanks alone there is no sum');
  t.same(sumOf(received, 0).values, [0]);
  t.same(sumOf(received).values, [null]);
});

await t.test('amounts are exact to six decimals', async (t) => {
  const fees = 'disclosure.fees.amount';
  t.same(sumOf(fees, 0.1, 0.2).values, [0.3]);
  t.same(sumOf(fees, ...Array<number>(1_000).fill(0.000001)).values, [0.001]);
  t.same(sumOf(fees, 999_999_999.999999, 0.000001).values, [1_000_000_000]);
});

await t.test('sums are exact beyond what a double holds, and rounded once', async (t) => {
  t.same(sumOf(received, greatest, 1, 1).values, [Number(BigInt(greatest) + 2n)]);
  t.same(sumOf(received, greatest, greatest, 1, 1).values, [Number(2n * BigInt(greatest) + 2n)]);
  const odd = Array<number>(255).fill(greatest);
  t.same(sumOf(received, ...odd).values, [Number(255n * BigInt(greatest))]);
  const ones = Array<number>(250).fill(1);
  t.same(
    sumOf(received, greatest, ...ones).values,
    [Number(BigInt(greatest) + 250n)],
    'none of the small ones is lost',
  );
  const cells: Cells = {
    'requests.refusedStateSecret.total': greatest,
    'requests.refusedByLaw.total': greatest,
    'requests.refusedInternal.total': 3,
  };
  const refused = addUpGroups(measure('requests.refused.total'), [block('2021', [[0, cells]])], 1);
  t.same(refused.values, [Number(2n * BigInt(greatest) + 3n)], 'of a report as well');
});

await t.test('what may be negative is added exactly, though it passes through what a double cannot hold', async (t) => {
  const change = 'disclosure.licences.itemsChange';
  const of = (...values: readonly number[]) =>
    addUpGroups(
      measure(change),
      [
        block(
          '2019',
          values.map((value) => [0, { [change]: value }] as const),
        ),
      ],
      1,
    ).values;
  t.same(of(3, -5), [-2]);
  t.same(of(greatest, greatest, 7, -greatest, -greatest), [7]);
  const zero = of(5, -5)[0];
  t.ok(Object.is(zero, 0));
  const net = addUpGroups(
    measure('normativeNet'),
    [
      block('2021', [
        [0, { 'disclosure.normativeDocuments.issued': 1, 'disclosure.normativeDocuments.repealed': greatest }],
        [0, { 'disclosure.normativeDocuments.issued': greatest, 'disclosure.normativeDocuments.repealed': 0 }],
      ]),
    ],
    1,
  );
  t.same(net.values, [1]);
});

await t.test('a ratio is the sum by the sum, of the reports that have both', async (t) => {
  const cells = (concluded: number | null, received_: number | null): Cells => ({
    'requests.concluded.total': concluded,
    [received]: received_,
  });
  const reports = [cells(9, 10), cells(20, 90), cells(null, 1_000), cells(1_000, null)];
  const { values, numerators, denominators, blanks } = addUpGroups(
    measure('closureRate'),
    [
      block(
        '2021',
        reports.map((cells) => [0, cells] as const),
      ),
    ],
    1,
  );
  t.same({ values, numerators, denominators }, { values: [0.29], numerators: [29], denominators: [100] });
  t.same([...blanks], [2]);
});

await t.test('what is taken off is exact though a double does not hold it all together', async (t) => {
  const form = formOf('2021');
  const { denominator } = measure('effectiveDisclosureRate').byEdition.get('2021') as {
    denominator: { subtracted: Int32Array };
  };
  const [one, another, third] = Array.from(denominator.subtracted, (place) => form.cells[place]?.address as string);
  const rest = Array.from(denominator.subtracted, (place) => [form.cells[place]?.address as string, 0] as const);
  const cells = {
    ...Object.fromEntries(rest),
    'requests.granted.total': 0,
    'requests.partlyGranted.total': 0,
    'requests.concluded.total': greatest,
    [one as string]: 2 ** 52 + 1,
    [another as string]: 2 ** 52 + 1,
    [third as string]: 1,
  };
  t.same(addUpGroups(measure('effectiveDisclosureRate'), [block('2021', [[0, cells]])], 1).denominators, [-4]);
});

await t.test('there is no ratio of nothing, but there are its sums', async (t) => {
  const { values, numerators, denominators } = addUpGroups(measure('closureRate'), [block('2021', [[0, {}]])], 1);
  t.same({ values, numerators, denominators }, { values: [null], numerators: [0], denominators: [0] });
  t.same(addUpGroups(measure(received), [block('2021', [[0, {}]])], 1).denominators, [null]);
});

await t.test('a figure one edition has not is added up over the other, and is no blank there', async (t) => {
  const issued = 'disclosure.normativeDocuments.issued';
  const blocks = [block('2019', [[0, {}]]), block('2021', [[0, { [issued]: 4 }]])];
  const { values, blanks } = addUpGroups(measure(issued), blocks, 1);
  t.same(values, [4]);
  t.same([...blanks], [0]);
  const both = [block('2019', [[0, { [received]: 2 }]]), block('2021', [[0, { [received]: 4 }]])];
  t.same(addUpGroups(measure(received), both, 1).values, [6]);
});
