import t from 'tap';
import { agencyKinds, agencyLevels } from '../../src/domain/agency.ts';
import { Problem, problemInWords } from '../../src/domain/problem.ts';
import { dueLevelOf, dueLevels, editionOf, yearFrom } from '../../src/domain/year.ts';
import { editions } from '../../src/forms/editions.ts';

await t.test('a year registered without a word has the edition and the dates the law says', async (t) => {
  t.strictSame(yearFrom(2021, {}, editions), {
    year: 2021,
    edition: '2021',
    status: 'open',
    due: {
      province: '2022-03-31',
      prefecture: '2022-03-10',
      county: '2022-02-20',
      township: '2022-01-31',
      department: '2022-01-31',
    },
    publishBy: {
      province: '2022-03-31',
      prefecture: '2022-03-31',
      county: '2022-03-31',
      township: '2022-01-31',
      department: '2022-01-31',
    },
  });
});

await t.test('what is given stands, the law fills the rest', async (t) => {
  const year = yearFrom(2023, { edition: '2019', status: 'planned', due: { county: '2024-02-01' } }, editions);
  t.equal(year.edition, '2019');
  t.equal(year.status, 'planned');
  t.equal(year.due.county, '2024-02-01');
  t.equal(year.due.prefecture, '2024-03-10');
  t.equal(year.publishBy.county, '2024-03-31');
});

await t.test('every year from 2019 on has the edition in force', async (t) => {
  const byYear = { 2019: '2019', 2020: '2019', 2021: '2021', 2022: '2021', 2099: '2021' };
  for (const [year, edition] of Object.entries(byYear)) t.equal(editionOf(Number(year), editions).id, edition, year);
});

await t.test('a year before the first edition is refused with the years that exist', async (t) => {
  try {
    yearFrom(2018, {}, editions);
    t.fail('2018 was taken');
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    t.equal(error.code, 'year-without-edition');
    for (const language of ['zh-CN', 'en'] as const) {
      const { detail } = problemInWords(error, language);
      for (const said of ['2018', '2019–2020', '2021–']) t.match(detail, said);
      t.notMatch(detail, /[{}]/);
    }
  }
});

await t.test('naming an edition does not make up for a year that has none', async (t) => {
  t.throws(() => yearFrom(2018, { edition: '2019' }, editions), { code: 'year-without-edition' });
});

await t.test('governments are due by level, townships with townships, all others as departments', async (t) => {
  t.equal(dueLevelOf({ level: 'county', kind: 'government' }), 'county');
  t.equal(dueLevelOf({ level: 'province', kind: 'government' }), 'province');
  t.equal(dueLevelOf({ level: 'county', kind: 'office' }), 'department');
  t.equal(dueLevelOf({ level: 'prefecture', kind: 'department' }), 'department');
  t.equal(dueLevelOf({ level: 'township', kind: 'township' }), 'township');
  t.equal(dueLevelOf({ level: 'township', kind: 'government' }), 'township');
  for (const level of agencyLevels) {
    for (const kind of agencyKinds) t.ok(dueLevels.includes(dueLevelOf({ level, kind })), `${level} ${kind}`);
  }
});
