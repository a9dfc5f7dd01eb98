import t from 'tap';
import { testApp } from '../support/app.ts';
import { assertProblem } from '../support/problem.ts';
import { received } from '../support/statistics-rows.ts';

const { call } = await testApp(t, { demo: true });

/** Asks in English; answers with each fault, its place before it. */
async function faults(query: string): Promise<string[]> {
  const answer = await call('GET', `/v1/statistics?${query}`, undefined, { 'accept-language': 'en' });
  const { errors = [] } = assertProblem(t, answer, 400, 'request-invalid');
  return errors.map(({ pointer, detail }) => `${pointer} ${detail}`);
}

await t.test('a name that is not there is answered with those most like it', async (t) => {
  const near: readonly (readonly [query: string, pointer: string, name: string])[] = [
    ['cells=requests.recieved.total', '/cells', received],
    ['cells=request.received.total', '/cells', received],
    ['cells=requests.refuse.total', '/cells', 'requests.refused.total'],
    ['cells=requests.received', '/cells', 'requests.received'],
    ['cells=request.*.total', '/cells', 'requests'],
    ['indicators=closurerate', '/indicators', 'closureRate'],
    [`cells=${received}&groupBy=yaer`, '/groupBy', 'year'],
    [`cells=${received}&with=percentile`, '/with', 'percentiles'],
    [`cells=${received}&sort=requests.received.totals`, '/sort', received],
    [`cells=${received}&sort=-report`, '/sort', 'reports'],
    [`cells=${received}&level=city`, '/level', 'prefecture'],
    [`cells=${received}&kind=departement`, '/kind', 'department'],
    [`cells=${received}&basis=draft`, '/basis', 'current'],
    [`cells=${received}&format=xlsx`, '/format', 'csv'],
    [`cells=${received}&groupby=year`, '/groupby', 'groupBy'],
  ];
  for (const [query, pointer, name] of near) {
    const [fault = ''] = await faults(query);
    t.ok(fault.startsWith(`${pointer} `), `${query}: ${fault}`);
    t.ok(fault.includes(name), `${query}: ${fault}`);
  }
});

await t.test('everything there is to mend is told at once', async (t) => {
  const found = await faults('cells=&indicators=closureRate,&groupBy=year,yaer,year&with=,rank');
  t.same(
    found.map((fault) => fault.split(' ')[0]),
    ['/cells', '/indicators', '/with', '/groupBy', '/groupBy'],
  );
  t.match(await faults('cells=a,b&indicators=c'), [/^\/cells .*“a”/, /^\/cells .*“b”/, /^\/indicators .*“c”/]);
  t.match(await faults(''), [/^\/cells .*\/v1\/statistics\/catalogue/]);
  t.match(await faults('groupBy=none,year&indicators=*'), [/^\/groupBy .*“none”/]);
});

await t.test('what does not go together', async (t) => {
  const csv = `cells=${received}&format=csv`;
  t.match(await faults(`${csv}&limit=5&cursor=x`), [/^\/limit .*top/, /^\/cursor/]);
  t.match(await faults(`cells=${received}&headings=id&bom=true`), [/^\/headings .*CSV/, /^\/bom .*CSV/]);
  t.match(await faults(`cells=${received}&with=change`), [/^\/groupBy .*year/]);
  t.match(await faults(`cells=${received}&with=rank&years=2022`), [/^\/groupBy .*agency/]);
  t.match(await faults(`cells=${received}&with=percentiles&years=2022`), [/^\/groupBy .*level/]);
});

await t.test('what is no number, year or cursor', async (t) => {
  t.match(await faults(`cells=${received}&limit=5001`), [/^\/limit .*5000/]);
  t.match(await faults(`cells=${received}&top=0`), [/^\/top .*1/]);
  t.match(await faults(`cells=${received}&years=2023-2019`), [/^\/years .*before it begins/]);
  t.match(await faults(`cells=${received}&years=soon`), [/^\/years/]);
  const places = ['{"value":1}', '{"value":{},"group":[]}', '{"value":1,"group":[[]]}', 'null', '1'];
  for (const place of [...places.map((text) => Buffer.from(text).toString('base64url')), 'nonsense']) {
    t.match(await faults(`cells=${received}&cursor=${place}`), [/^\/cursor .*Not a cursor/], place);
  }
  t.match(await faults(`cells=${received}&cells=${received}`), [/^\/cells/]);
});

await t.test('a format that is not accepted', async (t) => {
  const ask = (query: string, accept: string) =>
    call('GET', `/v1/statistics?cells=${received}${query}`, undefined, { accept });
  assertProblem(t, await ask('', 'image/png'), 406, 'not-acceptable');
  assertProblem(t, await ask('&format=csv', 'application/json'), 406, 'not-acceptable');
  assertProblem(t, await ask('&format=columns', 'text/csv'), 406, 'not-acceptable');
  t.match((await ask('', 'text/csv')).headers['content-type'], /^text\/csv/);
  t.match((await ask('', 'text/csv;q=0.5, application/json')).headers['content-type'], /^application\/json/);
  t.match((await ask('&format=csv', '*/*')).headers['content-type'], /^text\/csv/);
});
