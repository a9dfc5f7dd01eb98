import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import t from 'tap';
import { problems, type ProblemCode } from '../../src/domain/problem.ts';
import { statusOf } from '../../src/http/problems.ts';
import { publish } from '../../src/domain/report.ts';
import { testApp, testTime, type Call, type TestApp } from '../support/app.ts';
import { assertProblem } from '../support/problem.ts';
import { registerWuyang, wuyang, wuyangReport } from '../support/wuyang.ts';
import { testDeed } from '../support/store.ts';

const key = { agencyId: 'wuyang-office', year: 2021 };

/** Makes the report public, as an act of the workflow would. */
async function publishReport({ service }: TestApp): Promise<void> {
  await service.store.changeReport(key, ({ report }) => {
    if (!report) throw new Error('no report');
    return { write: publish(report, testTime.toISOString()), deed: testDeed, result: () => undefined };
  });
}

const oneOfTwo = { upheld: 1, corrected: 0, otherOutcome: 0, pending: 0, total: 2 };

/** How each problem is provoked; the test fails where one is missing, so the list is complete. */
const provocations: { readonly [Code in ProblemCode]?: (app: TestApp) => ReturnType<Call> } = {
  'request-malformed': ({ anonymous }) => anonymous('GET', '/v1/%zz'),
  'body-malformed': ({ call }) => call('PUT', '/v1/years/2022', '{'),
  'request-invalid': ({ call }) => call('PUT', '/v1/years/2022', { due: 1 }),
  'key-missing': ({ anonymous }) => anonymous('GET', '/v1/agencies'),
  'key-unknown': ({ anonymous }) => anonymous('GET', '/v1/forms', undefined, { authorization: 'Bearer nope' }),
  'route-not-found': ({ anonymous }) => anonymous('GET', '/v2/forms'),
  'form-not-found': ({ anonymous }) => anonymous('GET', '/v1/forms/2008'),
  'agency-not-found': ({ call }) => call('GET', '/v1/agencies/nobody'),
  'year-not-found': ({ call }) => call('GET', '/v1/years/2030'),
  'report-not-found': ({ call }) => call('DELETE', '/v1/agencies/empty/reports/2021'),
  'extension-not-found': ({ call }) => call('GET', '/v1/years/2021/extensions/empty'),
  'extension-not-expected': async ({ call }) => {
    await call('PUT', '/v1/agencies/tax', { name: '税务局', level: 'county', kind: 'department', vertical: true });
    return call('PUT', '/v1/years/2021/extensions/tax', { due: '2099-01-01', reason: '系统故障' });
  },
  'extension-not-later': ({ call }) =>
    call('PUT', '/v1/years/2021/extensions/empty', { due: '2022-01-31', reason: '机构改革' }),
  'year-refused': ({ call }) => call('PUT', '/v1/years/2022', { due: { county: '2022-01-01' } }),
  'report-not-yet': ({ call }) => call('GET', `${wuyangReport}?asOf=2020-01-01`),
  'revision-not-found': ({ call }) => call('GET', `${wuyangReport}/revisions/99`),
  'last-year-missing': ({ call }) =>
    call('POST', '/v1/agencies/empty/reports/2021/prefill', undefined, { 'if-match': '*' }),
  'section-not-found': ({ call }) => call('GET', `${wuyangReport}/sections/petitions`),
  'method-not-allowed': ({ call }) => call('POST', '/v1/years', 'not even JSON'),
  'not-acceptable': ({ anonymous }) => anonymous('GET', '/v1/forms', undefined, { accept: 'text/csv' }),
  'report-state': ({ call }) => call('PUT', wuyangReport, {}, { 'if-match': '*' }),
  'report-managed': ({ call }) =>
    call('PUT', '/v1/agencies/empty/reports/2021', { status: 'accepted' }, { 'if-match': '*' }),
  'report-handed-in': ({ call }) => call('DELETE', wuyangReport, undefined, { 'if-match': '*' }),
  'not-consolidating': ({ call }) => call('GET', '/v1/agencies/wuyang-office/consolidation/2021'),
  'no-children': async ({ call }) => {
    await call('PUT', '/v1/agencies/lonely', { name: '示例县人民政府', level: 'county', kind: 'government' });
    return call('GET', '/v1/agencies/lonely/consolidation/2021');
  },
  'nothing-handed-in': async ({ call }) => {
    const child = { name: '示例镇人民政府', level: 'township', kind: 'township', parentId: 'upper' };
    await call('PUT', '/v1/agencies/upper', { name: '示例县人民政府', level: 'county', kind: 'government' });
    await call('PUT', '/v1/agencies/lower', child);
    return call('POST', '/v1/agencies/upper/consolidation/2021');
  },
  'agency-in-use': ({ call }) => call('DELETE', '/v1/agencies/wuyang-office'),
  'year-in-use': ({ call }) => call('DELETE', '/v1/years/2021'),
  'precondition-failed': ({ call }) => call('PUT', '/v1/years/2021', { status: 'closed' }, { 'if-match': '"old"' }),
  'precondition-required': ({ call }) => call('PUT', wuyangReport, {}),
  'body-too-large': ({ call }) => call('PUT', '/v1/years/2022', { due: 'x'.repeat(70_000) }),
  'media-type-unsupported': ({ call }) => call('PUT', '/v1/years/2022', '<a/>', { 'content-type': 'text/xml' }),
  'agency-refused': ({ call }) =>
    call('PUT', '/v1/agencies/a', { name: '甲局', level: 'county', kind: 'department', parentId: 'nobody' }),
  'key-not-found': ({ call }) => call('GET', '/v1/keys/nobody'),
  'key-exists': ({ call }) => call('POST', '/v1/keys', { id: 'admin', role: 'admin' }),
  'key-refused': ({ call }) => call('POST', '/v1/keys', { role: 'reporter' }),
  'key-revoked': async ({ call }) => {
    await call('POST', '/v1/keys', { id: 'gone', role: 'reader' });
    await call('DELETE', '/v1/keys/gone');
    return call('POST', '/v1/keys/gone/rotate', {});
  },
  'key-rotated': async ({ call }) => {
    await call('POST', '/v1/keys/admin/rotate', {});
    return call('POST', '/v1/keys/admin/rotate', {});
  },
  'last-admin-key': ({ call }) => call('DELETE', '/v1/keys/admin'),
  'too-many-requests': async ({ anonymous }) => {
    const guess = (n: number) => anonymous('GET', '/v1/forms', undefined, { authorization: `Bearer guess-${n}` });
    for (let n = 0; n < 10; n += 1) await guess(n);
    return guess(10);
  },
  'finding-not-found': ({ call }) =>
    call('PUT', `${wuyangReport}/waivers/requests.carriedIn/total`, { reason: '另有原因' }),
  'waiver-not-found': ({ call }) => call('DELETE', `${wuyangReport}/waivers/requests.carriedIn/total`),
  'not-waivable': async ({ call }) => {
    const broken = { ...wuyang, sections: { ...wuyang.sections, disputes: { reconsideration: oneOfTwo } } };
    await call('PUT', '/v1/agencies/empty/reports/2021', broken, { 'if-match': '*' });
    return call('PUT', '/v1/agencies/empty/reports/2021/waivers/disputes.total/reconsideration', {
      reason: '另有原因',
    });
  },
  'report-has-errors': async ({ call }) => {
    await call('PUT', '/v1/agencies/empty/reports/2021', { zeroReport: true }, { 'if-match': '*' });
    return call('POST', '/v1/agencies/empty/reports/2021/submit', {});
  },
  'as-printed-early': async ({ call }) => {
    await call('PUT', '/v1/years/2023', {});
    const early = { status: 'open', publishBy: { department: '2024-12-31' } };
    await call('PUT', '/v1/years/2023', early);
    return call('PUT', '/v1/agencies/empty/reports/2023', { asPrinted: true });
  },
  'idempotency-key-reused': async ({ call }) => {
    const once = { 'idempotency-key': 'once' };
    await call('POST', `${wuyangReport}/reopen`, { reason: '一处有误' }, once);
    return call('POST', `${wuyangReport}/reopen`, { reason: '两处有误' }, once);
  },
  'batch-refused': ({ call }) =>
    call('POST', '/v1/reports/batch?atomic=true', '{}', { 'content-type': 'application/x-ndjson' }),
  'multipart-malformed': ({ call }) =>
    call('POST', '/v1/imports', 'x', { 'content-type': 'multipart/form-data; boundary=y' }),
  'year-without-edition': ({ call }) => call('PUT', '/v1/years/1800', {}),
};

/**
 * Provoked by tests of their own, since they need a broken service, a bare socket, a race or a great many of something,
 * or stand in an answer in the place of one document.
 */
const apart: readonly ProblemCode[] = [
  'internal',
  'not-ready',
  'not-allowed',
  'agency-not-yours',
  'year-not-open',
  'agency-not-there',
  'headers-too-large',
  'year-changed',
  'too-many-lines',
  'too-many-documents',
  'import-busy',
  'feed-busy',
  'statistics-busy',
  'document-refused',
  'document-reading-failed',
];

await t.test('every problem of the catalogue can be provoked and has the one shape', async (t) => {
  const app = await testApp(t, { bodyLimit: 65_536 });
  await registerWuyang(app.call);
  await app.call('PUT', '/v1/agencies/empty', { name: '空局', level: 'county', kind: 'department' });
  await app.call('PUT', wuyangReport, wuyang);
  await publishReport(app);
  for (const code of Object.keys(problems) as ProblemCode[]) {
    const provoke = provocations[code];
    if (provoke) await t.test(code, async (t) => void assertProblem(t, await provoke(app), statusOf(code), code));
    else t.ok(apart.includes(code), `${code} is provoked somewhere`);
  }
});

await t.test('a fault inside answers 500 without a detail, and is logged with its stack', async (t) => {
  const { service, call } = await testApp(t);
  await service.store.close();
  const body = assertProblem(t, await call('GET', '/v1/forms'), 500, 'internal');
  t.notMatch(JSON.stringify(body), /database|SQL|\.ts/i);
});

await t.test('a service whose database is gone is alive but not ready', async (t) => {
  const { service, anonymous } = await testApp(t);
  t.equal((await anonymous('GET', '/readyz')).statusCode, 200);
  await service.store.close();
  const refused = await anonymous('GET', '/readyz');
  assertProblem(t, refused, 503, 'not-ready');
  t.equal(refused.headers['retry-after'], '1');
  t.equal((await anonymous('GET', '/healthz')).statusCode, 200);
});

await t.test('401 says how to authenticate, 405 what is allowed', async (t) => {
  const { anonymous } = await testApp(t);
  for (const url of ['/v1/agencies', '/v1/years/2023/progress'])
    t.equal((await anonymous('GET', url)).headers['www-authenticate'], 'Bearer', 'no browser opens a dialog');
  t.equal((await anonymous('DELETE', '/v1/forms')).headers['allow'], 'GET, HEAD');
});

await t.test('what Node refuses before there is a request has the shape too', async (t) => {
  const { app } = await testApp(t);
  await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.server.address() as AddressInfo;
  const cases = [
    { sent: 'nonsense\r\n\r\n', status: 400, code: 'request-malformed' },
    { sent: `GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, status: 431, code: 'headers-too-large' },
  ];
  for (const { sent, status, code } of cases) {
    const [head, body] = (await exchange(port, sent)).split('\r\n\r\n') as [string, string];
    t.match(head, new RegExp(`^HTTP/1\\.1 ${status} `));
    t.match(head, /application\/problem\+json/);
    t.match(JSON.parse(body), { code, status, type: `/problems/${code}` });
  }
});

await t.test('every problem has a page, in both languages, with nothing that could be run', async (t) => {
  const { anonymous } = await testApp(t);
  const index = await anonymous('GET', '/problems');
  for (const [code, { title }] of Object.entries(problems)) {
    const page = await anonymous('GET', `/problems/${code}`);
    t.equal(page.statusCode, 200);
    t.match(page.headers['content-security-policy'], /default-src 'none'/);
    t.ok(page.body.includes(title['zh-CN']) && page.body.includes(title.en), code);
    t.ok(index.body.includes(`href="/problems/${code}"`));
  }
  assertProblem(t, await anonymous('GET', '/problems/no-such'), 404, 'route-not-found');
});

/** Sends bytes to the bare socket and answers with what comes back. */
async function exchange(port: number, sent: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.end(sent);
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
