import fc from 'fast-check';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { packFigures } from '../../src/domain/figures.ts';
import { reportAnswer, type ReportKey, type ReportState } from '../../src/domain/report.ts';
import type { Basis, ReportFigures } from '../../src/domain/statistics/figure-changes.ts';
import type { Store } from '../../src/domain/store.ts';
import { openStore } from '../../src/sqlite/store.ts';
import { testApp, type Call, type TestApp } from '../support/app.ts';
import { bookOf, FigureBook, type GoneBy } from '../support/figure-book.ts';
import { cellAt } from '../support/figures.ts';
import { formOf } from '../support/forms.ts';
import { holdsAfterWaiting } from '../support/property.ts';
import { filled, saveAgencies, saveReport, saveYears, testDeed } from '../support/store.ts';
import { registerWuyang, wuyang, wuyangReport, wuyangWith, type Sections } from '../support/wuyang.ts';

const anyway = { 'if-match': '*' };
const ndjson = { 'content-type': 'application/x-ndjson', ...anyway };
const merging = { 'content-type': 'application/merge-patch+json', ...anyway };
const now = '2024-01-10T08:00:00.000Z';
const a2021 = { agencyId: 'a', year: 2021 };

/** The cell that tells contents apart. */
const told = cellAt(formOf('2021'), 'disclosure.licences.decisions');

/** A report without a flaw that says `figure` in that cell. */
function reportSaying(figure: number, besides: object = {}) {
  const disclosure = { ...wuyang.sections['disclosure'], licences: { decisions: figure } };
  return { ...wuyangWith({ disclosure }), ...besides };
}

/** What a report says in that cell, by basis. */
function saidBy(goneBy: GoneBy | undefined): Partial<Record<Basis, number>> {
  const { edition: _, ...figures } = goneBy ?? { edition: '' };
  return Object.fromEntries(Object.entries(figures).map(([basis, vector]) => [basis, vector[told.index]]));
}

/** Looks at what has changed since it was looked at last, again and again. */
function follow(store: Store) {
  const book = new FigureBook();
  let last: number | undefined;
  return async (): Promise<FigureBook> => {
    last = await store.figureChanges(last, (changes) => {
      book.apply(changes);
      return changes.last;
    });
    return book;
  };
}

async function done(response: ReturnType<Call>): Promise<void> {
  const { statusCode, body } = await response;
  if (statusCode >= 300) throw new Error(`${statusCode} ${body}`);
}

await t.test('each basis goes by its revision, from the first draft to the second publication', async (t) => {
  const { call, service } = await testApp(t);
  const look = follow(service.store);
  await registerWuyang(call);
  t.same((await look()).reports, {});
  const put = (figure: number) => call('PUT', wuyangReport, reportSaying(figure), anyway);
  const step = (name: string, body: object = {}) => call('POST', `${wuyangReport}/${name}`, body);
  const back = { reason: '请核对' };
  const life: readonly [string, () => ReturnType<Call>, Partial<Record<Basis, number>>][] = [
    ['a draft', () => put(1), { current: 1 }],
    ['corrected', () => put(2), { current: 2 }],
    ['submitted', () => step('submit'), { current: 2, handedIn: 2 }],
    ['returned', () => step('return', back), { current: 2 }],
    ['mended', () => put(3), { current: 3 }],
    ['submitted again', () => step('submit'), { current: 3, handedIn: 3 }],
    ['accepted', () => step('accept'), { current: 3, handedIn: 3 }],
    ['published', () => step('publish'), { current: 3, handedIn: 3, published: 3 }],
    ['reopened', () => step('reopen', back), { current: 3, handedIn: 3, published: 3 }],
    ['being corrected', () => put(4), { current: 4, handedIn: 3, published: 3 }],
    ['the correction submitted', () => step('submit'), { current: 4, handedIn: 3, published: 3 }],
    ['accepted', () => step('accept'), { current: 4, handedIn: 3, published: 3 }],
    ['published again', () => step('publish'), { current: 4, handedIn: 4, published: 4 }],
  ];
  for (const [what, act, expected] of life) {
    await done(act());
    const { reports, taken } = await look();
    t.same(saidBy(reports['wuyang-office/2021']), expected, what);
    t.same(taken.at(-1), ['wuyang-office/2021'], `${what}: this report and no other`);
    t.same(saidBy((await bookOf(service.store)).reports['wuyang-office/2021']), expected, `${what}, read anew`);
  }
});

await t.test('what was printed elsewhere counts at once; a report that was removed is gone', async (t) => {
  const { call, service } = await testApp(t);
  const look = follow(service.store);
  await registerWuyang(call);
  await done(call('PUT', wuyangReport, reportSaying(5, { asPrinted: true })));
  t.same(saidBy((await look()).reports['wuyang-office/2021']), { current: 5, handedIn: 5 });
  await done(call('PUT', wuyangReport, reportSaying(6), anyway));
  t.same(saidBy((await look()).reports['wuyang-office/2021']), { current: 6 });
  const last = await service.store.lastEvent();
  await done(call('DELETE', wuyangReport, undefined, anyway));
  const gone = { agencyId: 'wuyang-office', year: 2021, edition: '', revisions: [] };
  t.same(await service.store.figureChanges(last, ({ reports }) => [...reports]), [gone]);
  const book = await look();
  t.same(book.reports, {});
  t.same(book.taken.at(-1), ['wuyang-office/2021']);
  await done(call('PUT', wuyangReport, reportSaying(7)));
  t.same(saidBy((await look()).reports['wuyang-office/2021']), { current: 7 }, 'and another comes in its place');
});

await t.test('a revision comes once, with everything that goes by it', async (t) => {
  const store = await storeWith(t, 2021);
  await saveReport(store, a2021, filled('2021', { [told.address]: 1 }), now);
  const basesOf = async () =>
    (await reportsOf(store)).flatMap(({ revisions }) => revisions.map(({ bases }) => bases.join(' ')));
  const goBy = (numbers: Pick<ReportState, 'countedRevision' | 'publishedRevision'>, revise = false) =>
    store.changeReport(a2021, ({ report }) => {
      if (!report) throw new Error('no report');
      const { countedRevision: _counted, publishedRevision: _published, ...rest } = report;
      const write = {
        ...rest,
        ...numbers,
        revision: report.revision + Number(revise),
        publishedAnswer: reportAnswer(report),
      };
      return { write, deed: testDeed, result: () => undefined };
    });
  t.same(await basesOf(), ['current']);
  await goBy({ countedRevision: 1 });
  t.same(await basesOf(), ['current handedIn']);
  await goBy({ countedRevision: 1, publishedRevision: 1 });
  t.same(await basesOf(), ['current handedIn published']);
  await goBy({ publishedRevision: 1 });
  t.same(await basesOf(), ['current published']);
  await goBy({ countedRevision: 1, publishedRevision: 1 }, true);
  t.same(await basesOf(), ['current', 'handedIn published']);
  await goBy({ countedRevision: 2, publishedRevision: 1 });
  t.same(await basesOf(), ['current handedIn', 'published']);
  await goBy({ countedRevision: 2, publishedRevision: 1 }, true);
  t.same(await basesOf(), ['current', 'handedIn', 'published']);
});

await t.test('a blank stays a blank, and each report has its own edition', async (t) => {
  const store = await storeWith(t, 2020, 2021);
  await saveReport(store, { ...a2021, year: 2020 }, filled('2019'), now);
  await saveReport(store, a2021, filled('2021', { [told.address]: null }), now);
  const { reports } = await bookOf(store);
  t.equal(reports['a/2020']?.edition, '2019');
  t.equal(reports['a/2020']?.current?.length, formOf('2019').cells.length);
  t.equal(reports['a/2021']?.edition, '2021');
  t.same(reports['a/2021']?.current?.filter(Number.isNaN).length, 1);
  t.ok(Number.isNaN(reports['a/2021']?.current?.[told.index]));
});

await t.test('agencies and years come with every change of them, and with nothing else', async (t) => {
  const { call, service } = await testApp(t);
  const since = async (act: () => ReturnType<Call>) => {
    const last = await service.store.lastEvent();
    await done(act());
    return service.store.figureChanges(last, ({ registry, reports }) => ({ registry, reports: [...reports].length }));
  };
  await registerWuyang(call);
  const office = '/v1/agencies/wuyang-office';
  const written = await since(() => call('PUT', wuyangReport, reportSaying(1)));
  t.same(written, { registry: undefined, reports: 1 });
  const county = { name: '舞阳县人民政府', level: 'county', kind: 'government' };
  const added = await since(() => call('PUT', '/v1/agencies/county', county));
  t.match(added.registry?.agencies, [{ id: 'county', consolidates: true }, { id: 'wuyang-office' }]);
  const moved = await since(() => call('PATCH', office, { parentId: 'county', activeFrom: '2020-01-01' }));
  t.match(moved.registry?.agencies[1], { parentId: 'county', activeFrom: '2020-01-01', vertical: false });
  const renamed = await since(() => call('PATCH', office, { name: '舞阳县政府办' }));
  t.equal(renamed.registry?.agencies[1]?.name, '舞阳县政府办');
  const year = await since(() => call('PUT', '/v1/years/2022', {}));
  t.match(year.registry?.years, [
    { year: 2022, edition: '2021' },
    { year: 2021, edition: '2021' },
  ]);
  const closed = await since(() => call('PATCH', '/v1/years/2021', { status: 'closed' }));
  t.match(closed.registry?.years[1], { year: 2021, status: 'closed' });
  const extension = { due: '2023-03-01', reason: '机构改革' };
  const extended = await since(() => call('PUT', '/v1/years/2022/extensions/county', extension));
  t.same(extended, { registry: undefined, reports: 0 }, 'a due date is nothing statistics go by');
  const removed = await since(() => call('DELETE', '/v1/years/2022/extensions/county', undefined));
  t.same(removed, { registry: undefined, reports: 0 });
  const gone = await since(() => call('DELETE', '/v1/years/2022', undefined));
  t.match(gone.registry?.years, [{ year: 2021 }]);
});

await t.test('everything comes where nothing is named, and where there is no such event', async (t) => {
  const store = await storeWith(t, 2021);
  await saveReport(store, a2021, filled('2021'), now);
  const last = await store.lastEvent();
  const looked = (after: number | undefined) =>
    store.figureChanges(after, (changes) => [
      changes.last,
      changes.registry !== undefined,
      [...changes.reports].length,
    ]);
  t.same(await looked(undefined), [last, true, 1]);
  t.same(await looked(last), [last, false, 0]);
  t.same(await looked(last + 1), [last, true, 1], 'another database was put in place of this one');
});

await t.test('what another process wrote is a change like any other', async (t) => {
  const file = join(t.testdir(), 'shared.db');
  const [store, other] = [openStore(file), openStore(file)];
  t.teardown(async () => {
    await store.close();
    await other.close();
  });
  await saveAgencies(other, { a: {} });
  await saveYears(other, 2021);
  const look = follow(store);
  t.match((await look()).registry, { agencies: [{ id: 'a' }], years: [{ year: 2021 }] });
  await saveReport(other, a2021, filled('2021', { [told.address]: 8 }), now);
  t.same(saidBy((await look()).reports['a/2021']), { current: 8 });
});

await t.test('a batch that is written whole is one change, and one that is refused is none', async (t) => {
  const { call, service } = await testApp(t, { file: join(t.testdir(), 'batch.db') });
  const look = follow(service.store);
  await done(call('PUT', '/v1/years/2021', {}));
  for (const id of ['a', 'b']) await done(call('PUT', `/v1/agencies/${id}`, agencyIn()));
  await look();
  const line = (agencyId: string, figure: number) => ({ agencyId, year: 2021, ...reportSaying(figure) });
  const send = (...lines: readonly object[]) =>
    call('POST', '/v1/reports/batch?atomic=true', lines.map((one) => JSON.stringify(one)).join('\n'), ndjson);
  await done(send(line('a', 1), line('b', 2), line('a', 3)));
  const book = await look();
  t.same(book.taken.at(-1), ['a/2021', 'b/2021'], 'each report once');
  t.same(saidBy(book.reports['a/2021']), { current: 3 });
  t.equal((await send(line('a', 4), line('nobody', 5))).statusCode, 422);
  t.same((await look()).taken.at(-1), []);
});

await t.test('reports are read while they are looked at, and no longer', async (t) => {
  const store = await storeWith(t, 2020, 2021);
  await saveReport(store, { ...a2021, year: 2020 }, filled('2019'), now);
  await saveReport(store, a2021, filled('2021'), now);
  const late = { message: /after the view of them had returned/ };
  const never = await store.figureChanges(undefined, ({ reports }) => reports);
  t.throws(() => [...never], late, 'not walked at all');
  const walked = await store.figureChanges(undefined, ({ reports }) => {
    for (const report of reports) return { report, reports };
    throw new Error('no report');
  });
  t.equal(walked.report.agencyId, 'a', 'who has seen enough may leave');
  t.throws(() => [...walked.reports], late, 'left half-way');
  const half = await store.figureChanges(undefined, ({ reports }) => {
    const walk = reports[Symbol.iterator]();
    walk.next();
    return walk;
  });
  t.throws(() => half.next(), late, 'held half-way');
  await t.rejects(
    store.figureChanges(undefined, () => {
      throw new Error('seen enough');
    }),
    { message: 'seen enough' },
  );
  t.equal((await reportsOf(store)).length, 2, 'and nothing is left locked');
  await t.resolves(saveYears(store, 2022));
});

/** Anything that can be asked of a small registry; some of it is refused. */
const [ids, years] = [
  ['a', 'b'],
  [2020, 2021],
] as const;
const key = fc.record({ agencyId: fc.constantFrom(...ids), year: fc.constantFrom(...years) });
const figure = fc.integer({ min: 0, max: 9 });
const kind = <Kind extends string>(name: Kind) => fc.constant(name);
const act = fc.oneof(
  { weight: 5, arbitrary: fc.record({ act: kind('put'), key, figure, asPrinted: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ act: kind('hand on'), key, count: fc.integer({ min: 1, max: 3 }) }) },
  { weight: 3, arbitrary: fc.record({ act: kind('give back'), key, step: fc.constantFrom('return', 'reopen') }) },
  fc.record({ act: kind('batch'), lines: fc.array(fc.tuple(key, figure), { minLength: 1, maxLength: 3 }) }),
  fc.record({ act: kind('patch'), key, figure }),
  fc.record({ act: kind('prefill'), key }),
  fc.record({ act: kind('consolidate'), year: fc.constantFrom(...years) }),
  fc.record({ act: kind('delete'), key }),
  fc.record({ act: kind('register'), id: fc.constantFrom(...ids, 'c'), under: fc.constantFrom('city', null) }),
  fc.record({ act: kind('strike off'), id: fc.constantFrom(...ids, 'c') }),
  fc.record({ act: kind('year'), year: fc.constantFrom(...years, 2022), removed: fc.boolean() }),
  { weight: 3, arbitrary: fc.record({ act: kind('look') }) },
);
type Act = typeof act extends fc.Arbitrary<infer Value> ? Value : never;

function pathOf({ agencyId, year }: ReportKey): string {
  return `/v1/agencies/${agencyId}/reports/${year}`;
}

function agencyIn(parentId?: string | null) {
  const agency = { name: '示例县办公室', level: 'county', kind: 'office' };
  return { ...agency, ...(typeof parentId === 'string' && { parentId }) };
}

function inputOf({ year }: ReportKey, figure: number, besides: object = {}) {
  if (year === 2021) return reportSaying(figure, besides);
  return { ...filled('2019', { 'disclosure.licences.decisions': figure }), ...besides };
}

async function ask(call: Call, one: Act): Promise<unknown> {
  switch (one.act) {
    case 'put':
      return call('PUT', pathOf(one.key), inputOf(one.key, one.figure, { asPrinted: one.asPrinted }), anyway);
    case 'hand on':
      for (const step of ['submit', 'accept', 'publish'].slice(0, one.count)) {
        await call('POST', `${pathOf(one.key)}/${step}`, {});
      }
      return undefined;
    case 'give back':
      return call('POST', `${pathOf(one.key)}/${one.step}`, { reason: '请核对' });
    case 'patch':
      return call('PATCH', `${pathOf(one.key)}/sections/disclosure`, { licences: { decisions: one.figure } }, merging);
    case 'batch': {
      const lines = one.lines.map(([place, said]) => JSON.stringify({ ...place, ...inputOf(place, said) }));
      return call('POST', '/v1/reports/batch?atomic=true', lines.join('\n'), ndjson);
    }
    case 'prefill':
      return call('POST', `${pathOf(one.key)}/prefill`, undefined, anyway);
    case 'consolidate':
      return call('POST', `/v1/agencies/city/consolidation/${one.year}`, undefined, anyway);
    case 'delete':
      return call('DELETE', pathOf(one.key), undefined, anyway);
    case 'register':
      return call('PUT', `/v1/agencies/${one.id}`, agencyIn(one.under));
    case 'strike off':
      return call('DELETE', `/v1/agencies/${one.id}`);
    case 'year':
      return call(one.removed ? 'DELETE' : 'PUT', `/v1/years/${one.year}`, one.removed ? undefined : {});
    case 'look':
      return undefined;
  }
}

/** What every report goes by, put together from what others are answered about it. */
async function answered({ service: { store } }: TestApp): Promise<Record<string, GoneBy>> {
  const reports = await store.reports({ today: '' }, 'all', { limit: 500 });
  const each = reports.map(async ({ agencyId, year, edition }) => {
    const place = { agencyId, year };
    const [current, published] = [
      await store.reportAnswer(place, 'all'),
      await store.reportAnswer(place, 'published'),
    ].map((found) => {
      if (!found) return undefined;
      const { sections } = JSON.parse(Buffer.from(found.answer).toString()) as { sections: Sections };
      return [...packFigures(formOf(edition), sections as Parameters<typeof packFigures>[1])];
    });
    const [before] = await store.inspectReport({ agencyId, year: year + 1 }, ({ neighbours }) =>
      neighbours.handedInBefore({ agencyId, year: year + 1 }),
    );
    const goneBy = {
      edition,
      ...(current && { current }),
      ...(before?.year === year && { handedIn: [...before.figures] }),
      ...(published && { published }),
    };
    return [`${agencyId}/${year}`, goneBy] as const;
  });
  return Object.fromEntries((await Promise.all(each)).sort(([one], [other]) => (one < other ? -1 : 1)));
}

await t.test('whatever is done, what has changed leads to what is there', async (t) => {
  const property = fc.asyncProperty(fc.array(act, { minLength: 30, maxLength: 60 }), async (acts) => {
    const closing: (() => unknown)[] = [];
    const app = await testApp({ teardown: (close: () => unknown) => void closing.push(close) });
    try {
      const { call, service } = app;
      await done(call('PUT', '/v1/agencies/city', { name: '示例市人民政府', level: 'prefecture', kind: 'government' }));
      for (const year of years) await done(call('PUT', `/v1/years/${year}`, {}));
      for (const id of ids) await done(call('PUT', `/v1/agencies/${id}`, agencyIn('city')));
      const look = follow(service.store);
      await look();
      for (const one of [...acts, { act: 'look' as const }]) {
        await ask(call, one);
        if (one.act !== 'look') continue;
        const [followed, anew] = [await look(), await bookOf(service.store)];
        agree(followed.reports, anew.reports);
        agree(followed.registry, anew.registry);
        agree(followed.reports, await answered(app));
      }
    } finally {
      for (const close of closing) await close();
    }
  });
  await holdsAfterWaiting(t, property, { numRuns: 10 });
});

/** @throws Error where they do not say the same; a blank is told as `null`. */
function agree(one: unknown, other: unknown): void {
  const [said, expected] = [JSON.stringify(one), JSON.stringify(other)];
  if (said !== expected) throw new Error(`${said}, not ${expected}`);
}

async function storeWith(t: Test, ...years: readonly number[]): Promise<Store> {
  const store = openStore(':memory:');
  t.teardown(() => store.close());
  await saveAgencies(store, { a: {} });
  await saveYears(store, ...years);
  return store;
}

async function reportsOf(store: Store): Promise<ReportFigures[]> {
  return store.figureChanges(undefined, ({ reports }) => [...reports]);
}
