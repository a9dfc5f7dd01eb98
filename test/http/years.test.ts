import t from 'tap';
import { testApp } from '../support/app.ts';
import { assertProblem } from '../support/problem.ts';
import { testDeed } from '../support/store.ts';

await t.test('a year left to the law has its edition and its dates', async (t) => {
  const { call } = await testApp(t);
  const response = await call('PUT', '/v1/years/2023', {});
  t.equal(response.statusCode, 201);
  t.same(response.json(), {
    year: 2023,
    edition: '2021',
    status: 'open',
    due: {
      province: '2024-03-31',
      prefecture: '2024-03-10',
      county: '2024-02-20',
      township: '2024-01-31',
      department: '2024-01-31',
    },
    publishBy: {
      province: '2024-03-31',
      prefecture: '2024-03-31',
      county: '2024-03-31',
      township: '2024-01-31',
      department: '2024-01-31',
    },
  });
  t.match((await call('PUT', '/v1/years/2020', {})).json(), { edition: '2019' });
});

await t.test('a city sets earlier dates; a patch changes one and null brings the law back', async (t) => {
  const { call } = await testApp(t);
  const put = await call('PUT', '/v1/years/2023', { due: { department: '2024-01-26' }, status: 'planned' });
  t.match(put.json(), { status: 'planned', due: { department: '2024-01-26', county: '2024-02-20' } });
  const patched = await call('PATCH', '/v1/years/2023', { due: { county: '2024-02-01' } });
  t.match(patched.json(), { due: { department: '2024-01-26', county: '2024-02-01' } });
  const back = await call('PATCH', '/v1/years/2023', { due: { department: null }, status: null });
  t.match(back.json(), { status: 'open', due: { department: '2024-01-31', county: '2024-02-01' } });
  t.equal((await call('PUT', '/v1/years/2023', back.body)).headers.etag, back.headers.etag);
});

await t.test('dates that cannot be are refused, each with its level and both days', async (t) => {
  const { call } = await testApp(t);
  const due = { department: '2024-02-01', county: '2023-12-31', township: '2024-01-31' };
  const refused = await call('PUT', '/v1/years/2023', { due, publishBy: { province: '2023-03-31' } });
  const { errors } = assertProblem(t, refused, 422, 'year-refused');
  t.same(errors, [
    {
      pointer: '/publishBy/province',
      detail: '省级政府的公布期限 2023-03-31 在 2023 年度结束之前（报送期限是 2024-03-31）。',
    },
    {
      pointer: '/due/county',
      detail: '县级政府的报送期限 2023-12-31 在 2023 年度结束之前（公布期限是 2024-03-31）。',
    },
    {
      pointer: '/due/department',
      detail: '部门和其他单位的报送期限 2024-02-01 晚于公布期限 2024-01-31；确需推后的，请同时修改 publishBy。',
    },
  ]);
  assertProblem(t, await call('GET', '/v1/years/2023'), 404, 'year-not-found');
  const later = { due: { department: '2024-02-05' }, publishBy: { department: '2024-02-05' } };
  t.equal((await call('PUT', '/v1/years/2023', later)).statusCode, 201, 'both are moved');
  assertProblem(t, await call('PATCH', '/v1/years/2023', { publishBy: null }), 422, 'year-refused');
  t.equal((await call('PUT', '/v1/years/2023', { due: { county: '2024-01-01' } })).statusCode, 200);
});

await t.test('a year that was registered with such dates is closed as it is', async (t) => {
  const { call, service } = await testApp(t);
  await call('PUT', '/v1/years/2023', {});
  await service.store.changeYear(2023, ({ stored }) => {
    if (!stored) throw new Error('no year');
    const write = { ...stored, due: { ...stored.due, department: '2024-02-02' } };
    return { write, deed: testDeed, result: undefined };
  });
  t.match((await call('PATCH', '/v1/years/2023', { status: 'closed' })).json(), { due: { department: '2024-02-02' } });
  t.equal((await call('PATCH', '/v1/years/2023', { due: { county: '2024-02-01' } })).statusCode, 200);
  const worse = await call('PATCH', '/v1/years/2023', { due: { department: '2024-02-03' } });
  assertProblem(t, worse, 422, 'year-refused');
});

await t.test('a year with reports keeps its edition and stays', async (t) => {
  const { call } = await testApp(t, { demo: true });
  assertProblem(t, await call('PATCH', '/v1/years/2021', { edition: '2019' }), 409, 'year-in-use');
  assertProblem(t, await call('DELETE', '/v1/years/2021'), 409, 'year-in-use');
  await call('PUT', '/v1/years/2024', {});
  t.equal((await call('PATCH', '/v1/years/2024', { edition: '2019' })).statusCode, 200);
  t.equal((await call('DELETE', '/v1/years/2024')).statusCode, 204);
  assertProblem(t, await call('GET', '/v1/years/2024'), 404, 'year-not-found');
});

await t.test('what is no date, edition or year is refused', async (t) => {
  const { call } = await testApp(t);
  for (const body of [{ due: { county: '2024-02-30' } }, { edition: '2008' }, { due: { village: '2024-01-01' } }]) {
    assertProblem(t, await call('PUT', '/v1/years/2023', body), 400, 'request-invalid');
  }
  assertProblem(t, await call('PUT', '/v1/years/202', {}), 400, 'request-invalid');
});

await t.test('years are listed latest first, by pages', async (t) => {
  const { call } = await testApp(t, { demo: true });
  const page = async (query: string) =>
    (await call('GET', `/v1/years?${query}`)).json<{ items: { year: number }[]; next?: string }>();
  const first = await page('limit=3');
  t.same(
    first.items.map(({ year }) => year),
    [2023, 2022, 2021],
  );
  const second = await page(`limit=3&cursor=${first.next}`);
  t.same(
    second.items.map(({ year }) => year),
    [2020, 2019],
  );
  t.equal(second.next, undefined);
});
