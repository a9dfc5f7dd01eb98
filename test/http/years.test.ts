import t from 'tap';
import { testApp } from '../support/app.ts';
import { assertProblem } from '../support/problem.ts';

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
