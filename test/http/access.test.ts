import t from 'tap';
import type { ReportKey } from '../../src/domain/report.ts';
import { adminKey, testApp } from '../support/app.ts';
import { assertProblem } from '../support/problem.ts';
import { testDeed } from '../support/store.ts';

const published = '/v1/agencies/shili-housing/reports/2022';
const draft = '/v1/agencies/shili-housing/reports/2023';

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

/** HTTP Basic: the header a program sends for a name and a password. */
const basic = (pair: string) => `Basic ${Buffer.from(pair).toString('base64')}`;

await t.test('a program that knows names and passwords only sends the key as the password', async (t) => {
  const { anonymous, as } = await testApp(t, { demo: true });
  const ask = (authorization: string, url = '/v1/agencies') => anonymous('GET', url, undefined, { authorization });
  for (const pair of [`:${adminKey}`, `anybody:${adminKey}`, `张三:${adminKey}`])
    t.equal((await ask(basic(pair))).statusCode, 200, pair);
  t.equal((await ask(basic(`:${adminKey}`).replace('Basic', 'basic'))).statusCode, 200);
  for (const header of [basic(adminKey), basic(`${adminKey}:`), basic(`a:b:${adminKey}`), basic(':'), 'Basic !'])
    assertProblem(t, await ask(header), 401, 'key-unknown');
  const bound = await as('reader', 'shili-dongshi');
  t.equal((await bound('GET', '/v1/years/2023/calendar.ics')).statusCode, 200);
  const write = await anonymous('PUT', '/v1/years/2030', {}, { authorization: basic(`:${adminKey}`) });
  assertProblem(t, write, 401, 'key-unknown');
});

await t.test('a calendar program is asked for a password, nobody else is', async (t) => {
  const { anonymous } = await testApp(t, { demo: true });
  const calendar = '/v1/years/2023/calendar.ics';
  const challenges = ['Bearer', 'Basic realm="nianbao", charset="UTF-8"'];
  for (const headers of [{}, { authorization: basic(':wrong') }]) {
    const refused = await anonymous('GET', calendar, undefined, headers);
    t.equal(refused.statusCode, 401);
    t.same(refused.headers['www-authenticate'], challenges);
  }
  const dates = await anonymous('GET', calendar, undefined, { authorization: basic(`calendar:${adminKey}`) });
  t.match(dates.body, /^BEGIN:VCALENDAR/);
  const elsewhere = await anonymous('GET', '/v1/years/2023', undefined, { authorization: basic(':wrong') });
  t.equal(elsewhere.headers['www-authenticate'], 'Bearer');
});

await t.test('the key is not kept, only its hash', async (t) => {
  const { service } = await testApp(t);
  const { createHash } = await import('node:crypto');
  const hash = createHash('sha256').update(adminKey).digest('hex');
  t.match(await service.store.findCredential(hash), { principal: { keyId: 'admin', role: 'admin' } });
  t.equal(await service.store.findCredential(adminKey), undefined);
});
