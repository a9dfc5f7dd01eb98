import t from 'tap';
import { testApp, type Call } from '../support/app.ts';
import { assertProblem } from '../support/problem.ts';
import { received, statistics } from '../support/statistics-rows.ts';

const app = await testApp(t, { demo: true });
const { call, anonymous, as } = app;
const reader = await as('reader', 'shili-xili');
const url = `/v1/statistics?cells=${received}`;

const agenciesIn = async (caller: Call, query: string) =>
  (await statistics(caller, `groupBy=agency&${query}`)).items.map(({ agencyId }) => agencyId);

await t.test('without a key: what has been published, and nothing of who is missing', async (t) => {
  const { basis, items, coverage } = await statistics(anonymous, 'groupBy=year');
  t.equal(basis, 'published');
  t.same(
    items.map(({ year }) => year),
    [2019, 2020, 2021, 2022],
    'what is being collected is not there',
  );
  t.same((await statistics(anonymous, 'years=2023&groupBy=agency')).items, []);
  t.same((await statistics(call, 'groupBy=year&basis=published&years=2019-2022')).coverage, coverage);
  for (const query of ['basis=current', 'basis=handedIn', 'with=missing', 'basis=published&with=missing']) {
    assertProblem(t, await anonymous('GET', `${url}&${query}`), 401, 'key-missing');
  }
  t.same((await statistics(anonymous, 'agency=nobody&groupBy=agency')).items, [], 'nor whether there is an agency');
});

await t.test('a key that is bound asks about what it reaches, drafts among it', async (t) => {
  const below = await agenciesIn(reader, 'years=2023');
  t.ok(below.length > 1);
  t.ok(below.every((id) => String(id).startsWith('shili-xili')));
  t.same(below, await agenciesIn(call, 'years=2023&under=shili-xili'));
  const { basis, items } = await statistics(reader, 'agency=shili-xili-office&years=2023');
  t.equal(basis, 'current');
  t.match(items, [{ reports: 1 }]);
});

await t.test('of agencies elsewhere it has what anybody has', async (t) => {
  for (const filter of ['agency=shili-office', 'under=shili', 'parent=shili', 'under=nobody']) {
    const { basis, items } = await statistics(reader, `${filter}&groupBy=year,agency`);
    t.equal(basis, 'published', filter);
    t.same(items, (await statistics(anonymous, `${filter}&groupBy=year,agency`)).items);
    for (const more of ['basis=current', 'with=missing']) {
      assertProblem(t, await reader('GET', `${url}&${filter}&${more}`), 403, 'agency-not-yours');
    }
  }
});

await t.test('one out of reach is not there, whether or not it is registered', async (t) => {
  for (const filter of ['agency=nobody', 'agency=shili-office', 'parent=shili']) {
    assertProblem(t, await reader('GET', `${url}&under=shili-xili&${filter}`), 404, 'agency-not-found');
  }
  for (const filter of ['agency', 'parent', 'under']) {
    assertProblem(t, await call('GET', `${url}&${filter}=nobody`), 404, 'agency-not-found');
  }
});

await t.test('ranks are among all the caller may ask about', async (t) => {
  const ranked = async (caller: Call) => {
    const { items } = await statistics(caller, 'agency=shili-xili-office&years=2022&groupBy=agency&with=rank');
    return items[0]?.[`${received}.ranked`];
  };
  const counties = await statistics(anonymous, `level=county&years=2022&groupBy=agency`);
  t.equal(await ranked(anonymous), counties.items.length);
  const inside = await statistics(reader, `level=county&years=2022&groupBy=agency`);
  t.equal(await ranked(reader), inside.items.length);
  t.ok(inside.items.length < counties.items.length);
});

await t.test('what is corrected is public when it is published again', async (t) => {
  const report = '/v1/agencies/shili-planning/reports/2022';
  const figure = async (caller: Call) =>
    (await statistics(caller, 'agency=shili-planning&years=2022')).items[0]?.[received];
  const before = await figure(anonymous);
  await call('POST', `${report}/reopen`, { reason: '更正' });
  const sections = { requests: { received: { total: 100_000 } } };
  await call('PATCH', report, { sections }, { 'if-match': '*' });
  t.same([await figure(call), await figure(anonymous)], [100_000, before]);
});

interface Catalogue {
  readonly basis: string;
  readonly items: readonly { readonly id: string; readonly since: number | null; readonly editions: string[] }[];
}

await t.test('the catalogue says since when there are figures the caller may see', async (t) => {
  const since = async (caller: Call, query = '') => {
    const { basis, items } = (await caller('GET', `/v1/statistics/catalogue${query}`)).json<Catalogue>();
    return { basis, since: items.find(({ id }) => id === received)?.since };
  };
  const { call, anonymous, as } = await testApp(t);
  await call('PUT', '/v1/years/2021', {});
  await call('PUT', '/v1/agencies/a', { name: '甲局', level: 'county', kind: 'department' });
  await call('PUT', '/v1/agencies/b', { name: '乙局', level: 'county', kind: 'department' });
  t.same(await since(call), { basis: 'current', since: null });
  await call('PUT', '/v1/agencies/a/reports/2021', {
    zeroReport: true,
    sections: { requests: { received: { total: 0 } } },
  });
  t.same(await since(call), { basis: 'current', since: 2021 });
  t.same(await since(anonymous), { basis: 'published', since: null });
  const elsewhere = await as('reader', 'b');
  t.same(await since(elsewhere), { basis: 'current', since: null });
  t.same(await since(elsewhere, '?under=a'), { basis: 'published', since: null });
});
