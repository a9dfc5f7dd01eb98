import fc from 'fast-check';
import { isDeepStrictEqual } from 'node:util';
import t from 'tap';
import { packFigures, type Figures, type TableContent } from '../../src/domain/figures.ts';
import { fractionOf, valueOf } from '../../src/domain/indicator.ts';
import type { ReportKey } from '../../src/domain/report.ts';
import type { ReadScope, Store } from '../../src/domain/store.ts';
import { legalFigure, tablesOf } from '../support/figures.ts';
import { formOf } from '../support/forms.ts';
import { holdsAfterWaiting } from '../support/property.ts';
import { filled, publishReport, saveAgencies, saveReport, saveYears } from '../support/store.ts';
import { copyOf, storeOnFile, type Read } from '../support/views.ts';

const now = '2024-01-10T08:00:00.000Z';
const scopes: readonly ReadScope[] = ['all', 'published'];

/** A year on each edition. */
const years = { '2019': 2020, '2021': 2021 } as const;
type EditionId = keyof typeof years;

/** Every cell of the report and every indicator as the API has them, current and published; without a report, blank. */
async function expectedOf(store: Store, key: ReportKey, edition: EditionId) {
  const form = formOf(edition);
  const [all, published] = await Promise.all(scopes.map((scope) => tablesIn(store, key, scope)));
  const [figures, open] = [all, published].map((tables = {}) => packFigures(form, tables));
  return {
    cells: form.cells.map(({ address, section, row, column }) => {
      return [address, ...[all, published].map((tables) => tables?.[section]?.[row]?.[column] ?? null)];
    }),
    indicators: form.indicators.map((indicator) => {
      const told = [figures, open].flatMap((vector) => {
        const fraction = fractionOf(indicator, vector as Figures);
        return [fraction.numerator, fraction.denominator, valueOf(indicator, fraction)];
      });
      return [indicator.id, ...told];
    }),
  };
}

async function tablesIn(store: Store, key: ReportKey, scope: ReadScope) {
  const found = await store.reportAnswer(key, scope);
  return found && (JSON.parse(String(found.answer)) as { sections: Record<string, TableContent> }).sections;
}

/** The same as the views have it. */
function toldOf(read: Read, { agencyId, year }: ReportKey) {
  const cells = 'SELECT cell, value, published_value FROM v_cells WHERE agency_id = ? AND year = ? ORDER BY position';
  const indicators = `
    SELECT indicator, numerator, denominator, value, published_numerator, published_denominator, published_value
    FROM v_indicators
    WHERE agency_id = ? AND year = ?
    ORDER BY position`;
  return {
    cells: read(cells, agencyId, year).map((row) => Object.values(row)),
    indicators: read(indicators, agencyId, year).map((row) => Object.values(row)),
  };
}

/** So small that a ratio has six decimals to be rounded to. */
const moderate = 1e9;

/** Figures, with blanks and without. */
function anyFigures(edition: EditionId): fc.Arbitrary<Figures> {
  const cells = formOf(edition).cells.map((cell) => legalFigure(cell, moderate));
  const sparse = cells.map((figure) => fc.option(figure, { nil: Number.NaN, freq: 9 }));
  return fc.oneof(fc.tuple(...cells), fc.tuple(...sparse)).map((figures) => Float64Array.from(figures));
}

type Reported = ReturnType<typeof reportOn> extends fc.Arbitrary<infer Value> ? Value : never;

/** A report, whether it is published, and what it is corrected to afterwards. */
const reportOn = (edition: EditionId) => {
  const figures = anyFigures(edition);
  return fc.record({
    edition: fc.constant(edition),
    figures,
    published: fc.boolean(),
    corrected: fc.option(figures, { nil: undefined }),
  });
};

await t.test('cells and indicators are those of the report, blanks and what is published too', async (t) => {
  const { store, file } = storeOnFile(t);
  await saveYears(store, ...Object.values(years));
  let agencies = 0;
  const isTold = async ({ edition, figures, published, corrected }: Reported) => {
    const key = { agencyId: `a${(agencies += 1)}`, year: years[edition] };
    const save = (content: Figures) => saveReport(store, key, { sections: tablesOf(formOf(edition), content) }, now);
    await saveAgencies(store, { [key.agencyId]: {} });
    await save(figures);
    if (published) await publishReport(store, key, now);
    if (corrected) await save(corrected);
    return isDeepStrictEqual(toldOf(await copyOf(t, file), key), await expectedOf(store, key, edition));
  };
  const property = fc.asyncProperty(fc.oneof(reportOn('2019'), reportOn('2021')), isTold);
  await holdsAfterWaiting(t, property, { numRuns: 50 });
});

await t.test('the greatest figures a cell holds, and a ratio half way between two millionths', async (t) => {
  const { store, file } = storeOnFile(t);
  await saveYears(store, 2021);
  await saveAgencies(store, { a: {} });
  const key = { agencyId: 'a', year: 2021 };
  const cells = {
    'requests.received.natural': Number.MAX_SAFE_INTEGER,
    'requests.received.total': Number.MAX_SAFE_INTEGER,
    'disclosure.fees.amount': 999_999_999.999999,
    'requests.concluded.total': 640,
    'requests.granted.total': 3,
  };
  await saveReport(store, key, filled('2021', cells), now);
  const told = toldOf(await copyOf(t, file), key);
  t.same(told, await expectedOf(store, key, '2021'));
  const values = Object.fromEntries(told.cells) as Record<string, unknown>;
  t.match(values, cells);
  t.match(Object.fromEntries(told.indicators.map(([id, ...row]) => [id, row])), {
    fullDisclosureRate: [3, 640, 0.004688],
  });
});

const snakeCase = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

await t.test('a report is told of as in the list, beside its agency and who that is under', async (t) => {
  const { store, file } = storeOnFile(t);
  await saveYears(store, 2021, 2022);
  await saveAgencies(store, { p: { kind: 'government' }, a: { parentId: 'p', vertical: true } });
  const input = { ...filled('2021'), zeroReport: true, asPrinted: true };
  for (const year of [2021, 2022]) await saveReport(store, { agencyId: 'a', year }, input, now);
  await publishReport(store, { agencyId: 'a', year: 2021 }, now);
  await saveReport(store, { agencyId: 'a', year: 2021 }, filled('2021', { 'requests.concluded.total': 1 }), now);
  const rows = (await copyOf(t, file))('SELECT * FROM v_reports ORDER BY year DESC');
  const list = await store.reports({ today: '' }, 'all', { limit: 9 });
  for (const [n, report] of list.entries()) {
    const { dueOn: _, overdue: __, submittedLate: ___, ...told } = report;
    t.match(rows[n], Object.fromEntries(Object.entries(told).map(([name, value]) => [snakeCase(name), value])));
  }
  const agency = { agency_name: '机关a', level: 'county', kind: 'department', consolidates: 0, vertical: 1 };
  t.match(rows[0], { ...agency, parent_id: 'p', parent_name: '机关p', zero_report: 1, as_printed: 1 });
  t.match(rows[1], { zero_report: 0, as_printed: 0, published_revision: 1, published_verdict: 'consistent' });
  t.equal(rows[1]?.['verdict'], 'inconsistent', 'a correction under way is judged beside what is published');
});

await t.test('no person, no telephone and no key is in a view', async (t) => {
  const { store, file } = storeOnFile(t);
  await saveYears(store, 2021);
  await saveAgencies(store, { a: { contact: { name: '联系人甲', phone: '0000-1', email: 'a@b.example' } } });
  const people = { preparedBy: '填报人乙', reviewedBy: '审核人丙', phone: '0000-2', preparedOn: '2022-01-03' };
  await saveReport(store, { agencyId: 'a', year: 2021 }, { ...filled('2021'), ...people }, now);
  await publishReport(store, { agencyId: 'a', year: 2021 }, now);
  const read = await copyOf(t, file);
  const names = read("SELECT name FROM sqlite_schema WHERE type = 'view' ORDER BY name").map(({ name }) =>
    String(name),
  );
  t.same(names, ['v_cells', 'v_indicators', 'v_progress', 'v_reports'], 'these are all');
  for (const name of names) {
    const rows = JSON.stringify(read(`SELECT * FROM ${name}`));
    t.match(rows, /"agency_id":"a"/);
    t.notMatch(rows, /联系人甲|填报人乙|审核人丙|0000-|a@b|2022-01-03/, name);
  }
});

await t.test('what one agency or one year is asked for is found by an index, not by reading everything', async (t) => {
  const { file } = storeOnFile(t);
  const read = await copyOf(t, file);
  const questions = ["agency_id = 'a' AND year = 2021", 'year = 2021', "year = 2021 AND parent_id = 'a'"];
  for (const view of ['v_reports', 'v_cells', 'v_indicators']) {
    for (const question of questions) {
      const plan = read(`EXPLAIN QUERY PLAN SELECT * FROM ${view} WHERE ${question}`).map(({ detail }) =>
        String(detail),
      );
      t.match(plan[0], /^SEARCH r USING INDEX \w+ \((agency_id=\? AND )?year=\?\)/, `${view}: ${question}`);
      t.same(
        plan.filter((step) => step.startsWith('SCAN') || step.includes('TEMP B-TREE')),
        [],
      );
    }
  }
});
