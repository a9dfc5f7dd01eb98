import Sqlite from 'better-sqlite3';
import { join } from 'node:path';
import t from 'tap';
import { consolidateReport } from '../../src/operations/consolidate-report.ts';
import { openStore } from '../../src/sqlite/store.ts';
import { importReading, readingWith, serviceAt } from '../support/imports.ts';
import { filled, removeReport, saveAgencies, saveReport, saveYears, tester } from '../support/store.ts';

const cell = 'disclosure.fees.amount';

await t.test('the document behind a revision is kept for the audit', async (t) => {
  const file = join(t.testdir(), 'data.sqlite');
  const store = openStore(file);
  t.teardown(() => store.close());
  await saveAgencies(store, { a: { name: '甲局' } });
  await saveYears(store, 2022);
  const reading = readingWith('2021', { [cell]: null });
  const options = { name: '2022年报.docx', blanksAreZero: true, by: { ...tester, keyId: 'key-7' } };
  const { sha256 } = await importReading(serviceAt(store, '2023-01-10T08:00:00.000Z'), reading, options);
  const corrected = readingWith('2021', { [cell]: 2 });
  await importReading(serviceAt(store, '2023-01-11T08:00:00.000Z'), corrected, { name: '更正.docx' });

  const database = new Sqlite(file);
  t.teardown(() => database.close());
  const rows = database.prepare<[], Record<string, unknown>>('SELECT * FROM imports ORDER BY revision').all();
  t.match(rows, [
    {
      revision: 1,
      sha256,
      file_name: '2022年报.docx',
      media_type: null,
      blanks_are_zero: 1,
      actor: 'key-7',
      imported_at: '2023-01-10T08:00:00.000Z',
    },
    { revision: 2, file_name: '更正.docx', blanks_are_zero: 0 },
  ]);
  const provenance = JSON.parse(rows[0]?.['provenance'] as string) as Record<string, unknown>;
  t.match(provenance[cell], { state: 'blank', where: { line: 1 } });
  t.throws(() => database.exec("UPDATE imports SET actor = 'nobody'"), /immutable/);

  t.same(await store.findImport(sha256), { agencyId: 'a', year: 2022, importedAt: '2023-01-10T08:00:00.000Z' });
  t.equal(await store.findImport('0'.repeat(64)), undefined);
  await removeReport(store, { agencyId: 'a', year: 2022 });
  t.equal(await store.findImport(sha256), undefined, 'it goes with the draft it made');
});

await t.test('what a revision was added up from is kept for the audit', async (t) => {
  const file = join(t.testdir(), 'data.sqlite');
  const store = openStore(file);
  t.teardown(() => store.close());
  await saveAgencies(store, { county: { kind: 'government' }, a: { parentId: 'county' } });
  await saveYears(store, 2022);
  const service = serviceAt(store, '2023-01-10T08:00:00.000Z');
  await saveReport(
    store,
    { agencyId: 'a', year: 2022 },
    { ...filled('2021'), asPrinted: true },
    '2023-01-09T08:00:00.000Z',
  );
  const key = { agencyId: 'county', year: 2022 };
  await consolidateReport(service, { key, conditions: {}, edition: '2021', act: 'consolidateReport', by: tester });
  const database = new Sqlite(file);
  t.teardown(() => database.close());
  const rows = () => database.prepare<[], Record<string, unknown>>('SELECT * FROM consolidations').all();
  t.match(rows(), [
    {
      revision: 1,
      contributors: '[{"agencyId":"a","revision":1}]',
      actor: 'test',
      consolidated_at: '2023-01-10T08:00:00.000Z',
    },
  ]);
  t.throws(() => database.exec("UPDATE consolidations SET actor = 'nobody'"), /immutable/);
  await removeReport(store, key);
  t.same(rows(), [], 'it goes with the draft it made');
});

await t.test('names are read as the agencies have them', async (t) => {
  const store = openStore(':memory:');
  t.teardown(() => store.close());
  await saveAgencies(store, {
    b: { name: '乙县人民政府', kind: 'government', activeFrom: '2020-01-01', contact: { phone: '1' } },
    a: { name: '甲局', activeTo: '2022-12-31' },
  });
  t.same(await store.agencyNames(), [
    { id: 'a', name: '甲局', level: 'county', kind: 'department', consolidates: false, activeTo: '2022-12-31' },
    {
      id: 'b',
      name: '乙县人民政府',
      level: 'county',
      kind: 'government',
      consolidates: true,
      activeFrom: '2020-01-01',
    },
  ]);
});
