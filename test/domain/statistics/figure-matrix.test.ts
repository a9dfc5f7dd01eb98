import t from 'tap';
import { chunkLength } from '../../../src/domain/statistics/figure-block.ts';
import { bases, type Basis } from '../../../src/domain/statistics/figure-changes.ts';
import type { StatisticsQuery } from '../../../src/domain/statistics/query.ts';
import { answerStatistics } from '../../../src/domain/statistics/statistics.ts';
import { figuresWith, type Cells } from '../../support/figures.ts';
import { formOf, rulebook } from '../../support/forms.ts';
import {
  agency,
  ask,
  changeOf,
  emptyMatrix,
  matrixOf,
  plainQuery,
  readingFor,
  registryOf,
  rowsOf,
  yearOf,
  type StatedReport,
} from '../../support/statistics.ts';

const form = formOf('2021');
const received = 'requests.received.total';
const measures = [rulebook.measures.get(received)].filter((measure) => measure !== undefined);
const agencies = [
  agency('city'),
  agency('a', { parentId: 'city' }),
  agency('b', { parentId: 'city' }),
  agency('other'),
];
const years = [yearOf(2021), yearOf(2022)];

function reported(cells: Cells, goes: readonly Basis[] = bases): StatedReport {
  return { edition: '2021', revisions: [{ bases: goes, figures: figuresWith(form, cells) }] };
}

function started() {
  const reports = new Map([
    ['a 2022', reported({ [received]: 3 })],
    ['b 2022', reported({ [received]: 4 })],
  ]);
  return matrixOf({ agencies, years, reports });
}

const sum = (matrix: ReturnType<typeof started>, besides: Partial<StatisticsQuery> = {}) =>
  ask(matrix, { measures, ...besides }).rows.at(0)?.[received] ?? null;

await t.test('a report written again counts once; one that is gone no longer', async (t) => {
  const matrix = started();
  t.equal(sum(matrix), 7);
  matrix.apply({ last: 2, reports: [changeOf('a 2022', reported({ [received]: 10 }))] });
  t.equal(sum(matrix), 14);
  matrix.apply({ last: 3, reports: [changeOf('a 2022', undefined)] });
  t.equal(sum(matrix), 4);
  matrix.apply({ last: 3, reports: [changeOf('a 2022', undefined)] });
  t.equal(sum(matrix), 4, 'told twice');
});

await t.test('each basis goes by its own revision', async (t) => {
  const matrix = started();
  const figures = (n: number) => figuresWith(form, { [received]: n });
  const revisions = [
    { bases: ['current'], figures: figures(1) },
    { bases: ['handedIn', 'published'], figures: figures(20) },
  ] as const;
  matrix.apply({ last: 2, reports: [changeOf('a 2022', { edition: '2021', revisions })] });
  t.same(
    bases.map((basis) => sum(matrix, { basis })),
    [5, 24, 24],
  );
});

await t.test('whoever reads keeps the figures, the names and the groups while others write', async (t) => {
  const matrix = started();
  const query = { ...plainQuery, measures, groupBy: ['agency'] as const };
  const reading = readingFor(matrix, query);
  const answer = answerStatistics(reading, query, 'en');
  const before = rowsOf(answer);
  for (let last = 2; last < 6; last++) {
    matrix.apply({
      last,
      registry: registryOf({ agencies: [...agencies, agency(`new${last}`)].slice(1), years }),
      reports: ['a 2022', 'b 2022', 'other 2022'].map((key) => changeOf(key, reported({ [received]: last * 100 }))),
    });
    matrix.apply({ last, reports: [changeOf('b 2022', undefined)] });
  }
  t.same(rowsOf(answer, 1), before);
  t.same(rowsOf(answerStatistics(reading, query, 'en')), before, 'also what is computed of it later');
  reading.release();
  t.equal(sum(matrix), 1_000);
});

await t.test('room that was given back is used again', async (t) => {
  const matrix = started();
  const { bytes } = matrix;
  for (let last = 2; last < 2 + 2 * chunkLength; last++) {
    matrix.apply({ last, reports: [changeOf('a 2022', reported({ [received]: last }))] });
  }
  t.equal(matrix.bytes, bytes);
  const reading = readingFor(matrix, plainQuery);
  for (let last = 1_000; last < 1_000 + chunkLength; last++) {
    matrix.apply({ last, reports: [changeOf('a 2022', reported({ [received]: last }))] });
  }
  const grown = matrix.bytes;
  t.equal(grown, 2 * bytes, 'while somebody reads it is not');
  reading.release();
  for (let last = 2_000; last < 2_000 + chunkLength; last++) {
    matrix.apply({ last, reports: [changeOf('a 2022', reported({ [received]: last }))] });
  }
  t.equal(matrix.bytes, grown);
  t.equal(sum(matrix), 2_000 + chunkLength - 1 + 4);
});

for (const length of [chunkLength - 1, chunkLength, chunkLength + 1]) {
  await t.test(`${length} reports are all counted, each with its agency`, async (t) => {
    const many = Array.from({ length }, (_, n) => agency(`m${n}`));
    const reports = new Map(many.map(({ id }, n) => [`${id} 2021`, reported({ [received]: n })]));
    const matrix = matrixOf({ agencies: many, years, reports });
    t.equal(sum(matrix), (length * (length - 1)) / 2);
    const { rows } = ask(matrix, { measures, groupBy: ['agency'] });
    t.ok(rows.every((row) => `m${row[received] as number}` === row.agencyId));
    t.equal(rows.length, length);
  });
}

await t.test('the version rises only when something changes that counts for the reader', async (t) => {
  const matrix = started();
  const versionFor = (besides: Partial<StatisticsQuery>) => ask(matrix, besides).version;
  const seen = () => ({
    all: versionFor({}),
    published: versionFor({ basis: 'published' }),
    a: versionFor({ reach: 'a' }),
    b: versionFor({ reach: 'b' }),
  });
  t.same(seen(), { all: 1, published: 1, a: 1, b: 1 });
  matrix.apply({ last: 2, reports: [changeOf('a 2022', reported({ [received]: 3 }))] });
  t.same(seen(), { all: 1, published: 1, a: 1, b: 1 }, 'written, and nothing changed');
  const draft = { bases: ['current'], figures: figuresWith(form, { [received]: null }) } as const;
  const rest = { bases: ['handedIn', 'published'], figures: figuresWith(form, { [received]: 3 }) } as const;
  matrix.apply({ last: 3, reports: [changeOf('a 2022', { edition: '2021', revisions: [draft, rest] })] });
  t.same(seen(), { all: 3, published: 1, a: 3, b: 1 }, 'a draft is not published');
  matrix.apply({ last: 4, reports: [changeOf('a 2022', { edition: '2021', revisions: [rest] })] });
  t.same(seen(), { all: 4, published: 1, a: 4, b: 1 });
  matrix.apply({ last: 5, reports: [changeOf('b 2022', undefined)] });
  t.same(seen(), { all: 5, published: 5, a: 4, b: 5 });
  matrix.apply({ last: 6, registry: registryOf({ agencies, years }), reports: [] });
  t.same(seen(), { all: 6, published: 6, a: 6, b: 6 }, 'agencies and years count for everybody');
});

await t.test('a report that changes the edition moves with it', async (t) => {
  const matrix = started();
  matrix.apply({ last: 1, reports: [changeOf('a 2022', reported({}))] });
  const revisions = [{ bases, figures: figuresWith(formOf('2019'), {}) }];
  matrix.apply({ last: 2, reports: [changeOf('a 2022', { edition: '2019', revisions })] });
  t.equal(sum(matrix), 4);
  t.same(
    ask(matrix, { measures }).head.editions.map(({ edition }) => edition),
    ['2019', '2021'],
  );
  t.equal(ask(matrix, { measures }).version, 2, 'the same zeros, but of another form');
});

await t.test('of an agency that came and went there is nothing to keep', async (t) => {
  const matrix = started();
  matrix.apply({ last: 2, reports: [changeOf('came-and-went 2022', undefined)] });
  t.equal(sum(matrix), 7);
  t.throws(() => matrix.apply({ last: 3, reports: [changeOf('nobody 2022', reported({}))] }), /nobody/);
  const empty = emptyMatrix();
  t.same(ask(empty, { measures }).rows, []);
});
