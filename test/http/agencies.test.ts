import t from 'tap';
import { testApp } from '../support/app.ts';
import { assertProblem, pointers } from '../support/problem.ts';

interface AgencyPage {
  items: { id: string }[];
  next?: string;
}

const bureau = { name: '甲局', level: 'county', kind: 'department' };

await t.test('an agency is registered, read, changed and removed under the caller’s own code', async (t) => {
  const { call } = await testApp(t);
  const agency = { ...bureau, creditCode: '91350100M000100Y43', divisionCode: '411121', contact: { phone: '0395-1' } };
  const made = await call('PUT', '/v1/agencies/a.b_c-1', agency);
  t.equal(made.statusCode, 201);
  t.same(made.json(), { id: 'a.b_c-1', ...agency, consolidates: false, vertical: false });
  const read = await call('GET', '/v1/agencies/a.b_c-1');
  t.same(read.json(), made.json());
  const same = await call('PUT', '/v1/agencies/a.b_c-1', read.body);
  t.equal(same.statusCode, 200);
  t.equal(same.headers.etag, made.headers.etag);
  const known = await call('GET', '/v1/agencies/a.b_c-1', undefined, { 'if-none-match': made.headers.etag as string });
  t.equal(known.statusCode, 304);
  const patched = await call('PATCH', '/v1/agencies/a.b_c-1', { contact: null, activeTo: '2023-12-31' });
  const { contact: _, ...rest } = made.json<Record<string, unknown>>();
  t.same(patched.json(), { ...rest, activeTo: '2023-12-31' });
  t.equal((await call('DELETE', '/v1/agencies/a.b_c-1')).statusCode, 204);
  assertProblem(t, await call('GET', '/v1/agencies/a.b_c-1'), 404, 'agency-not-found');
});

await t.test('a portal may send its agencies every night: unchanged ones need no condition', async (t) => {
  const { call } = await testApp(t);
  const first = await call('PUT', '/v1/agencies/a', bureau);
  const stale = await call('PUT', '/v1/agencies/a', { ...bureau, name: '乙局' }, { 'if-match': '"old"' });
  assertProblem(t, stale, 412, 'precondition-failed');
  const again = await call('PUT', '/v1/agencies/a', bureau, { 'if-match': '"old"' });
  t.equal(again.headers.etag, first.headers.etag);
  assertProblem(
    t,
    await call('PUT', '/v1/agencies/a', { ...bureau, name: '丙' }, { 'if-none-match': '*' }),
    412,
    'precondition-failed',
  );
});

await t.test('a government consolidates unless it says otherwise', async (t) => {
  const { call } = await testApp(t);
  const put = async (id: string, more: object) =>
    (await call('PUT', `/v1/agencies/${id}`, { ...bureau, ...more })).json<{ consolidates: boolean }>().consolidates;
  t.equal(await put('g', { kind: 'government' }), true);
  t.equal(await put('h', { kind: 'government', consolidates: false }), false);
});

await t.test('what the domain refuses is told at its place', async (t) => {
  const { call } = await testApp(t);
  await call('PUT', '/v1/agencies/a', bureau);
  await call('PUT', '/v1/agencies/b', { ...bureau, parentId: 'a' });
  const refused = async (more: object) =>
    assertProblem(t, await call('PUT', '/v1/agencies/a', { ...bureau, ...more }), 422, 'agency-refused');
  t.match((await refused({ parentId: 'nobody' })).errors, [{ pointer: '/parentId', detail: /没有登记/ }]);
  t.match((await refused({ parentId: 'a' })).errors, [{ pointer: '/parentId', detail: /本机关/ }]);
  t.match((await refused({ parentId: 'b' })).errors, [{ pointer: '/parentId', detail: /下级/ }], 'a cycle');
  t.match((await refused({ creditCode: '91350100M000100Y44' })).errors, [{ pointer: '/creditCode', detail: /“3”/ }]);
  t.match((await refused({ creditCode: '91350100M000100I43' })).errors, [{ detail: /第 16 位“I”/ }]);
  t.match((await refused({ activeFrom: '2023-01-01', activeTo: '2022-01-01' })).errors, [{ pointer: '/activeTo' }]);
  t.match((await refused({ succeededBy: 'nobody' })).errors, [{ pointer: '/succeededBy' }]);
  const both = await refused({ parentId: 'nobody', succeededBy: 'nobody' });
  t.same(pointers(both), ['/parentId', '/succeededBy'], 'every fault at once');
  t.notOk('parentId' in (await call('GET', '/v1/agencies/a')).json<object>(), 'nothing was stored');
});

await t.test('a division code has 6, 9 or 12 digits', async (t) => {
  const { call } = await testApp(t);
  for (const divisionCode of ['41112', '4111211', '011121', '411121x00', '4111211000001']) {
    const response = await call('PUT', '/v1/agencies/a', { ...bureau, divisionCode });
    t.same(pointers(assertProblem(t, response, 400, 'request-invalid')), ['/divisionCode'], divisionCode);
  }
  for (const divisionCode of ['411121', '411121100', '411121100001']) {
    t.ok((await call('PUT', '/v1/agencies/a', { ...bureau, divisionCode })).statusCode < 300, divisionCode);
  }
});

await t.test('an agency in use is not removed', async (t) => {
  const { call } = await testApp(t, { demo: true });
  const problem = assertProblem(t, await call('DELETE', '/v1/agencies/shili'), 409, 'agency-in-use');
  t.match(problem.hint, /activeTo/);
  assertProblem(t, await call('DELETE', '/v1/agencies/shili-housing'), 409, 'agency-in-use');
});

await t.test('a batch is all or nothing, parents anywhere in it, faults by index', async (t) => {
  const { call } = await testApp(t);
  const items = [
    { id: 'child', ...bureau, parentId: 'parent' },
    { id: 'parent', ...bureau, kind: 'government' },
  ];
  const first = await call('POST', '/v1/agencies/batch', { items });
  t.same(first.json(), { created: 2, updated: 0, unchanged: 0 });
  const again = await call('POST', '/v1/agencies/batch', { items: [items[0], { ...items[1], name: '乙县' }] });
  t.same(again.json(), { created: 0, updated: 1, unchanged: 1 });
  const bad = [
    { id: 'new', ...bureau },
    { id: 'x', ...bureau, parentId: 'nobody' },
    { id: 'parent', ...bureau, parentId: 'child' },
    { id: 'new', ...bureau },
    { id: 'batch', ...bureau },
  ];
  const refused = assertProblem(t, await call('POST', '/v1/agencies/batch', { items: bad }), 422, 'agency-refused');
  t.same(pointers(refused), ['/items/1/parentId', '/items/2/parentId', '/items/3/id', '/items/4/id']);
  assertProblem(t, await call('GET', '/v1/agencies/new'), 404, 'agency-not-found');
  const malformed = await call('POST', '/v1/agencies/batch', { items: [{ id: 'ok', ...bureau }, { id: '-' }] });
  t.same(pointers(assertProblem(t, malformed, 400, 'request-invalid')).sort(), [
    '/items/1/id',
    '/items/1/kind',
    '/items/1/level',
    '/items/1/name',
  ]);
});

await t.test('a batch holds 5,000 agencies and no more', async (t) => {
  const { call } = await testApp(t);
  const items = Array.from({ length: 5_000 }, (_, n) => ({
    id: `agency-${n}`,
    ...bureau,
    name: `示例县第${n}局`,
    ...(n > 0 && { parentId: `agency-${Math.floor((n - 1) / 8)}` }),
  }));
  t.same((await call('POST', '/v1/agencies/batch', { items })).json(), { created: 5_000, updated: 0, unchanged: 0 });
  const refused = await call('POST', '/v1/agencies/batch', { items: [...items, { id: 'one-more', ...bureau }] });
  t.same(pointers(assertProblem(t, refused, 400, 'request-invalid')), ['/items']);
});

await t.test('lists: a subtree, children, level, kind, part of a name, activity', async (t) => {
  const { call } = await testApp(t, { demo: true });
  const ids = async (query: string) =>
    (await call('GET', `/v1/agencies?${query}`)).json<AgencyPage>().items.map(({ id }) => id);
  const all = await ids('');
  t.same(all, [...all].sort(), 'by id');
  const dongshi = await ids('under=shili-dongshi');
  t.ok(dongshi.includes('shili-dongshi') && dongshi.length > 1);
  t.ok(dongshi.every((id) => id.startsWith('shili-dongshi')));
  t.same(await ids('under=shili'), all, 'the whole tree');
  t.notOk((await ids('parent=shili-dongshi')).includes('shili-dongshi'));
  t.same(await ids('q=税务'), ['shili-tax']);
  t.same(await ids('q=100%25'), [], 'a wildcard of SQL is a character like any other');
  t.ok((await ids('level=township&kind=street')).length <= (await ids('level=township')).length);
  await call('PATCH', '/v1/agencies/shili-tax', { activeTo: '2023-12-31' });
  t.same(await ids('active=false'), ['shili-tax']);
  t.equal((await ids('active=true')).length, all.length - 1);
});

await t.test('pages are complete, without repeats, and linked', async (t) => {
  const { call } = await testApp(t, { demo: true });
  const all = (await call('GET', '/v1/agencies?limit=500')).json<AgencyPage>();
  t.notOk('next' in all);
  const seen: string[] = [];
  let url: string | undefined = '/v1/agencies?under=shili&limit=4';
  while (url !== undefined) {
    const response = await call('GET', url);
    seen.push(...response.json<AgencyPage>().items.map(({ id }) => id));
    const { next } = response.json<AgencyPage>();
    url = /^<(.+)>; rel="next"$/.exec((response.headers.link as string | undefined) ?? '')?.[1];
    t.equal(url === undefined, next === undefined, 'the Link header goes with next');
  }
  t.same(
    seen,
    all.items.map(({ id }) => id),
  );
});
