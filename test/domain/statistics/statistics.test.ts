import t from 'tap';
import { Problem } from '../../../src/domain/problem.ts';
import { bases } from '../../../src/domain/statistics/figure-changes.ts';
import type { Measure } from '../../../src/domain/statistics/measure.ts';
import type { StatisticsQuery } from '../../../src/domain/statistics/query.ts';
import { answerStatistics, mostRanked } from '../../../src/domain/statistics/statistics.ts';
import { figuresWith, type Cells } from '../../support/figures.ts';
import { formOf, rulebook } from '../../support/forms.ts';
import {
  agency,
  ask,
  matrixOf,
  plainQuery,
  readingFor,
  registryOf,
  rowsOf,
  yearOf,
  type StatedReport,
} from '../../support/statistics.ts';

const received = 'requests.received.total';
const one = [rulebook.measures.get(received) as Measure];
const years = [2020, 2021, 2022].map(yearOf);
const only = (year: number) => [{ first: year, last: year }];

/** A city of three counties and five bureaus, one of which has not reported for 2022. */
const agencies = [
  agency('city', { level: 'prefecture', kind: 'government', consolidates: true }),
  ...['c1', 'c2', 'c3'].map((id) => agency(id, { kind: 'government', parentId: 'city' })),
  ...['b1', 'b2', 'b3'].map((id) => agency(id, { level: 'prefecture', parentId: 'city' })),
  agency('b4', { level: 'township', kind: 'township', parentId: 'c1' }),
  agency('tax', { level: 'prefecture', parentId: 'city', vertical: true }),
];

function reported(edition: string, cells: Cells): StatedReport {
  return { edition, revisions: [{ bases, figures: figuresWith(formOf(edition), cells) }] };
}

const state = {
  agencies,
  years,
  reports: new Map([
    ...Object.entries({ city: 100, c1: 10, c2: 30, c3: 30, b1: 7, b3: 1, b4: 2, tax: 5 }).map(
      ([id, n]) => [`${id} 2022`, reported('2021', { [received]: n })] as const,
    ),
    ['c1 2021', reported('2021', { [received]: 4 })] as const,
    ['c2 2020', reported('2019', { [received]: 6 })] as const,
    ['b1 2021', reported('2021', { [received]: null })] as const,
  ]),
};
const matrix = matrixOf(state);

const rows = (besides: Partial<StatisticsQuery>) => ask(matrix, { measures: one, ...besides }).rows;
const figures = (besides: Partial<StatisticsQuery>, name: string = received) => rows(besides).map((row) => row[name]);

await t.test('without groups everything is one row', async (t) => {
  t.same(rows({ years: only(2022) }), [{ reports: 8, expected: 8, missing: 1, [received]: 185 }]);
  t.same(rows({ years: only(2022), agency: 'b2' }), [{ reports: 0, expected: 1, missing: 1, [received]: null }]);
  t.same(rows({ years: only(2022), agency: 'b2', tellsEmpty: false }), [], 'nobody has reported');
  t.same(rows({ years: only(2030) }), []);
});

await t.test('sums of others can be left out', async (t) => {
  t.same(rows({ years: only(2022), consolidated: 'exclude' }), [
    { reports: 7, expected: 7, missing: 1, [received]: 85 },
  ]);
  t.equal(ask(matrix, { years: only(2022) }).head.coverage.consolidated, 1);
});

await t.test('groups come in the order they are asked for, whoever has no parent first', async (t) => {
  const grouped = rows({ years: only(2022), groupBy: ['parent', 'kind'] });
  t.same(
    grouped.map(({ parentId, kind, reports }) => [parentId, kind, reports]),
    [
      [null, 'government', 1],
      ['c1', 'township', 1],
      ['city', 'government', 3],
      ['city', 'department', 3],
    ],
  );
  t.same(figures({ groupBy: ['level'] }, 'level'), ['prefecture', 'county', 'township'], 'levels from the top');
  t.same(figures({ groupBy: ['year'] }, 'year'), [2020, 2021, 2022]);
});

await t.test('groups nobody has reported in are told to those who may know', async (t) => {
  const query = { years: only(2022), groupBy: ['agency'], parent: 'city' } as const;
  t.same(figures(query, 'agencyId'), ['b1', 'b2', 'b3', 'c1', 'c2', 'c3', 'tax']);
  t.same(figures({ ...query, tellsEmpty: false }, 'agencyId'), ['b1', 'b3', 'c1', 'c2', 'c3', 'tax']);
});

await t.test('who is missing is told, the earliest year first', async (t) => {
  t.same(figures({ agency: 'b2', years: [{ first: 2021, last: 2022 }], with: ['missing'] }, 'missingReports'), [
    [
      { agencyId: 'b2', name: '机关b2', year: 2021 },
      { agencyId: 'b2', name: '机关b2', year: 2022 },
    ],
  ]);
});

await t.test('the year before stands beside a figure, whatever is asked of that year', async (t) => {
  const query = { agency: 'c1', years: only(2022), with: ['change'] } as const;
  t.match(rows(query), [{ [received]: 10, [`${received}.lastYear`]: 4, [`${received}.change`]: 6 }]);
  t.match(rows({ ...query, agency: 'c3' }), [{ [`${received}.lastYear`]: null, [`${received}.change`]: null }]);
  t.match(rows({ ...query, agency: 'b1' }), [{ [`${received}.lastYear`]: null }], 'it was left blank');
  t.match(
    rows({ agency: 'c2', groupBy: ['year'], years: [{ first: 2020, last: 2021 }], with: ['change'] }),
    [
      { year: 2020, [received]: 6 },
      { year: 2021, [received]: null, [`${received}.lastYear`]: 6 },
    ],
    'over editions',
  );
});

await t.test('an agency ranks among all of its level in reach, not only among those asked about', async (t) => {
  const query = { groupBy: ['agency'], years: only(2022), with: ['rank'] } as const;
  const ranks = (besides: Partial<StatisticsQuery>) =>
    rows({ ...query, ...besides }).map((row) => [row.agencyId, row[`${received}.rank`], row[`${received}.ranked`]]);
  t.same(ranks({ level: 'county' }), [
    ['c1', 3, 3],
    ['c2', 1, 3],
    ['c3', 1, 3],
  ]);
  t.same(ranks({ agency: 'c1' }), [['c1', 3, 3]]);
  t.same(ranks({ reach: 'c1' }), [
    ['b4', 1, 1],
    ['c1', 1, 1],
  ]);
  t.same(ranks({ agency: 'b2' }), [['b2', null, null]]);
  t.same(ranks({ agency: 'b1', consolidated: 'exclude' }), [['b1', 1, 3]], 'without the city’s sum');
});

await t.test('percentiles are those of the level and the year', async (t) => {
  const query = { groupBy: ['agency'], years: only(2022), with: ['percentiles'] } as const;
  const told = (besides: Partial<StatisticsQuery>) =>
    rows({ ...query, ...besides }).map((row) => [10, 25, 50, 75, 90].map((p) => row[`${received}.p${p}`]));
  t.same(told({ agency: 'c1' }), [[14, 20, 30, 30, 30]]);
  t.same(told({ agency: 'c1', groupBy: ['level'] }), [[14, 20, 30, 30, 30]]);
  t.same(told({ level: 'county', groupBy: [] }), [[14, 20, 30, 30, 30]]);
  t.same(told({ agency: 'c1', reach: 'c1' }), [[10, 10, 10, 10, 10]]);
  t.same(told({ agency: 'c3', years: only(2021) }), [[4, 4, 4, 4, 4]]);
});

await t.test('rows are sorted by a column, those without a figure last either way', async (t) => {
  const sorted = (descending: boolean, top?: number) =>
    figures(
      {
        parent: 'city',
        years: only(2022),
        groupBy: ['agency'],
        sort: { column: received, descending },
        ...(top !== undefined && { top }),
      },
      'agencyId',
    );
  t.same(sorted(true), ['c2', 'c3', 'c1', 'b1', 'tax', 'b3', 'b2']);
  t.same(sorted(false), ['b3', 'tax', 'b1', 'c1', 'c2', 'c3', 'b2']);
  t.same(sorted(true, 3), ['c2', 'c3', 'c1']);
});

await t.test('a page goes on where the last one ended, though its last row is there no more', async (t) => {
  for (const sort of [undefined, { column: received, descending: true }]) {
    const query = {
      ...plainQuery,
      measures: one,
      years: only(2022),
      groupBy: ['agency'] as const,
      ...(sort && { sort }),
    };
    const changing = matrixOf(state);
    const answer = () => {
      const reading = readingFor(changing, query);
      const answered = answerStatistics(reading, query, 'en');
      reading.release();
      return answered;
    };
    const all = rowsOf(answer()).map(({ agencyId }) => agencyId);
    const first = answer().page({ limit: 4 });
    const [last] = (first.values[0] as string[]).slice(-1) as [string];
    changing.apply({
      last: 2,
      registry: registryOf({ agencies: agencies.filter(({ id }) => id !== last), years }),
      reports: years.map(({ year }) => ({ agencyId: last, year, edition: '', revisions: [] })),
    });
    const rest = answer().page({ after: first.next, limit: 100 });
    t.same([...(first.values[0] ?? []), ...(rest.values[0] ?? [])], all);
    t.notOk(rest.next);
  }
});

await t.test('an edition that lacks a figure says so', async (t) => {
  const issued = rulebook.measures.get('disclosure.normativeDocuments.issued') as Measure;
  t.same(ask(matrix, { measures: [...one, issued] }).head.editions, [
    { edition: '2019', years: [2020], absent: ['disclosure.normativeDocuments.issued'] },
    { edition: '2021', years: [2021, 2022], absent: [] },
  ]);
});

await t.test('what cannot be told is refused with what to ask for', async (t) => {
  const faults = (besides: Partial<StatisticsQuery>) => {
    try {
      ask(matrix, { measures: one, ...besides });
      return [];
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      t.equal(problem.code, 'request-invalid');
      return problem.faults.map(({ pointer, detail }) => `${pointer} ${detail.en}`);
    }
  };
  t.match(faults({ with: ['change'] }), [/^\/groupBy .*one year/]);
  t.same(faults({ with: ['change'], years: only(2022) }), []);
  t.match(faults({ with: ['rank'], groupBy: ['year'] }), [/^\/groupBy .*agency/]);
  t.match(faults({ with: ['rank'], groupBy: [] }), [/one year/, /agency/], 'all of it at once');
  t.match(faults({ with: ['percentiles'], groupBy: ['year'] }), [/^\/groupBy .*level/]);
  t.same(faults({ with: ['percentiles'], groupBy: ['year', 'level'] }), []);
  t.match(faults({ sort: { column: 'requests.recieved.total', descending: false } }), [/^\/sort /]);
  t.match(faults({ with: ['missing'], sort: { column: 'missingReports', descending: false } }), [/^\/sort /]);
  const many = [...rulebook.measures.values()].slice(0, mostRanked + 1);
  t.match(faults({ measures: many, with: ['rank'], groupBy: ['agency', 'year'] }), [/^\/with /]);
});
