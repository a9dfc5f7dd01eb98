import t, { type Test } from 'tap';
import type { ReportInput } from '../../src/domain/report.ts';
import { putReport } from '../../src/operations/put-report.ts';
import { testApp } from '../support/app.ts';
import { assertProblem } from '../support/problem.ts';
import { registerWuyang, wuyang, wuyangReport, wuyangWith } from '../support/wuyang.ts';
import { tester } from '../support/store.ts';

interface Report {
  revision: number;
  verdict: string;
  sections: Record<string, Record<string, Record<string, number | null>>>;
}

async function withReport(t: Test) {
  const app = await testApp(t);
  await registerWuyang(app.call);
  const first = await app.call('PUT', wuyangReport, wuyang);
  return { ...app, first, tag: first.headers.etag as string };
}

await t.test('a report written is the report read, and may be sent back as it was read', async (t) => {
  const { call, first } = await withReport(t);
  t.equal(first.statusCode, 201);
  const read = await call('GET', wuyangReport);
  t.same(read.json<Report>().sections, wuyang.sections);
  t.equal(read.headers.etag, first.headers.etag);
  const sentBack = await call('PUT', wuyangReport, read.body);
  t.equal(sentBack.statusCode, 200);
  t.equal(sentBack.json<Report>().revision, 1, 'a write that changes nothing makes no revision');
});

await t.test('the order of members does not make a change', async (t) => {
  const { call } = await withReport(t);
  const reversed = Object.fromEntries(Object.entries(wuyang.sections).reverse());
  const response = await call('PUT', wuyangReport, { sections: reversed });
  t.equal(response.statusCode, 200);
  t.equal(response.json<Report>().revision, 1);
});

await t.test('what PUT leaves out is blank, never 0', async (t) => {
  const { call } = await withReport(t);
  const body = { sections: { requests: { received: { natural: 2 } } } };
  const { sections } = (await call('PUT', wuyangReport, body, { 'if-match': '*' })).json<Report>();
  t.equal(sections['requests']?.['received']?.['natural'], 2);
  t.equal(sections['requests']?.['received']?.['total'], null);
  t.equal(Object.keys(sections['requests'] ?? {}).length, 25);
  t.same(sections['overview'], { text: null });
});

await t.test('PATCH changes what it names; null blanks a cell, a row, a section', async (t) => {
  const { call } = await withReport(t);
  const patch = { sections: { requests: { received: { natural: null }, granted: null }, disputes: null } };
  const { sections } = (await call('PATCH', wuyangReport, patch, { 'if-match': '*' })).json<Report>();
  t.equal(sections['requests']?.['received']?.['natural'], null);
  t.equal(sections['requests']?.['received']?.['total'], 2, 'its neighbour stays');
  t.ok(Object.values(sections['requests']?.['granted'] ?? { a: 0 }).every((cell) => cell === null));
  t.ok(Object.values(sections['disputes']?.['reconsideration'] ?? { a: 0 }).every((cell) => cell === null));
  t.same(sections['disclosure'], wuyang.sections['disclosure']);
});

await t.test('a merge patch may come under its own media type', async (t) => {
  const { call } = await withReport(t);
  const headers = { 'if-match': '*', 'content-type': 'application/merge-patch+json' };
  t.equal((await call('PATCH', wuyangReport, { zeroReport: true }, headers)).statusCode, 200);
});

await t.test('changing what exists takes the tag it was read with', async (t) => {
  const { call, tag } = await withReport(t);
  const changed = wuyangWith({ other: { text: '改过的。' } });
  assertProblem(t, await call('PUT', wuyangReport, changed), 428, 'precondition-required');
  assertProblem(t, await call('PUT', wuyangReport, changed, { 'if-match': '"9-9-9"' }), 412, 'precondition-failed');
  const second = await call('PUT', wuyangReport, changed, { 'if-match': tag });
  t.equal(second.statusCode, 200);
  t.equal(second.json<Report>().revision, 2);
  t.not(second.headers.etag, tag);
  const stale = await call('PUT', wuyangReport, wuyang, { 'if-match': tag });
  t.match(assertProblem(t, stale, 412, 'precondition-failed').detail, /"1-2-2"/, 'it names the current tag');
  t.equal((await call('GET', wuyangReport)).json<Report>().revision, 2, 'nothing was stored');
});

await t.test('a write repeated after its answer was lost succeeds, its old If-Match notwithstanding', async (t) => {
  const { call, tag } = await withReport(t);
  const changed = wuyangWith({ other: { text: '改过的。' } });
  const first = await call('PUT', wuyangReport, changed, { 'if-match': tag });
  const again = await call('PUT', wuyangReport, changed, { 'if-match': tag });
  t.equal(again.statusCode, 200);
  t.equal(again.headers.etag, first.headers.etag);
});

await t.test('If-None-Match: * writes only where there is nothing', async (t) => {
  const { call } = await withReport(t);
  const changed = wuyangWith({ other: { text: '改过的。' } });
  const refused = await call('PUT', wuyangReport, changed, { 'if-none-match': '*', 'if-match': '*' });
  assertProblem(t, refused, 412, 'precondition-failed');
});

await t.test('a report known is answered 304 without a body', async (t) => {
  const { call, tag } = await withReport(t);
  for (const header of [tag, `W/${tag}`, `"other", ${tag}`, '*']) {
    const response = await call('GET', wuyangReport, undefined, { 'if-none-match': header });
    t.equal(response.statusCode, 304, header);
    t.equal(response.body, '');
    t.equal(response.headers.etag, tag);
  }
  t.equal((await call('GET', wuyangReport, undefined, { 'if-none-match': '"1-0-0"' })).statusCode, 200);
});

await t.test('a report deleted and made again has another tag', async (t) => {
  const { call, tag } = await withReport(t);
  assertProblem(t, await call('DELETE', wuyangReport), 428, 'precondition-required');
  t.equal((await call('DELETE', wuyangReport, undefined, { 'if-match': tag })).statusCode, 204);
  assertProblem(t, await call('GET', wuyangReport), 404, 'report-not-found');
  assertProblem(t, await call('DELETE', wuyangReport, undefined, { 'if-match': '*' }), 404, 'report-not-found');
  t.not((await call('PUT', wuyangReport, wuyang)).headers.etag, tag);
});

await t.test('the verdict follows the figures', async (t) => {
  const { call, first } = await withReport(t);
  t.equal(first.json<Report>().verdict, 'consistent');
  const patch = (total: number | null) => ({ sections: { requests: { concluded: { total } } } });
  const wrong = await call('PATCH', wuyangReport, patch(3), { 'if-match': '*' });
  t.equal(wrong.json<Report>().verdict, 'inconsistent', 'a draft with findings is stored');
  const blank = await call('PATCH', wuyangReport, patch(null), { 'if-match': '*' });
  t.equal(blank.json<Report>().verdict, 'incomplete');
});

await t.test('a body that names another report than its address is refused', async (t) => {
  const { call } = await withReport(t);
  const response = await call('PUT', wuyangReport, { ...wuyang, agencyId: 'other', year: 2022, edition: '2019' });
  assertProblem(t, response, 400, 'request-invalid');
  const slip = await call('PUT', wuyangReport, { ...wuyang, agencyId: 'other', year: 2022 });
  t.same(
    assertProblem(t, slip, 400, 'request-invalid').errors?.map(({ pointer }) => pointer),
    ['/agencyId', '/year'],
  );
});

await t.test('a year of 2019 takes the form of 2019', async (t) => {
  const { call } = await testApp(t);
  await call('PUT', '/v1/years/2019', {});
  await call('PUT', '/v1/agencies/a', { name: '甲局', level: 'county', kind: 'department' });
  const body = { sections: { disclosure: { licences: { itemsLastYear: 3, itemsChange: -2, decisions: 10 } } } };
  const response = await call('PUT', '/v1/agencies/a/reports/2019', body);
  t.equal(response.statusCode, 201);
  t.equal(response.json<Report>().sections['disclosure']?.['licences']?.['itemsChange'], -2);
  const newer = await call('PUT', '/v1/agencies/a/reports/2019', {
    sections: { disclosure: { licences: { issued: 1 } } },
  });
  assertProblem(t, newer, 400, 'request-invalid');
});

await t.test('amounts are exact to six decimals, and no further', async (t) => {
  const { call } = await withReport(t);
  const put = (amount: number) =>
    call('PUT', wuyangReport, { sections: { disclosure: { fees: { amount } } } }, { 'if-match': '*' });
  for (const amount of [0.1, 190.457379, 2601.953875, 0.000001, 1_000_000_000]) {
    t.equal((await put(amount)).json<Report>().sections['disclosure']?.['fees']?.['amount'], amount);
  }
  const refused = assertProblem(t, await put(1.2345678), 400, 'request-invalid');
  t.match(refused.errors?.[0], { pointer: '/sections/disclosure/fees/amount', detail: /6 位小数/ });
  assertProblem(t, await put(1_000_000_000.000001), 400, 'request-invalid');
});

await t.test('a merge patch removes what was set: a person, a note, all notes', async (t) => {
  const { call } = await withReport(t);
  const notes = { 'requests.received.total': '其一', 'requests.granted.total': '其二' };
  const patch = (body: object) => call('PATCH', wuyangReport, body, { 'if-match': '*' });
  await patch({ preparedBy: '甲', publishedUrl: 'https://example.org/', zeroReport: true, notes });
  const one = await patch({ preparedBy: null, publishedUrl: null, notes: { 'requests.received.total': null } });
  t.match(one.json(), { zeroReport: true, notes: { 'requests.granted.total': '其二' } });
  t.notOk('preparedBy' in one.json<object>() || 'publishedUrl' in one.json<object>());
  t.same(Object.keys(one.json<{ notes: object }>().notes), ['requests.granted.total']);
  t.match((await patch({ notes: null, zeroReport: null })).json(), { notes: {}, zeroReport: false });
});

await t.test('a body held against one edition is not stored on another', async (t) => {
  const { service, call } = await withReport(t);
  await call('PUT', '/v1/years/2022', {});
  const write = {
    key: { agencyId: 'wuyang-office', year: 2022 },
    conditions: {},
    edition: '2019',
    act: 'putReport',
    by: tester,
  };
  await t.rejects(putReport(service, write, wuyang as ReportInput), { code: 'year-changed' });
});

await t.test('a weak tag is not good enough to write by', async (t) => {
  const { call, tag } = await withReport(t);
  const changed = wuyangWith({ other: { text: '改过的。' } });
  assertProblem(t, await call('PUT', wuyangReport, changed, { 'if-match': `W/${tag}` }), 412, 'precondition-failed');
  t.equal((await call('PUT', wuyangReport, changed, { 'if-match': `"x", ${tag}` })).statusCode, 200);
});

await t.test('a DELETE may name a media type, as many clients always do', async (t) => {
  const { call } = await withReport(t);
  const headers = { 'if-match': '*', 'content-type': 'application/json' };
  t.equal((await call('DELETE', wuyangReport, undefined, headers)).statusCode, 204);
});

await t.test('formats are negotiated as the standard has it', async (t) => {
  const { call } = await withReport(t);
  const status = async (accept: string) => (await call('GET', wuyangReport, undefined, { accept })).statusCode;
  for (const accept of ['Application/JSON', 'text/html, */*;q=0.1', 'application/*', ''])
    t.equal(await status(accept), 200);
  for (const accept of ['application/json;q=0', 'application/pdf']) t.equal(await status(accept), 406, accept);
});
