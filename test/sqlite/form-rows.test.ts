import { readFileSync } from 'node:fs';
import t from 'tap';
import type { Edition } from '../../src/domain/edition.ts';
import { editions } from '../../src/forms/editions.ts';
import { saveFormRows } from '../../src/sqlite/form-rows.ts';
import { migrate } from '../../src/sqlite/migrations.ts';
import { openDatabase } from '../../src/sqlite/open.ts';
import { migrationsFolder, openStore } from '../../src/sqlite/store.ts';
import { formOf, forms } from '../support/forms.ts';
import { filled, saveAgencies, saveReport, saveYears } from '../support/store.ts';
import { tinyEdition, words } from '../support/tiny.ts';
import { copyOf, storeOnFile } from '../support/views.ts';

await t.test('every cell and every indicator of every edition is a row, in the order of the form', async (t) => {
  const { file } = storeOnFile(t);
  const read = await copyOf(t, file);
  for (const form of forms) {
    const cells = read('SELECT * FROM form_cells WHERE edition = ? ORDER BY position', form.edition.id);
    t.same(
      cells.map(({ cell, label_zh, unit_en }) => [cell, label_zh, unit_en]),
      form.cells.map(({ address, label, unit }) => [address, label['zh-CN'], unit?.en ?? null]),
    );
    const totals = cells.filter(({ is_total }) => is_total).map(({ cell }) => String(cell));
    t.same(new Set(totals), new Set(form.totalCells.map(({ cell }) => cell.address)));
    const indicators = read('SELECT * FROM form_indicators WHERE edition = ? ORDER BY position', form.edition.id);
    t.same(
      indicators.map(({ indicator, label_en, formula_zh, is_ratio }) => [indicator, label_en, formula_zh, is_ratio]),
      form.indicators.map((one) => [one.id, one.label.en, one.formula['zh-CN'], one.denominator ? 1 : 0]),
    );
  }
  t.match(read("SELECT * FROM form_cells WHERE cell = 'requests.received.natural' AND edition = '2021'"), [
    { section: 'requests', row_key: 'received', column_key: 'natural', is_total: 0 },
  ]);
});

/** An edition of two cells and one indicator, which takes one from the other. */
const tiny: Edition = {
  ...tinyEdition(['a', 'b'], ['x'], { type: 'sum', left: ['table.a.x'], relation: '=', right: ['table.b.x'] }),
  indicators: [{ id: 'net', label: words('net'), numerator: ['table.a.x', '-table.b.x'] }],
};

await t.test('the rows are those of the editions there are, and written when these change', async (t) => {
  const database = openDatabase(':memory:');
  t.teardown(() => database.close());
  migrate(database, migrationsFolder);
  const changes = database.prepare<[], number>('SELECT total_changes()').pluck();
  const labels = database.prepare<[], string>('SELECT label_en FROM form_indicators').pluck();
  saveFormRows(database, editions);
  const before = changes.get();
  saveFormRows(database, editions);
  t.equal(changes.get(), before, 'nothing is written twice');
  saveFormRows(database, [tiny]);
  t.same(labels.all(), ['net'], 'what is gone is gone');
  t.same(database.prepare('SELECT side, cell, sign FROM form_indicator_terms').raw().all(), [
    ['numerator', 'table.a.x', 1],
    ['numerator', 'table.b.x', -1],
  ]);
  saveFormRows(database, [{ ...tiny, indicators: [{ id: 'net', label: words('other'), numerator: ['table.a.x'] }] }]);
  t.same(labels.all(), ['other']);
});

/** Takes from a database what came with the views. */
function withoutViews(file: string): void {
  const database = openDatabase(file);
  const made = readFileSync(new URL('../../migrations/0010-views.sql', import.meta.url), 'utf8');
  const names = [...made.matchAll(/^CREATE (TABLE|VIEW) (\w+)/gm)].reverse();
  for (const [, kind = '', name = ''] of names) database.exec(`DROP ${kind} ${name}`);
  database.exec("DELETE FROM migrations WHERE number = 10; DELETE FROM settings WHERE name = 'formRows'");
  database.close();
}

await t.test('a database of before has the views from the next start on, with all it holds', async (t) => {
  const { store, file } = storeOnFile(t);
  await saveYears(store, 2020, 2021);
  await saveAgencies(store, { a: {} });
  for (const [edition, year] of Object.entries({ '2019': 2020, '2021': 2021 })) {
    const cells = { 'requests.received.total': year };
    await saveReport(store, { agencyId: 'a', year }, filled(edition, cells), '2024-01-01T00:00:00.000Z');
  }
  await store.close();
  withoutViews(file);
  await openStore(file).close();
  const read = await copyOf(t, file);
  t.same(read("SELECT year, edition, value FROM v_cells WHERE cell = 'requests.received.total' ORDER BY year"), [
    { year: 2020, edition: '2019', value: 2020 },
    { year: 2021, edition: '2021', value: 2021 },
  ]);
  const [counted] = read('SELECT count(*) AS cells FROM v_cells WHERE value = 0');
  t.same(counted, { cells: formOf('2019').cells.length + formOf('2021').cells.length - 2 });
  t.same(read('SELECT indicator, numerator FROM v_indicators WHERE indicator = ? AND year = 2021', 'accepted'), [
    { indicator: 'accepted', numerator: 2021 },
  ]);
});
