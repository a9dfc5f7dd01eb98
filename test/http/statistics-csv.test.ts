import { parseCsv } from 'hucre/csv';
import { once } from 'node:events';
import { get } from 'node:http';
import t from 'tap';
import { adminKey, testApp, type Call } from '../support/app.ts';
import { watchReadings } from '../support/readings.ts';
import { received, statistics, type Rows } from '../support/statistics-rows.ts';

const { call } = await testApp(t, { demo: true });

const query = `cells=${received},disclosure.regulations.made&indicators=closureRate&groupBy=year,agency,level,parent`;

async function csv(caller: Call, asked: string, headers: Record<string, string> = {}) {
  const answer = await caller('GET', `/v1/statistics?${asked}`, undefined, headers);
  return { headers: answer.headers, text: answer.body, rows: parseCsv(answer.body) };
}

await t.test('CSV by names says what the rows of JSON say', async (t) => {
  const { headers, text, rows } = await csv(call, `${query}&format=csv&headings=id`);
  const { columns, items } = await statistics(call, query);
  t.equal(headers['content-type'], 'text/csv; charset=utf-8; header=present');
  t.equal(headers['content-disposition'], 'attachment; filename="statistics.csv"');
  const names = columns.map(({ name }) => name);
  t.same(rows[0], names);
  t.same(
    rows.slice(1),
    items.map((item) => names.map((name) => String((item[name] as string | number | null) ?? ''))),
    'figures as plain numbers, nothing where there is none',
  );
  t.ok(text.endsWith('\r\n'));
  t.equal(text.split('\r\n').length, items.length + 2);
});

await t.test('in words: headings and codes, in the language asked for', async (t) => {
  const [heading = [], ...rows] = (await csv(call, `${query}&format=csv`)).rows;
  t.same(heading.slice(0, 4), ['年度', '机关代码', '机关名称', '层级']);
  t.same([...new Set(rows.map((row) => row[3]))].sort(), ['乡级', '县级', '市级']);
  const english = await csv(call, query, { accept: 'text/csv', 'accept-language': 'en' });
  t.same(english.rows[0]?.slice(0, 4), ['Year', 'Agency id', 'Agency', 'Level']);
  t.equal(english.headers['content-language'], 'en');
  const same = await csv(call, `${query}&format=csv&headings=id`, { 'accept-language': 'en' });
  t.ok(same.rows.some((row) => row[3] === 'prefecture'));
});

await t.test('a mark for Excel where it is asked for, once', async (t) => {
  const plain = await csv(call, `${query}&format=csv`);
  const marked = await csv(call, `${query}&format=csv&bom=true`);
  t.equal(marked.text, `\uFEFF${plain.text}`);
  t.not(marked.headers['etag'], plain.headers['etag']);
});

await t.test('beside it: the version, and where to read labels, units, editions and coverage', async (t) => {
  const { headers, rows } = await csv(call, `${query}&format=csv&bom=true&headings=id&top=3&sort=-${received}`);
  t.equal(rows.length, 4);
  const [, address = ''] = /^<(.*)>; rel="describedby"$/.exec(String(headers['link'])) ?? [];
  const described = await call('GET', address);
  t.equal(described.statusCode, 200);
  const { columns, editions, dataVersion } = described.json<Rows>();
  t.same(
    columns.map(({ name }) => name),
    rows[0],
  );
  t.match(editions, [{ edition: '2019' }, { edition: '2021', absent: ['disclosure.regulations.made'] }]);
  t.equal(headers['data-version'], String(dataVersion));
});

await t.test('who is missing, and names a spreadsheet would run', async (t) => {
  const { call } = await testApp(t, { demo: true });
  for (const [id, name] of [
    ['shili-a', '=HYPERLINK("http://example.com")'],
    ['shili-b', '乙局,"丙"科'],
  ] as const) {
    await call('PUT', `/v1/agencies/${id}`, { name, level: 'prefecture', kind: 'department', parentId: 'shili' });
  }
  const { text, rows } = await csv(call, `cells=${received}&years=2022-2023&groupBy=level&with=missing&format=csv`);
  const missing = rows[1]?.[4];
  t.equal(
    missing,
    `'=HYPERLINK("http://example.com")（2022）；乙局,"丙"科（2022）；示例市人民政府（2023）；=HYPERLINK("http://example.com")（2023）；乙局,"丙"科（2023）`,
  );
  t.match(text, '乙局,""丙""科');
  const named = await csv(call, `cells=${received}&years=2022&agency=shili-a&groupBy=agency&format=csv`);
  t.match(named.rows, [[], ['shili-a', `'=HYPERLINK("http://example.com")`, '0', '1', '1', '']]);
});

await t.test('a client that goes away gives back what was read for it', async (t) => {
  const { app, call, service } = await testApp(t, { demo: true });
  const agencies = Array.from({ length: 1_000 }, (_, n) => ({
    id: `agency-${n}`,
    name: `第${n}局`,
    level: 'county',
    kind: 'department',
  }));
  t.equal((await call('POST', '/v1/agencies/batch', { items: agencies })).statusCode, 200);
  const given = Promise.withResolvers<void>();
  const readings = watchReadings(service, () => given.resolve());
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  const wide = 'cells=*&indicators=*&with=blank,change,fraction&groupBy=year,agency&years=2019-2023&format=csv';
  const request = get(`${url}/v1/statistics?${wide}`, { headers: { authorization: `Bearer ${adminKey}` } });
  await once(request, 'response');
  t.same(readings.released, 0, 'most of it is still to come');
  request.destroy();
  await t.resolves(given.promise);
});
