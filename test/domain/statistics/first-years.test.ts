import t from 'tap';
import { bases } from '../../../src/domain/statistics/figure-changes.ts';
import { firstYears } from '../../../src/domain/statistics/first-years.ts';
import { SelectedReports } from '../../../src/domain/statistics/selected-reports.ts';
import { selectAgencies } from '../../../src/domain/statistics/agency-index.ts';
import { figuresWith, type Cells } from '../../support/figures.ts';
import { formOf, rulebook } from '../../support/forms.ts';
import { agency, matrixOf, plainQuery, readingFor, yearOf } from '../../support/statistics.ts';

await t.test(
  'a figure counts from the first year somebody in reach has it, a ratio from when it has both sides',
  async (t) => {
    const report = (edition: string, cells: Cells) => {
      return { edition, revisions: [{ bases, figures: figuresWith(formOf(edition), cells, null) }] };
    };
    const matrix = matrixOf({
      agencies: [agency('a'), agency('b')],
      years: [2019, 2020, 2021].map(yearOf),
      reports: new Map([
        ['a 2020', report('2019', { 'requests.concluded.total': 0 })],
        [
          'a 2021',
          report('2021', {
            'requests.received.total': 4,
            'requests.carriedIn.total': 0,
            'requests.concluded.total': 3,
          }),
        ],
        ['b 2019', report('2019', { 'requests.received.total': 1 })],
      ]),
    });
    const query = { ...plainQuery, reach: 'a' };
    const reading = readingFor(matrix, query);
    const { reached } = selectAgencies(reading.index, query);
    const found = firstYears(new SelectedReports(reading, reached, query), [...rulebook.measures.values()]);
    t.equal(found.get('requests.concluded.total'), 2020, 'a zero is a figure');
    t.equal(found.get('requests.received.total'), 2021, 'not that of another agency');
    t.equal(found.get('closureRate'), 2021);
    t.notOk(found.has('requests.granted.total'));
  },
);
