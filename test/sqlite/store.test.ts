import Sqlite from 'better-sqlite3';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { agencyFrom, type Agency } from '../../src/domain/agency.ts';
import { reportAnswer, type ReportKey, type ReportSummary } from '../../src/domain/report.ts';
import type { AgencyQuery, PageOf, ReportQuery, Store } from '../../src/domain/store.ts';
import { yearFrom, type Year } from '../../src/domain/year.ts';
import { editions } from '../../src/forms/editions.ts';
import { reportTag } from '../../src/operations/tags.ts';
import { openDatabase } from '../../src/sqlite/open.ts';
import { openStore } from '../../src/sqlite/store.ts';
import {
  filled,
  publishReport,
  removeReport,
  saveAgencies,
  saveReport,
  saveYears,
  testDeed,
} from '../support/store.ts';

const today = '2022-02-10';
const january = '2022-01-10T08:00:00.000Z';
const february = '2022-02-10T08:00:00.000Z';
const march = '2022-03-10T08:00:00.000Z';

const wrong = filled('2021', { 'disputes.reconsideration.total': 1 });
const blank = filled('2021', { 'disclosure.fees.amount': null });

function emptyStore(t: Test): Store {
  const store = openStore(':memory:');
  t.teardown(() => store.close());
  return store;
}

async function storeWith(t: Test, agencies: readonly string[], ...years: readonly number[]): Promise<Store> {
  const store = emptyStore(t);
  await saveAgencies(store, Object.fromEntries(agencies.map((id) => [id, {}])));
  await saveYears(store, ...years);
  return store;
}

await t.test('a database is durable, strict, and keeps its references', async (t) => {
  const file = join(t.testdir(), 'new', 'folder', 'data.sqlite');
  await openStore(file).close();
  const database = openDatabase(file);
  t.teardown(() => database.close());
  t.equal(database.pragma('journal_mode', { simple: true }), 'wal');
  t.equal(database.pragma('synchronous', { simple: true }), 2, 'FULL');
  t.equal(database.pragma('foreign_keys', { simple: true }), 1);
  const tables = database
    .prepare<[], { name: string; strict: number }>(
      "SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table'",
    )
    .all()
    .filter(({ name }) => !name.startsWith('sqlite_'));
  t.ok(tables.length > 6);
  t.same(
    tables.filter(({ strict }) => strict !== 1),
    [],
    'every table is STRICT',
  );
  t.same(database.pragma('foreign_key_check'), []);
});

await t.test('what was written is there after the store was closed', async (t) => {
  const file = join(t.testdir(), 'data.sqlite');
  const before = openStore(file);
  await saveAgencies(before, { a: {} });
  await saveYears(before, 2021);
  await saveReport(before, { agencyId: 'a', year: 2021 }, wrong, january);
  const answer = await before.reportAnswer({ agencyId: 'a', year: 2021 }, 'all');
  await before.close();
  const after = openStore(file);
  t.teardown(() => after.close());
  t.same(await after.reportAnswer({ agencyId: 'a', year: 2021 }, 'all'), answer);
  t.ok(answer);
});

await t.test('an agency written is the agency read', async (t) => {
  const store = emptyStore(t);
  const full = agencyFrom('b', {
    name: '舞阳县人民政府办公室',
    level: 'county',
    kind: 'office',
    parentId: 'a',
    consolidates: true,
    vertical: true,
    creditCode: '91350100M000100Y43',
    divisionCode: '411121',
    contact: { name: '联系人', phone: '1', email: 'a@example.org' },
    activeFrom: '2001-01-01',
    activeTo: '2030-12-31',
    succeededBy: 'a',
  });
  const bare = agencyFrom('a', { name: '县政府', level: 'county', kind: 'government', consolidates: false });
  await store.changeAgencies(() => ({ write: [full, bare], deed: testDeed, result: undefined }));
  t.strictSame(await store.agency('a'), bare);
  t.strictSame(await store.agency('b'), full, 'the child was written before its parent');
  t.equal(await store.agency('c'), undefined);
  t.equal(JSON.stringify(await store.agency('b')), JSON.stringify(full), 'members in the same order');
});

await t.test('a year written is the year read', async (t) => {
  const store = emptyStore(t);
  const year = yearFrom(2020, { status: 'planned', due: { county: '2021-01-26' } }, editions);
  await store.changeYear(2020, () => ({ write: year, deed: testDeed, result: undefined }));
  t.strictSame(await store.year(2020), year);
  const later = { ...year, status: 'closed' as const, publishBy: { ...year.publishBy, county: '2021-04-01' } };
  await store.changeYear(2020, ({ stored }) => {
    t.strictSame(stored, year);
    return { write: later, deed: testDeed, result: undefined };
  });
  t.strictSame(await store.year(2020), later);
});

await t.test('a report written is the report read', async (t) => {
  const store = await storeWith(t, ['a'], 2021);
  const key = { agencyId: 'a', year: 2021 };
  const input = {
    ...filled('2021', { 'disclosure.fees.amount': 24252.311082, 'requests.granted.total': null }),
    phone: '1',
  };
  const id = await saveReport(store, key, input, january);
  const read = await store.changeReport(key, (stored) => ({ result: () => stored }));
  t.match(read, { agency: { id: 'a' }, year: { year: 2021 } });
  const report = read.report as NonNullable<typeof read.report>;
  t.match(report, { id, ...key, status: 'draft', revision: 1, version: 1, updatedAt: january });
  const answer = await store.reportAnswer(key, 'all');
  t.equal(Buffer.from(answer?.answer ?? []).toString(), reportAnswer(report));
  t.match(await store.checkVersion(key), { id, revision: 1, version: 1, checkVersion: 1 });
  const inspected = await store.inspectReport(key, (found) => found.report);
  t.same({ ...report, ...inspected }, report, 'what a check looks at is the same');
  t.same(inspected?.figures, report.figures);
  t.equal(report.figures.filter(Number.isNaN).length, 1, 'the blank is blank');
  t.ok(report.figures.includes(24_252_311_082), 'the amount is exact');
});

await t.test('a decision that throws undoes everything and comes out as thrown', async (t) => {
  const store = await storeWith(t, ['a'], 2021);
  const key = { agencyId: 'a', year: 2021 };
  const reason = new Error('decided otherwise');
  const refuse = () => {
    throw reason;
  };
  const thrownBy = (write: Promise<never>) => write.catch((error: unknown) => error);
  t.equal(await thrownBy(store.changeAgencies(refuse)), reason);
  t.equal(await thrownBy(store.changeYear(2022, refuse)), reason);
  t.equal(await thrownBy(store.changeReport(key, refuse)), reason);
  await saveReport(store, key, wrong, january);
  const before = await store.reportAnswer(key, 'all');
  await t.rejects(
    store.changeReport(key, ({ report }) => {
      if (!report) return { result: refuse };
      return { write: { ...report, revision: 2, version: 2, answer: '{}' }, deed: testDeed, result: refuse };
    }),
    reason,
    'after the write was made',
  );
  t.same(await store.reportAnswer(key, 'all'), before);
  await saveReport(store, key, blank, february);
  t.match(await store.reportVersion(key, 'all'), { revision: 2, version: 2 }, 'and the number is free again');
});

await t.test('a batch that cannot be written whole is not written at all', async (t) => {
  const store = emptyStore(t);
  await t.rejects(saveAgencies(store, { a: {}, b: { parentId: 'nobody' } }));
  t.equal(await store.agency('a'), undefined);
  await saveAgencies(store, { a: {} });
  t.match(await store.agency('a'), { id: 'a' }, 'and the store goes on working');
});

await t.test('a revision never changes', async (t) => {
  const file = join(t.testdir(), 'data.sqlite');
  const store = openStore(file);
  await saveAgencies(store, { a: {} });
  await saveYears(store, 2021);
  const key = { agencyId: 'a', year: 2021 };
  await saveReport(store, key, wrong, january);
  await saveReport(store, key, blank, february);
  await store.close();
  const database = new Sqlite(file);
  t.teardown(() => database.close());
  for (const column of ["content = '{}'", "figures = x''", 'actor = NULL', 'revision = 7']) {
    t.throws(() => database.prepare(`UPDATE revisions SET ${column}`).run(), /a revision is immutable/, column);
  }
  const kept = database.prepare<[], { content: string }>('SELECT content FROM revisions ORDER BY revision').all();
  t.equal(kept.length, 2, 'the first is still there');
  t.match(kept[0]?.content, '"total":1}');
});

await t.test('who wrote a revision, and when, is kept with it', async (t) => {
  const file = join(t.testdir(), 'data.sqlite');
  const store = openStore(file);
  await saveAgencies(store, { a: {} });
  await saveYears(store, 2021);
  await saveReport(store, { agencyId: 'a', year: 2021 }, wrong, january);
  await store.close();
  const database = new Sqlite(file, { readonly: true });
  t.teardown(() => database.close());
  t.same(database.prepare('SELECT actor, created_at FROM revisions').all(), [{ actor: 'test', created_at: january }]);
});

await t.test('an id is not given again, so that a report made anew has another tag', async (t) => {
  const store = await storeWith(t, ['a'], 2021);
  const key = { agencyId: 'a', year: 2021 };
  const tag = async () => reportTag((await store.reportVersion(key, 'all')) ?? { id: 0, revision: 0, version: 0 });
  await saveReport(store, key, wrong, january);
  const before = await tag();
  await removeReport(store, key);
  t.equal(await store.reportVersion(key, 'all'), undefined);
  t.equal(await store.reportAnswer(key, 'all'), undefined);
  await saveReport(store, key, wrong, january);
  t.notSame(await tag(), before);
});

await t.test('a report removed takes its revisions and its failed rules along', async (t) => {
  const file = join(t.testdir(), 'data.sqlite');
  const store = openStore(file);
  await saveAgencies(store, { a: {} });
  await saveYears(store, 2021);
  await saveReport(store, { agencyId: 'a', year: 2021 }, wrong, january);
  await removeReport(store, { agencyId: 'a', year: 2021 });
  await store.close();
  const database = new Sqlite(file, { readonly: true });
  t.teardown(() => database.close());
  for (const table of ['reports', 'revisions', 'failed_rules']) {
    t.equal(database.prepare(`SELECT count(*) FROM ${table}`).pluck().get(), 0, table);
  }
});

await t.test('what refers to an agency is counted', async (t) => {
  const store = await storeWith(t, ['a', 'b'], 2021, 2022);
  await saveAgencies(store, { child: { parentId: 'a' }, old: { succeededBy: 'a' }, older: { succeededBy: 'a' } });
  for (const year of [2021, 2022]) await saveReport(store, { agencyId: 'a', year }, blank, january);
  const references = (id: string) => store.changeAgencies((registry) => ({ result: registry.references(id) }));
  const granted = { due: '2023-02-10', reason: '机构改革', grantedBy: 'test', grantedAt: january };
  await store.changeExtension({ year: 2022, agencyId: 'a' }, () => {
    return { write: { year: 2022, agencyId: 'a', ...granted }, deed: testDeed, result: undefined };
  });
  t.same(await references('a'), { reports: 2, extensions: 1, children: 1, predecessors: 2, keys: 0 });
  t.same(await references('b'), { reports: 0, extensions: 0, children: 0, predecessors: 0, keys: 0 });
  await store.changeAgencies(() => ({ remove: 'b', deed: testDeed, result: undefined }));
  t.equal(await store.agency('b'), undefined);
  await t.rejects(
    store.changeAgencies(() => ({ remove: 'a', deed: testDeed, result: undefined })),
    /FOREIGN KEY/,
  );
  await store.changeYear(2022, ({ reports, extensions }) => {
    t.same([reports, extensions], [1, 1]);
    return { result: undefined };
  });
});

await t.test('a year removed takes its dates along', async (t) => {
  const store = await storeWith(t, [], 2021, 2022);
  await store.changeYear(2021, () => ({ remove: true, deed: testDeed, result: undefined }));
  t.equal(await store.year(2021), undefined);
  t.match(await store.years({ limit: 9 }), [{ year: 2022 }]);
});

await t.test('agencies are found by place in the tree, level, kind, name, and day', async (t) => {
  const store = emptyStore(t);
  await saveAgencies(store, {
    city: { level: 'prefecture', kind: 'government' },
    county: { kind: 'government', parentId: 'city' },
    office: { kind: 'office', parentId: 'county', name: '县政府办公室' },
    town: { level: 'township', kind: 'township', parentId: 'county' },
    village: { level: 'township', kind: 'institution', parentId: 'town', activeFrom: '2022-02-11' },
    past: { parentId: 'city', activeFrom: '2001-01-01', activeTo: '2022-02-09' },
    lastDay: { parentId: 'city', activeTo: today },
  });
  const found = async (query: Omit<AgencyQuery, 'today'>) =>
    (await store.agencies({ ...query, today }, { limit: 99 })).map(({ id }) => id).join(' ');
  t.equal(await found({}), 'city county lastDay office past town village');
  t.equal(await found({ under: 'county' }), 'county office town village', 'itself and all below it');
  t.equal(await found({ under: 'village' }), 'village');
  t.equal(await found({ under: 'nobody' }), '');
  t.equal(await found({ parent: 'county' }), 'office town', 'its children only');
  t.equal(await found({ level: 'township' }), 'town village');
  t.equal(await found({ kind: 'government' }), 'city county');
  t.equal(await found({ q: '办公' }), 'office', 'by part of the name');
  t.equal(await found({ q: 'ast' }), 'lastDay past', 'by part of the id');
  t.equal(await found({ q: '%' }), '', 'a wildcard is a character like any other');
  t.equal(await found({ active: true }), 'city county lastDay office town');
  t.equal(await found({ active: false }), 'past village');
  t.equal(await found({ under: 'city', level: 'township', active: true }), 'town', 'all at once');
});

/** A city of two counties with a report of 2021 in every state a list can ask for. */
async function cityOfReports(t: Test): Promise<Store> {
  const store = emptyStore(t);
  await saveAgencies(store, {
    city: { level: 'prefecture', kind: 'government' },
    county: { kind: 'government', parentId: 'city' },
    office: { kind: 'office', parentId: 'county' },
    bureau: { parentId: 'county' },
    other: { kind: 'government', parentId: 'city' },
  });
  await saveYears(store, 2019, 2020, 2021);
  const report = (agencyId: string, year: number): ReportKey => ({ agencyId, year });
  await saveReport(store, report('city', 2019), filled('2019'), january);
  await saveReport(store, report('county', 2020), filled('2019'), january);
  await saveReport(store, report('county', 2021), wrong, january);
  await saveReport(store, report('office', 2021), blank, february);
  await saveReport(store, report('bureau', 2021), filled('2021'), march);
  await saveReport(store, report('other', 2021), wrong, january);
  await publishReport(store, report('other', 2021), february);
  await saveReport(store, report('other', 2021), filled('2021'), march);
  return store;
}

const named = (reports: readonly ReportSummary[]) =>
  reports.map(({ agencyId, year }) => `${agencyId}:${year}`).join(' ');

await t.test('reports are found by year, place, status, verdict, rule, day due and time changed', async (t) => {
  const store = await cityOfReports(t);
  const found = async (query: Omit<ReportQuery, 'today'>, day = today) =>
    named(await store.reports({ ...query, today: day }, 'all', { limit: 99 }));
  const every = 'bureau:2021 county:2021 office:2021 other:2021 county:2020 city:2019';
  t.equal(await found({}), every);
  t.equal(await found({ years: [{ first: 2020, last: 2020 }] }), 'county:2020');
  t.equal(await found({ years: [{ first: 2019, last: 2020 }] }), 'county:2020 city:2019');
  const ends = [
    { first: 2019, last: 2019 },
    { first: 2021, last: 2030 },
  ];
  t.equal(await found({ years: ends }), 'bureau:2021 county:2021 office:2021 other:2021 city:2019');
  t.equal(await found({ years: ends, agency: 'county' }), 'county:2021', 'the years hold together');
  t.equal(await found({ years: [{ first: 2010, last: 2018 }] }), '');
  t.equal(await found({ agency: 'county' }), 'county:2021 county:2020');
  t.equal(await found({ under: 'county' }), 'bureau:2021 county:2021 office:2021 county:2020');
  t.equal(await found({ under: 'city' }), every);
  t.equal(await found({ status: 'published' }), 'other:2021');
  t.equal(await found({ status: 'submitted' }), '');
  t.equal(await found({ verdict: 'inconsistent' }), 'county:2021');
  t.equal(await found({ verdict: 'incomplete' }), 'office:2021');
  t.equal(await found({ verdict: 'consistent' }), 'bureau:2021 other:2021 county:2020 city:2019');
  t.equal(await found({ rule: 'disputes.total' }), 'county:2021', 'a rule an earlier revision failed is past');
  t.equal(await found({ rule: 'report.complete' }), 'office:2021');
  t.equal(await found({ rule: 'requests.balance' }), '');
  t.equal(await found({ updatedAfter: january }), 'bureau:2021 office:2021 other:2021', 'after, not at');
  t.equal(await found({ updatedAfter: march }), '');
  const earlier = [{ first: 2021, last: 2021 }];
  t.equal(await found({ years: earlier, overdue: true }, '2022-01-31'), '', 'the day itself is in time');
  t.equal(await found({ years: earlier, overdue: true }, '2022-02-01'), 'bureau:2021 office:2021');
  t.equal(await found({ years: earlier, overdue: true }, '2022-02-21'), 'bureau:2021 county:2021 office:2021');
  t.equal(await found({ years: earlier, overdue: false }, '2022-02-21'), 'other:2021', 'handed in is never overdue');
  t.equal(await found({ under: 'county', verdict: 'inconsistent', status: 'draft', overdue: false }), 'county:2021');
});

await t.test('anybody finds what was published as it was published, whatever came after', async (t) => {
  const store = await cityOfReports(t);
  const found = async (query: Omit<ReportQuery, 'today'>) =>
    named(await store.reports({ ...query, today: '2030-01-01' }, 'published', { limit: 99 }));
  t.equal(await found({}), 'other:2021');
  t.equal(await found({ verdict: 'inconsistent' }), 'other:2021', 'the verdict of the revision published');
  t.equal(await found({ verdict: 'consistent' }), '', 'not that of the correction');
  t.equal(await found({ rule: 'disputes.total' }), 'other:2021');
  t.equal(await found({ status: 'published' }), 'other:2021');
  t.equal(await found({ status: 'draft' }), '');
  t.equal(await found({ overdue: true }), '');
  t.equal(await found({ overdue: false }), 'other:2021');
  t.equal(await found({ updatedAfter: february }), '', 'the correction is not seen');
  t.equal(await found({ updatedAfter: january }), 'other:2021');
  t.equal(await found({ under: 'county' }), '');
});

await t.test('a correction in progress shows to key holders only', async (t) => {
  const store = await storeWith(t, ['a'], 2021);
  const key = { agencyId: 'a', year: 2021 };
  const told = async (scope: 'all' | 'published') => {
    const row = await store.reportAnswer(key, scope);
    return row && (JSON.parse(Buffer.from(row.answer).toString()) as Record<string, unknown>);
  };
  await saveReport(store, key, { ...wrong, phone: '1' }, january);
  t.equal(await told('published'), undefined, 'a draft is not public');
  t.equal(await store.reportVersion(key, 'published'), undefined);
  await publishReport(store, key, february);
  const published = await told('published');
  const tag = await store.reportVersion(key, 'published');
  t.match(published, { revision: 1, verdict: 'inconsistent' });
  t.notOk(published && 'phone' in published, 'nor are the people');
  await saveReport(store, key, filled('2021'), march);
  await saveReport(store, key, blank, march);
  t.strictSame(await told('published'), published);
  t.strictSame(await store.reportVersion(key, 'published'), tag, 'the tag stays while the text does');
  t.match(await told('all'), { revision: 3, verdict: 'incomplete' });
  const [summary] = await store.reports({ today }, 'published', { limit: 1 });
  t.match(summary, {
    status: 'published',
    revision: 1,
    publishedRevision: 1,
    verdict: 'inconsistent',
    updatedAt: february,
  });
  await publishReport(store, key, march);
  t.match(await told('published'), { revision: 3, verdict: 'incomplete' });
  t.notSame(await store.reportVersion(key, 'published'), tag);
});

await t.test('the tag told for a report is that of its answer', async (t) => {
  const store = await cityOfReports(t);
  for (const scope of ['all', 'published'] as const) {
    for (const { agencyId, year } of await store.reports({ today }, scope, { limit: 99 })) {
      const answered = await store.reportAnswer({ agencyId, year }, scope);
      t.ok(answered);
      const { answer: _, ...version } = answered ?? { answer: undefined };
      t.strictSame(await store.reportVersion({ agencyId, year }, scope), version);
    }
  }
});

await t.test('pages together hold everything once, in order, whatever their size', async (t) => {
  const ids = ['a', 'B', 'c-1', 'c_2', '办', '厅', 'Z'];
  const store = await storeWith(t, ids, 2019, 2020, 2021);
  for (const year of [2019, 2020, 2021]) {
    for (const agencyId of ids) await saveReport(store, { agencyId, year }, {}, january);
  }
  const whole = await store.reports({ today }, 'all', { limit: 99 });
  const agencies = await store.agencies({ today }, { limit: 99 });
  t.equal(whole.length, 21);
  t.same(
    [...whole].sort((one, other) => other.year - one.year),
    whole,
    'latest year first',
  );
  for (const limit of [1, 2, 3, 7, 20, 21, 22]) {
    const reports = await paged<ReportSummary>(limit, (page) => store.reports({ today }, 'all', page));
    t.same(reports, whole, `reports by ${limit}`);
    const paging = await paged<Agency>(limit, ({ after, limit }) =>
      store.agencies({ today }, { after: after?.id, limit }),
    );
    t.same(paging, agencies, `agencies by ${limit}`);
    const years = await paged<Year>(limit, ({ after, limit }) => store.years({ after: after?.year, limit }));
    t.same(
      years.map(({ year }) => year),
      [2021, 2020, 2019],
      `years by ${limit}`,
    );
  }
});

await t.test('paging goes on below a filter', async (t) => {
  const store = await cityOfReports(t);
  const query: ReportQuery = { today, under: 'county', years: [{ first: 2020, last: 2021 }], status: 'draft' };
  const pages = await paged<ReportSummary>(1, (page) => store.reports(query, 'all', page));
  t.equal(named(pages), 'bureau:2021 county:2021 office:2021 county:2020');
});

await t.test('a store that was closed says that it is not ready', async (t) => {
  const store = openStore(':memory:');
  await store.ready();
  await store.close();
  await t.rejects(store.ready());
});

/** Follows pages of a size until one is empty. */
async function paged<Item>(limit: number, page: (wanted: PageOf<Item>) => Promise<Item[]>): Promise<Item[]> {
  const items: Item[] = [];
  for (;;) {
    const next = await page({ after: items.at(-1), limit });
    if (next.length === 0 || items.length > 99) return items;
    items.push(...next);
  }
}
