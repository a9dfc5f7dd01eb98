import t from 'tap';
import { percentileOf, percentiles, rankIn, sortedFigures } from '../../../src/domain/statistics/ranking.ts';

await t.test('the greatest is first, equals share a place, and what has no figure is not ranked', async (t) => {
  const sorted = sortedFigures([3, 7, null, 7, 0, -1]);
  t.same(
    [3, 7, 0, -1].map((figure) => rankIn(sorted, figure)),
    [3, 1, 4, 5],
  );
  t.equal(rankIn(sortedFigures([0]), 0), 1);
});

/** As spreadsheets have them: `PERCENTILE.INC`. */
const byHand: readonly (readonly [figures: readonly number[], percentiles: readonly (number | null)[]])[] = [
  [[], [null, null, null, null, null]],
  [[4], [4, 4, 4, 4, 4]],
  [
    [1, 2],
    [1.1, 1.25, 1.5, 1.75, 1.9],
  ],
  [
    [0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100],
    [10, 25, 50, 75, 90],
  ],
  [
    [3, 3, 5, 8, 13, 21],
    [3, 3.5, 6.5, 11.75, 17],
  ],
];

for (const [figures, expected] of byHand) {
  await t.test(`the percentiles of ${figures.length} figures`, async (t) => {
    t.same(
      percentiles.map((percent) => percentileOf(sortedFigures(figures), percent)),
      expected,
    );
  });
}

await t.test('between two figures there are no more than six decimals', async (t) => {
  t.equal(percentileOf(sortedFigures([0.1, 0.2]), 50), 0.15, 'not 0.15000000000000002');
  t.equal(percentileOf(sortedFigures([0.333333, 0.666667]), 25), 0.416667);
});

await t.test('figures are sorted as numbers', async (t) => {
  t.same([...sortedFigures([10, null, 9, -1])], [-1, 9, 10]);
});
