import t from 'tap';
import type { ReportKey } from '../../src/domain/report.ts';
import { adminKey, testApp } from '../support/app.ts';
import { assertProblem } from '../support/problem.ts';
import { testDeed } from '../support/store.ts';

const published = '/v1/agencies/shili-housing/reports/2022';
const draft = '/v1/agencies/shili-housing/reports/2023';

/** What works without a key, written down; whatever else there is must not. */
const open: Readonly<Record<string, string>> = {
  'GET /v1/forms': '/v1/forms',
  'GET /v1/forms/{edition}': '/v1/forms/2021',
  'GET /v1/forms/{edition}/rules': '/v1/forms/2021/rules',
  'GET /v1/forms/{edition}/schema': '/v1/forms/2021/schema',
  'GET /v1/forms/{edition}/template.xlsx': '/v1/forms/2021/template.xlsx',
  'GET /v1/reports': '/v1/reports',
  'GET /v1/agencies/{agencyId}/reports/{year}': published,
  'GET /v1/agencies/{agencyId}/reports/{year}/sections/{section}': `${published}/sections/requests`,
  'GET /v1/agencies/{agencyId}/reports/{year}/document.{format}': `${published}/document.html`,
  'GET /v1/agencies/{agencyId}/reports/{year}/revisions': `${published}/revisions`,
  'GET /v1/agencies/{agencyId}/reports/{year}/revisions/{revision}': `${published}/revisions/1`,
  'GET /v1/agencies/{agencyId}/reports/{year}/revisions/{revision}/changes': `${published}/revisions/1/changes`,
  'GET /healthz': '/healthz',
  'GET /readyz': '/readyz',
};

await t.test('without a key only what is written down here answers, for every route there is', async (t) => {
  const { app, anonymous } = await testApp(t, { demo: true });
  await app.ready();
  const paths = app.swagger().paths ?? {};
  const routes = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods as object).map((m) => [m, path]),
  );
  t.ok(routes.length > 20);
  for (const [method = '', path = ''] of routes) {
    const name = `${method.toUpperCase()} ${path}`;
    const url =
      open[name] ?? path.replace('{agencyId}', 'shili-housing').replace('{year}', '2022').replace('{section}', 'other');
    const response = await anonymous(method.toUpperCase(), url);
    t.equal(response.statusCode, name in open ? 200 : 401, name);
  }
});

await t.test('the documentation answers without a key', async (t) => {
  const { anonymous } = await testApp(t);
  for (const url of ['/docs/', '/openapi.json', '/openapi.yaml', '/problems']) {
    t.equal((await anonymous('GET', url)).statusCode, 200, url);
  }
});

await t.test('a draft is nobody’s business, nor whether there is one', async (t) => {
  const { anonymous } = await testApp(t, { demo: true });
  for (const url of [draft, `${draft}/sections/other`, `${draft}/check`, '/v1/agencies/nobody/reports/2023']) {
    assertProblem(t, await anonymous('GET', url), 401, 'key-missing');
  }
});

await t.test('what is published is read without the people, and under another tag', async (t) => {
  const { call, anonymous } = await testApp(t, { demo: true });
  const [inside, outside] = [await call('GET', published), await anonymous('GET', published)];
  t.match(inside.json(), { preparedBy: /./, phone: /./ });
  for (const member of ['preparedBy', 'reviewedBy', 'phone', 'preparedOn'])
    t.notOk(member in outside.json<object>(), member);
  t.same(outside.json<{ sections: unknown }>().sections, inside.json<{ sections: unknown }>().sections);
  t.not(outside.headers.etag, inside.headers.etag);
  const known = await anonymous('GET', published, undefined, { 'if-none-match': inside.headers.etag as string });
  t.equal(known.statusCode, 200, 'the tag of one is no tag of the other');
});

await t.test('a correction in progress is not public', async (t) => {
  const { call, anonymous, service } = await testApp(t, { demo: true });
  const key: ReportKey = { agencyId: 'shili-housing', year: 2022 };
  const before = await anonymous('GET', published);
  await service.store.changeReport(key, ({ report }) => {
    if (!report) throw new Error('no report');
    return {
      write: { ...report, status: 'returned', version: report.version + 1 },
      deed: testDeed,
      result: () => undefined,
    };
  });
  const section = { text: '更正后的内容。' };
  t.equal((await call('PUT', `${published}/sections/other`, section, { 'if-match': '*' })).statusCode, 200);
  t.equal((await anonymous('GET', published)).body, before.body);
  t.notMatch((await anonymous('GET', `${published}/sections/other`)).body, /更正/);
  const listed = await anonymous('GET', '/v1/reports?agency=shili-housing&years=2022');
  t.match(listed.json(), { items: [{ status: 'published', revision: 1 }] });
});

await t.test('without a key lists hold what is published and nothing else', async (t) => {
  const { call, anonymous } = await testApp(t, { demo: true });
  const count = async (as: typeof call, query: string) =>
    (await as('GET', `/v1/reports?limit=500&${query}`)).json<{ items: unknown[] }>().items.length;
  t.equal(await count(anonymous, ''), await count(call, 'status=published'));
  t.equal(await count(anonymous, 'status=draft'), 0);
  t.equal(await count(anonymous, 'years=2023'), 0);
});

await t.test('a key that is not known is refused even where none is needed', async (t) => {
  const { anonymous } = await testApp(t);
  for (const header of ['Bearer wrong', 'Bearer ', `Basic ${adminKey}`, adminKey, `Bearer ${adminKey} x`]) {
    const response = await anonymous('GET', '/v1/forms', undefined, { authorization: header });
    assertProblem(t, response, 401, 'key-unknown');
  }
  const lower = await anonymous('GET', '/v1/agencies', undefined, { authorization: `bearer ${adminKey}` });
  t.equal(lower.statusCode, 200, 'the scheme is not case-sensitive (RFC 9110)');
});

await t.test('the key is not kept, only its hash', async (t) => {
  const { service } = await testApp(t);
  const { createHash } = await import('node:crypto');
  const hash = createHash('sha256').update(adminKey).digest('hex');
  t.match(await service.store.findCredential(hash), { principal: { keyId: 'admin', role: 'admin' } });
  t.equal(await service.store.findCredential(adminKey), undefined);
});
