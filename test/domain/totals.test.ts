import t from 'tap';
import { check } from '../../src/domain/check.ts';
import { figuresWith, withTexts, type Cells } from '../support/figures.ts';
import { formOf } from '../support/forms.ts';

const form = formOf('2021');

const checked = (cells: Cells, rest: number | null = 0) => check(form, withTexts(figuresWith(form, cells, rest)), 'en');

await t.test('a stated total stands beside the derived one', async (t) => {
  const { totals } = checked({
    'requests.granted.natural': 4,
    'requests.granted.legal': 1,
    'requests.granted.total': 6,
  });
  t.strictSame(
    totals.filter(({ agrees }) => agrees === false),
    [
      { cell: 'requests.concluded.natural', of: 'requests.outcomes.natural', stated: 0, derived: 4, agrees: false },
      { cell: 'requests.concluded.legal', of: 'requests.outcomes.legal', stated: 0, derived: 1, agrees: false },
      { cell: 'requests.concluded.total', of: 'requests.outcomes.total', stated: 0, derived: 6, agrees: false },
      { cell: 'requests.granted.total', of: 'requests.granted.applicants', stated: 6, derived: 5, agrees: false },
    ],
  );
});

await t.test(
  'every total of the form is answered: 25 rows and 7 columns of requests, 3 rows of disputes',
  async (t) => {
    const { totals } = checked({});
    t.equal(totals.length, 25 + 7 + 3);
    t.ok(totals.every(({ agrees }) => agrees));
    t.same(
      totals.filter(({ cell }) => cell === 'requests.concluded.total').map(({ of }) => of),
      ['requests.outcomes.total', 'requests.concluded.applicants'],
      'the total of totals answers for its column and for its row',
    );
  },
);

await t.test('a total with a blank part or a blank total neither agrees nor disagrees', async (t) => {
  const { totals } = checked({ 'disputes.reconsideration.upheld': null, 'disputes.directLitigation.total': null });
  const total = (row: string) => totals.find(({ cell }) => cell === `disputes.${row}.total`);
  t.match(total('reconsideration'), { stated: 0, derived: null, agrees: null });
  t.match(total('directLitigation'), { stated: null, derived: 0, agrees: null });
  t.match(total('litigationAfterReconsideration'), { stated: 0, derived: 0, agrees: true });
});

await t.test('a total of great figures is compared exactly', async (t) => {
  const greatest = Number.MAX_SAFE_INTEGER;
  const { totals } = checked({
    'disputes.reconsideration.upheld': greatest,
    'disputes.reconsideration.corrected': 1,
    'disputes.reconsideration.total': greatest,
  });
  t.equal(totals.find(({ cell }) => cell === 'disputes.reconsideration.total')?.agrees, false);
});

await t.test('the sums the form has no cell for are derived', async (t) => {
  const { subtotals } = checked({
    'requests.refusedStateSecret.natural': 1,
    'requests.refusedAdministrativeQuery.natural': 2,
    'requests.refusedInternal.business': 3,
    'requests.refusedInternal.otherOrg': 4,
    'requests.refusedInternal.total': 7,
  });
  t.equal(subtotals['requests.refused.natural'], 3);
  t.equal(subtotals['requests.refused.total'], 7, 'of what the total column states');
  t.equal(subtotals['requests.refusedInternal.organisations'], 7);
  t.equal(subtotals['requests.refused.organisations'], 7, 'a group of rows crossed with a group of columns');
  t.equal(subtotals['requests.unable.natural'], 0);
  t.equal(Object.keys(subtotals).length, 4 * 8 + 25, 'four groups in eight columns, one column in 25 rows');
});

await t.test('a subtotal with a blank in it is blank', async (t) => {
  const { subtotals } = checked({ 'requests.unableUnclear.welfare': null });
  t.equal(subtotals['requests.unable.welfare'], null);
  t.equal(subtotals['requests.unable.organisations'], null);
  t.equal(subtotals['requests.unable.natural'], 0);
});
