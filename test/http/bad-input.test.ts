import t, { type Test } from 'tap';
import { narrativeLength } from '../../src/schemas/text.ts';
import { testApp } from '../support/app.ts';
import { assertProblem, pointers } from '../support/problem.ts';
import { registerWuyang, wuyang, wuyangReport } from '../support/wuyang.ts';

const { call } = await testApp(t, { bodyLimit: 200_000 });
await registerWuyang(call);
const { body: before } = await call('PUT', wuyangReport, wuyang);

/** A test after which the report is as it was: nothing a refused write said may be found in the store. */
async function refused(name: string, provoke: (t: Test) => Promise<void>): Promise<void> {
  await t.test(name, async (t) => {
    await provoke(t);
    t.equal((await call('GET', wuyangReport)).body, before, 'nothing was stored');
  });
}

const put = (body: unknown, headers: Record<string, string> = {}) =>
  call('PUT', wuyangReport, body, { 'if-match': '*', ...headers });

const cell = (value: string) => `{"sections":{"requests":{"received":{"natural":${value}}}}}`;
const atCell = '/sections/requests/received/natural';

await refused('broken JSON', async (t) => {
  for (const body of ['{"sections":', '', '[1,]', '{"a":01}', 'null x', '{“a”:1}']) {
    const { detail } = assertProblem(t, await put(body), 400, 'body-malformed');
    t.match(detail, /^正文无法解析：第 \d+ 个字符：/);
    t.notMatch(detail, /JSON at|Unexpected|position/, 'not what the parser says');
  }
  const english = await put('{"sections":\n}', { 'accept-language': 'en' });
  const { detail } = assertProblem(t, english, 400, 'body-malformed');
  t.equal(detail, 'The body cannot be parsed: line 2, character 1: a value should be here, not “}”.');
});

await refused('a body that is no object', async (t) => {
  for (const body of ['null', '[]', '"text"', '3']) assertProblem(t, await put(body), 400, 'request-invalid');
});

await refused('bytes that are not UTF-8, as a GBK body is', async (t) => {
  const gbk = Buffer.from([0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xce, 0xc4, 0x22, 0x7d]);
  const { app } = await testApp(t);
  const refused = await app.inject({
    method: 'POST',
    url: '/v1/check',
    headers: { authorization: 'Bearer test-admin-key-0123456789-abcdefghij', 'content-type': 'application/json' },
    payload: gbk,
  });
  t.match(assertProblem(t, refused, 400, 'body-malformed').detail, /第 7 个字符：从这里起不是 UTF-8/);
});

await refused('a byte order mark is no fault', async (t) => {
  const response = await put(`\uFEFF${JSON.stringify(wuyang)}`);
  t.equal(response.statusCode, 200);
});

await refused('the wrong media type', async (t) => {
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/xml']) {
    assertProblem(t, await put('a=1', { 'content-type': type }), 415, 'media-type-unsupported');
  }
});

await refused('a body over the limit', async (t) => {
  const response = await put({ sections: { overview: { text: '字'.repeat(100_000) } } });
  t.match(assertProblem(t, response, 413, 'body-too-large').detail, /200000/);
});

await refused('a section, row, column or member that does not exist, each with what there is', async (t) => {
  const body = { sections: { petitions: {}, requests: { recieved: {}, received: { naturel: 1 } } }, zero: true };
  const problem = assertProblem(t, await put(body), 400, 'request-invalid');
  t.same(pointers(problem).sort(), [
    '/sections/petitions',
    '/sections/requests/received/naturel',
    '/sections/requests/recieved',
    '/zero',
  ]);
  t.match(problem.errors?.find(({ pointer }) => pointer.endsWith('naturel'))?.detail, /natural, business/);
});

await refused('a count that is a fraction, negative, text, too great', async (t) => {
  for (const value of ['1.5', '-1', '"3"', '9007199254740992', '1e400', 'true', '[]', '{}']) {
    t.same(pointers(assertProblem(t, await put(cell(value)), 400, 'request-invalid')), [atCell], value);
  }
});

await refused('every fault is listed at once', async (t) => {
  const rows = Object.keys(wuyang.sections['requests'] ?? {});
  const requests = Object.fromEntries(rows.map((row) => [row, { natural: -1, total: '1' }]));
  const problem = assertProblem(t, await put({ sections: { requests } }), 400, 'request-invalid');
  t.equal(problem.errors?.length, 2 * rows.length);
  t.match(problem.detail, /50/);
});

await refused('__proto__ and constructor are members like any other that does not exist', async (t) => {
  for (const name of ['__proto__', 'constructor', 'toString']) {
    const inside = await put(`{"sections":{"requests":{"${name}":{"natural":1}}}}`);
    t.same(pointers(assertProblem(t, inside, 400, 'request-invalid')), [`/sections/requests/${name}`]);
    const patch = await call('PATCH', wuyangReport, `{"${name}":{"polluted":true}}`, { 'if-match': '*' });
    t.same(pointers(assertProblem(t, patch, 400, 'request-invalid')), [`/${name}`]);
  }
  t.notOk('polluted' in {});
});

await refused('text with control characters or half a character', async (t) => {
  for (const character of ['\\u0000', '\\u0008', '\\u001b', '\\u007f', '\\ud800', '\\udc00x']) {
    const response = await put(`{"sections":{"overview":{"text":"本机关${character}"}}}`);
    t.same(pointers(assertProblem(t, response, 400, 'request-invalid')), ['/sections/overview/text'], character);
  }
});

await refused('text longer than any report, with the bound', async (t) => {
  const response = await put({ sections: { overview: { text: 'x'.repeat(narrativeLength + 1) } } });
  const problem = assertProblem(t, response, 400, 'request-invalid');
  t.match(problem.errors, [{ pointer: '/sections/overview/text', detail: new RegExp(String(narrativeLength)) }]);
});

await refused('a note at an address that is no cell', async (t) => {
  const problem = assertProblem(t, await put({ notes: { 'requests.nope.total': '注' } }), 400, 'request-invalid');
  t.same(pointers(problem), ['/notes/requests.nope.total']);
});

await refused('an unknown agency or year is said before the body is read', async (t) => {
  const broken = '{"sections":';
  assertProblem(t, await call('PUT', '/v1/agencies/nobody/reports/2021', broken), 404, 'agency-not-found');
  assertProblem(t, await call('PUT', '/v1/agencies/wuyang-office/reports/2022', broken), 404, 'year-not-found');
  for (const method of ['PATCH', 'DELETE'] as const) {
    const missing = await call(method, '/v1/agencies/wuyang-office/reports/2022', broken);
    assertProblem(t, missing, 404, 'year-not-found');
  }
});

await refused('a year no edition covers', async (t) => {
  const report = await call('PUT', '/v1/agencies/wuyang-office/reports/2010', wuyang);
  t.match(assertProblem(t, report, 422, 'year-without-edition').detail, /2019/, 'it names those there are');
  assertProblem(t, await call('PUT', '/v1/years/2018', {}), 422, 'year-without-edition');
  assertProblem(t, await call('POST', '/v1/check', { year: 2018, sections: {} }), 422, 'year-without-edition');
});

await refused('a query that is not understood', async (t) => {
  const faults = async (url: string) => assertProblem(t, await call('GET', url), 400, 'request-invalid').errors;
  const three = await faults('/v1/reports?verdict=fine&limit=0&nope=1');
  t.same(three?.map(({ pointer }) => pointer).sort(), ['/limit', '/nope', '/verdict']);
  t.ok(three?.every((fault) => fault.in === 'query'));
  t.match(await faults(`${wuyangReport}?at=2024-01-01`), [{ pointer: '/at', in: 'query' }], 'not dropped unseen');
  t.match(await faults('/v1/forms?language=en'), [{ pointer: '/language' }]);
  t.match(await faults('/v1/reports?years=20x1'), [{ pointer: '/years' }]);
  t.match(await faults('/v1/agencies?cursor=%25%25'), [{ pointer: '/cursor', in: 'query' }]);
  t.match(await faults('/v1/agencies?cursor=MTIz'), [{ pointer: '/cursor' }], 'a cursor of another list');
  t.match(await faults('/v1/agencies/%20x'), [{ pointer: '/agencyId', in: 'path' }]);
});

await refused('messages are in English where asked for', async (t) => {
  const response = await put(cell('"3"'), { 'accept-language': 'fr, en;q=0.8, zh;q=0.5' });
  t.match(assertProblem(t, response, 400, 'request-invalid').errors?.[0]?.detail, /Should be an integer or null/);
  t.equal(response.headers['content-language'], 'en');
});

await refused('a year in an address has one spelling', async (t) => {
  for (const year of ['0x7E5', '%202021', '2021e0', 'nope', '21']) {
    const response = await call('GET', `/v1/agencies/wuyang-office/reports/${year}`);
    t.same(pointers(assertProblem(t, response, 400, 'request-invalid')), ['/year'], year);
  }
});

await refused('a value however deep is refused, not spelled out', async (t) => {
  const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
  for (const body of [deep, `{"sections":{"overview":{"text":${deep}}}}`, `{"notes":${deep}}`]) {
    assertProblem(t, await put(body), 400, 'request-invalid');
    assertProblem(t, await call('PATCH', wuyangReport, body, { 'if-match': '*' }), 400, 'request-invalid');
  }
});

await refused('a state is not written: it is what acts make it', async (t) => {
  const claims = { status: 'submitted', publishedRevision: 7, submittedAt: '2022-01-01T00:00:00Z' };
  const claimed = assertProblem(t, await put({ ...wuyang, ...claims }), 422, 'report-managed');
  t.same(pointers(claimed), ['/status', '/publishedRevision', '/submittedAt']);
  const changed = assertProblem(t, await put({ status: 'published' }), 422, 'report-managed');
  t.match(changed.errors?.[0]?.detail, /draft/, 'it says what the report has');
  const patch = await call('PATCH', wuyangReport, claims, { 'if-match': '*' });
  t.same(pointers(assertProblem(t, patch, 400, 'request-invalid')).sort(), [
    '/publishedRevision',
    '/status',
    '/submittedAt',
  ]);
});

await refused('an encoded body is refused for what it is', async (t) => {
  const response = await put('{}', { 'content-encoding': 'gzip' });
  t.match(assertProblem(t, response, 415, 'media-type-unsupported').detail, /gzip/);
});

await refused('one line of text says something, in one line', async (t) => {
  for (const preparedBy of ['', '  ', 'a\nb', 'a\u0085b', '\u202Eabc']) {
    t.same(pointers(assertProblem(t, await put({ preparedBy }), 400, 'request-invalid')).slice(0, 1), ['/preparedBy']);
  }
});

await refused('a range or a time that cannot be', async (t) => {
  for (const query of ['years=2021-2019', 'updatedAfter=2021-12-31T23:59:60Z']) {
    assertProblem(t, await call('GET', `/v1/reports?${query}`), 400, 'request-invalid');
  }
});

await refused('faults beyond what one answer lists are counted all the same', async (t) => {
  const items = Array.from({ length: 1_500 }, (_, n) => ({ id: `a${n}`, name: '甲', level: 'county' }));
  const problem = assertProblem(t, await call('POST', '/v1/agencies/batch', { items }), 400, 'request-invalid');
  t.match(problem.detail, /1500/);
  t.equal(problem.errors?.length, 1_000);
});
