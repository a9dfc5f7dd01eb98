import t from 'tap';
import { formOf } from '../support/forms.ts';
import { assertProblem } from '../support/problem.ts';
import { watchReadings } from '../support/readings.ts';
import { received, statistics, type Rows } from '../support/statistics-rows.ts';
import { testApp, type Call } from '../support/app.ts';

interface Report {
  readonly sections: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, number | null>>>>>>;
}

/** Writes another figure into a report. */
async function change(call: Call, agency: string, year: number, cells: Record<string, number | null>) {
  const url = `/v1/agencies/${agency}/reports/${year}`;
  const written = await call('PATCH', url, { sections: { requests: { received: cells } } }, { 'if-match': '*' });
  if (written.statusCode !== 200) throw new Error(written.body);
}

await t.test('a row for each agency and year says what its report says', async (t) => {
  const { call } = await testApp(t, { demo: true });
  const cells = [received, 'disclosure.licences.decisions', 'disclosure.regulations.made'];
  const { items, editions } = await statistics(call, `cells=${cells.join(',')}&groupBy=year,agency`);
  t.equal(items.filter(({ reports }) => reports === 1).length, 73);
  for (const { year, agencyId, reports, ...row } of items) {
    const report = await call('GET', `/v1/agencies/${String(agencyId)}/reports/${String(year)}`);
    t.equal(reports, report.statusCode === 200 ? 1 : 0);
    const { sections } = reports === 1 ? report.json<Report>() : { sections: {} as Report['sections'] };
    for (const cell of cells) {
      const [section = '', line = '', column = ''] = cell.split('.');
      t.equal(row[cell], sections[section]?.[line]?.[column] ?? null, `${cell} of ${String(agencyId)} ${String(year)}`);
    }
  }
  t.same(editions, [
    { edition: '2019', years: [2019, 2020], absent: [] },
    { edition: '2021', years: [2021, 2022, 2023], absent: ['disclosure.regulations.made'] },
  ]);
});

await t.test('subtotals and indicators are sums of what is selected, and the coverage is told', async (t) => {
  const { call } = await testApp(t, { demo: true });
  const asked = 'cells=requests.refused.total,requests.concluded.total&indicators=closureRate&with=fraction,missing';
  const { items, coverage } = await statistics(call, `${asked}&parent=shili&years=2022-2023&groupBy=year`);
  const refused = formOf('2021').edition.sections.flatMap((section) => {
    const rows = section.kind === 'table' ? section.blocks.flatMap((block) => block.rows) : [];
    return rows.filter(({ group }) => group === 'refused').map(({ key }) => `requests.${key}.total`);
  });
  t.equal(refused.length, 8);
  const parts = await statistics(call, `cells=${refused.join(',')}&parent=shili&years=2022-2023&groupBy=year`);
  for (const [place, item] of items.entries()) {
    t.equal(
      item['requests.refused.total'],
      refused.reduce((sum, cell) => sum + Number(parts.items[place]?.[cell]), 0),
    );
    const [over, under] = [item['closureRate.numerator'], item['closureRate.denominator']] as [number, number];
    t.equal(item['closureRate'], Number((over / under).toFixed(6)));
    t.equal(over, item['requests.concluded.total']);
  }
  t.match(items, [
    { year: 2022, missing: 0, missingReports: [] },
    { year: 2023, missing: 0 },
  ]);
  for (const name of ['reports', 'expected', 'missing'] as const) {
    t.equal(
      coverage[name],
      items.reduce((sum, item) => sum + Number(item[name]), 0),
      name,
    );
  }
  const city = await statistics(call, 'agency=shili&years=2023&with=missing');
  t.match(city.items, [
    { reports: 0, expected: 1, missing: 1, [received]: null, missingReports: [{ agencyId: 'shili', year: 2023 }] },
  ]);
});

await t.test('columns are the same figures as rows', async (t) => {
  const { call } = await testApp(t, { demo: true });
  const query = 'indicators=closureRate&cells=requests.received.*&groupBy=year,agency&with=change,rank';
  const { items, ...head } = await statistics(call, query);
  const answer = await statistics(call, `${query}&format=columns`);
  const { dimensions, source, ...about } = answer as Rows & {
    dimensions: { name: string; displayName: string; type: string }[];
    source: Record<string, unknown[]>;
  };
  t.same(about, head);
  t.same(
    items,
    items.map((_, row) => Object.fromEntries(Object.entries(source).map(([name, values]) => [name, values[row]]))),
  );
  t.same(
    dimensions.map(({ name, displayName }) => ({ name, label: displayName })),
    head.columns.map(({ name, label }) => ({ name, label })),
  );
  t.match(dimensions, [
    { name: 'year', type: 'ordinal' },
    { type: 'ordinal' },
    { type: 'ordinal' },
    { type: 'number' },
  ]);
});

await t.test('labels are in the language asked for, names are not', async (t) => {
  const { call } = await testApp(t, { demo: true });
  const url = `/v1/statistics?cells=${received}&groupBy=level`;
  const chinese = await call('GET', url);
  const english = await call('GET', url, undefined, { 'accept-language': 'en' });
  t.match(chinese.json(), { columns: [{ name: 'level', label: '层级', codes: { county: '县级' } }] });
  t.match(english.json(), { columns: [{ name: 'level', label: 'Level', codes: { county: 'county' } }] });
  t.same(
    [chinese, english].map(({ headers }) => headers['content-language']),
    ['zh-CN', 'en'],
  );
  t.same(chinese.json<Rows>().items, english.json<Rows>().items);
});

await t.test('a write that was answered is told of, whatever it changed', async (t) => {
  const { call } = await testApp(t, { demo: true });
  const figure = async () => (await statistics(call, 'agency=shili-planning&years=2023')).items[0]?.[received];
  for (const total of [1, 2, null, 3]) {
    await change(call, 'shili-planning', 2023, { total });
    t.equal(await figure(), total);
  }
  await call('DELETE', '/v1/agencies/shili-planning/reports/2023', undefined, { 'if-match': '*' });
  t.equal(await figure(), null);
  await call('PATCH', '/v1/agencies/shili-planning', { name: '示例市规划局' });
  const { items } = await statistics(call, 'agency=shili-planning&groupBy=agency&years=2023');
  t.match(items, [{ agencyName: '示例市规划局', reports: 0 }]);
});

await t.test('the same question is answered with 304 until something that can be seen has changed', async (t) => {
  const { call, anonymous, as } = await testApp(t, { demo: true });
  const xili = await as('reader', 'shili-xili');
  const url = `/v1/statistics?cells=${received}&groupBy=year`;
  const tags = new Map<Call, string>();
  const asksAgain = async (caller: Call, query = '') => {
    const known = tags.get(caller);
    const answer = await caller('GET', url + query, undefined, known ? { 'if-none-match': known } : {});
    tags.set(caller, String(answer.headers['etag']));
    return answer.statusCode;
  };
  const all = async () => [await asksAgain(call), await asksAgain(xili), await asksAgain(anonymous)];
  t.same(await all(), [200, 200, 200]);
  t.same(await all(), [304, 304, 304]);
  await change(call, 'shili-planning', 2023, { total: 1 });
  t.same(await all(), [200, 304, 304], 'a draft is nothing to the public, nor elsewhere');
  await change(call, 'shili-xili-office', 2023, { total: 1 });
  t.same(await all(), [200, 200, 304]);
  await call('PATCH', '/v1/agencies/shili-office/reports/2023', { phone: '0000-2' }, { 'if-match': '*' });
  t.same(await all(), [304, 304, 304], 'no figure has changed');
  const correct = '/v1/agencies/shili-planning/reports/2022';
  await call('POST', `${correct}/reopen`, { reason: '更正' });
  t.same(await all(), [304, 304, 304], 'reopened, nothing is written yet');
  await change(call, 'shili-planning', 2022, { natural: 1 });
  t.same(await all(), [200, 304, 304]);
  t.equal(await asksAgain(anonymous, '&format=columns'), 200, 'another form of it is another answer');
  t.equal(await asksAgain(call, '&years=2022'), 200, 'and so is another question');
  t.equal(await asksAgain(anonymous, '&format=csv'), 200);
  t.equal(await asksAgain(anonymous, '&format=csv'), 304);
  t.equal(await asksAgain(anonymous, '&format=csv&bom=true'), 200);
});

await t.test('a tag holds for one run: the next may be on a database that was restored', async (t) => {
  const url = `/v1/statistics?cells=${received}&groupBy=year`;
  const [one, next] = [await testApp(t, { demo: true }), await testApp(t, { demo: true })];
  const { headers } = await one.anonymous('GET', url);
  const known = { 'if-none-match': String(headers['etag']) };
  t.equal((await one.anonymous('GET', url, undefined, known)).statusCode, 304);
  t.equal((await next.anonymous('GET', url, undefined, known)).statusCode, 200);
});

await t.test('nothing is computed for a 304, and what is read is always given back', async (t) => {
  const { call, service } = await testApp(t, { demo: true });
  const asked = 9;
  const all = Promise.withResolvers<void>();
  const readings = watchReadings(service, ({ released }) => released === asked && all.resolve());
  const url = `/v1/statistics?cells=${received}`;
  const { headers } = await call('GET', url);
  t.ok(readings.looked > 0);
  const { looked } = readings;
  t.equal((await call('GET', url, undefined, { 'if-none-match': String(headers['etag']) })).statusCode, 304);
  t.equal(readings.looked, looked, 'nothing more was looked at');
  for (const query of ['&format=csv', '&format=columns', '&sort=nothing', '&agency=nobody', '&with=rank']) {
    await call('GET', url + query);
  }
  await call('HEAD', url);
  await call('GET', '/v1/statistics/catalogue');
  await all.promise;
  t.equal(readings.read, asked);
});

await t.test('pages together are the whole, each named by the one before', async (t) => {
  const { call } = await testApp(t, { demo: true });
  for (const query of [
    'groupBy=year,agency',
    `groupBy=year,parent&sort=-${received}`,
    'groupBy=agency&sort=agencyName&top=9',
  ]) {
    const whole = (await statistics(call, query)).items;
    const items: unknown[] = [];
    for (let url = `/v1/statistics?cells=${received}&${query}&limit=4`; url !== '';) {
      const answer = await call('GET', url);
      const page = answer.json<Rows>();
      items.push(...page.items);
      const link = /^<(.*)>; rel="next"$/.exec(String(answer.headers['link'] ?? ''))?.[1] ?? '';
      t.equal(link.includes('cursor='), page.next !== undefined);
      if (page.next !== undefined) t.ok(new URL(link, 'http://localhost').searchParams.get('cursor') === page.next);
      url = link;
    }
    t.same(items, whole, query);
  }
});

await t.test('who reads on while others write finds no row twice and misses none that was there', async (t) => {
  const { call } = await testApp(t, { demo: true });
  const query = 'groupBy=agency&years=2023';
  const whole = (await statistics(call, query)).items.map(({ agencyId }) => agencyId);
  const first = await statistics(call, `${query}&limit=5`);
  await call('PUT', '/v1/agencies/shili-archives', {
    name: '示例市档案局',
    level: 'prefecture',
    kind: 'department',
    parentId: 'shili',
  });
  await call('DELETE', '/v1/agencies/shili-education/reports/2023', undefined, { 'if-match': '*' });
  const rest = await statistics(call, `${query}&cursor=${first.next}`);
  t.same(
    [...first.items, ...rest.items].map(({ agencyId }) => agencyId),
    whole,
    'the new one stands before where was read',
  );
});

type Columns = Readonly<Record<string, readonly unknown[]>>;

await t.test('what would cost too much is refused with what to ask for instead', async (t) => {
  const { call } = await testApp(t, { demo: true });
  const { items } = (await call('GET', '/v1/statistics/catalogue')).json<{ items: { id: string; kind: string }[] }>();
  const subtotals = items.filter(({ kind }) => kind === 'subtotal').map(({ id }) => id);
  const cells = ['*', ...subtotals].join(',');
  const wide = `/v1/statistics?cells=${cells}&indicators=*&with=blank,change,fraction&groupBy=year,agency`;
  const refused = await call('GET', wide, undefined, { 'accept-language': 'en' });
  const { errors = [] } = assertProblem(t, refused, 400, 'request-invalid');
  const [, fewer] = /limit=(\d+)/.exec(errors[0]?.detail ?? '') ?? [];
  t.match(errors, [{ pointer: '/limit', in: 'query', detail: 'format=csv' }]);
  const allowed = await call('GET', `${wide}&limit=${fewer}`);
  const rows = allowed.json<Rows>().items;
  t.equal(rows.length, 74, 'computed bit by bit, and one JSON');
  const { source } = (await call('GET', `${wide}&limit=${fewer}&format=columns`)).json<{ source: Columns }>();
  t.same(
    rows.map((_, place) => Object.fromEntries(Object.entries(source).map(([name, of]) => [name, of[place]]))),
    rows,
  );
  t.equal((await call('GET', `${wide}&limit=${Number(fewer) + 1}`)).statusCode, 400);
  t.equal((await call('GET', `${wide}&format=csv`)).statusCode, 200);
  const ranked = await call('GET', '/v1/statistics?cells=*&years=2022&groupBy=agency&with=rank');
  assertProblem(t, ranked, 400, 'request-invalid');
  const many = Array.from({ length: 1_500 }, () => 'x').join(',');
  assertProblem(t, await call('GET', `/v1/statistics?cells=${many}`), 400, 'request-invalid');
});

await t.test('an answer a client stops taking is not held for ever', async (t) => {
  const { app } = await testApp(t, { demo: true });
  let timeout: number | undefined;
  app.addHook('onSend', async (_request, reply) => void (timeout = reply.raw.socket?.timeout));
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  await (await fetch(`${url}/v1/statistics?cells=${received}`)).text();
  t.equal(timeout, 60_000);
});
