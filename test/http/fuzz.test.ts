import fc from 'fast-check';
import t from 'tap';
import { testApp } from '../support/app.ts';
import { registerWuyang, wuyang, wuyangReport } from '../support/wuyang.ts';

const { call } = await testApp(t);
await registerWuyang(call);
await call('PUT', wuyangReport, wuyang);

const runs = { numRuns: 300 };
const headers = { 'if-match': '*' };

await t.test('whatever JSON is sent, the answer is an answer or a problem, never a fault inside', async (t) => {
  const targets = fc.constantFrom<[string, string]>(
    ['PUT', wuyangReport],
    ['PATCH', wuyangReport],
    ['PUT', `${wuyangReport}/sections/requests`],
    ['PATCH', `${wuyangReport}/sections/overview`],
    ['PUT', '/v1/agencies/a'],
    ['PATCH', '/v1/agencies/wuyang-office'],
    ['PUT', '/v1/years/2022'],
    ['PATCH', '/v1/years/2021'],
    ['POST', '/v1/agencies/batch'],
    ['POST', '/v1/check'],
  );
  const property = fc.asyncProperty(targets, fc.jsonValue(), async ([method, url], body) => {
    const response = await call(method, url, body, headers);
    return response.statusCode < 500 && (response.statusCode < 300 || 'code' in response.json<object>());
  });
  await t.resolves(fc.assert(property, runs));
});

await t.test('a report with one member spoilt is refused at that member, or stored as sent', async (t) => {
  const places = Object.entries(wuyang.sections).flatMap(([section, rows]) =>
    Object.entries(rows).flatMap(([row, cells]) =>
      typeof cells === 'object' && cells !== null
        ? Object.keys(cells).map((cell) => [section, row, cell] as const)
        : [],
    ),
  );
  const property = fc.asyncProperty(fc.constantFrom(...places), fc.jsonValue(), async ([section, row, cell], value) => {
    const rows = wuyang.sections[section] ?? {};
    const spoilt = { ...rows, [row]: { ...(rows[row] as object), [cell]: value } };
    const response = await call('PUT', `${wuyangReport}/sections/${section}`, spoilt, headers);
    const body = response.json<Record<string, Record<string, unknown>> & { errors?: { pointer: string }[] }>();
    if (response.statusCode === 400)
      return body.errors?.every(({ pointer }) => pointer.startsWith(`/${row}/${cell}`)) ?? false;
    return response.statusCode === 200 && Object.is(body[row]?.[cell], Object.is(value, -0) ? 0 : value);
  });
  await t.resolves(fc.assert(property, runs));
});

await t.test('whatever the address, the answer is an answer or a problem', async (t) => {
  const property = fc.asyncProperty(fc.webPath(), fc.webQueryParameters(), async (path, query) => {
    const response = await call('GET', `/v1${path}?${query}`);
    return response.statusCode < 500;
  });
  await t.resolves(fc.assert(property, runs));
});
