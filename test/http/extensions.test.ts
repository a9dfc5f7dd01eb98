import t from 'tap';
import { testApp, type Call } from '../support/app.ts';
import { assertProblem } from '../support/problem.ts';

const housing = '/v1/years/2023/extensions/shili-housing';
const later = { due: '2024-02-05', reason: '机构改革，材料移交尚未完成。' };

async function sequence({ store }: { store: { lastEvent(): Promise<number> } }): Promise<number> {
  return store.lastEvent();
}

await t.test('more time is granted, read, granted again, changed and taken back', async (t) => {
  const { call, service } = await testApp(t, { demo: true });
  const made = await call('PUT', housing, later);
  t.equal(made.statusCode, 201);
  t.strictSame(made.json(), {
    year: 2023,
    agencyId: 'shili-housing',
    ...later,
    grantedBy: 'admin',
    grantedAt: '2024-02-01T08:00:00.000Z',
    afterPublishBy: '2024-01-31',
  });
  const read = await call('GET', housing);
  t.equal(read.body, made.body);
  t.equal(read.headers.etag, made.headers.etag);
  const tag = String(read.headers.etag);
  t.equal((await call('GET', housing, undefined, { 'if-none-match': tag })).statusCode, 304);

  const before = await sequence(service);
  const again = await call('PUT', housing, later, { 'if-match': '"another"' });
  t.equal(again.statusCode, 200, 'the same again needs no tag');
  t.equal(again.headers.etag, tag);
  t.equal(await sequence(service), before, 'and is no event');

  const other = { ...later, due: '2024-02-08' };
  assertProblem(t, await call('PUT', housing, other, { 'if-match': '"another"' }), 412, 'precondition-failed');
  assertProblem(t, await call('PUT', housing, other, { 'if-none-match': '*' }), 412, 'precondition-failed');
  const changed = await call('PUT', housing, other, { 'if-match': tag });
  t.match([changed.statusCode, changed.json()], [200, other]);

  assertProblem(t, await call('DELETE', housing, undefined, { 'if-match': tag }), 412, 'precondition-failed');
  t.equal((await call('DELETE', housing)).statusCode, 204);
  assertProblem(t, await call('GET', housing), 404, 'extension-not-found');
  assertProblem(t, await call('DELETE', housing), 404, 'extension-not-found');
});

await t.test('time beyond the day of publication is granted, and told of', async (t) => {
  const { call } = await testApp(t, { demo: true });
  const county = await call('PUT', '/v1/years/2023/extensions/shili-dongshi', { ...later, due: '2024-03-31' });
  t.notOk('afterPublishBy' in county.json<object>(), 'on that very day it can be published still');
  const beyond = await call('PUT', housing, later);
  t.match(beyond.json(), { afterPublishBy: '2024-01-31' });
  t.match((await call('PUT', housing, later)).json(), { afterPublishBy: '2024-01-31' }, 'granted again as well');
  await call('PATCH', '/v1/years/2023', { publishBy: { department: '2024-02-05' } });
  const within = await call('GET', housing);
  t.notOk('afterPublishBy' in within.json<object>());
  t.not(within.headers.etag, beyond.headers.etag, 'what is told otherwise has another tag');
  const stale = await call('DELETE', housing, undefined, { 'if-match': String(beyond.headers.etag) });
  assertProblem(t, stale, 412, 'precondition-failed');
  t.equal((await call('DELETE', housing, undefined, { 'if-match': String(within.headers.etag) })).statusCode, 204);
});

await t.test('every write of one is recorded, with its reason and what it became', async (t) => {
  const { call, service } = await testApp(t, { demo: true });
  const before = await sequence(service);
  await call('PUT', housing, later);
  await call('DELETE', housing);
  const { events } = await service.store.events({ keys: true }, { after: before, limit: 9 });
  const [granted, removed, ...rest] = events;
  const resource = { kind: 'extension', agencyId: 'shili-housing', year: 2023 };
  t.match(granted, { act: 'putExtension', by: { keyId: 'admin' }, resource, reason: later.reason });
  t.match(JSON.parse(granted?.state ?? ''), { ...later, grantedBy: 'admin' });
  t.match(removed, { act: 'deleteExtension', resource });
  t.notOk(removed && 'state' in removed);
  t.same(rest, []);
});

await t.test('what is no later is refused, naming both dates', async (t) => {
  const { call } = await testApp(t, { demo: true });
  for (const due of ['2024-01-30', '2024-01-31']) {
    const refused = await call('PUT', housing, { ...later, due });
    const { detail } = assertProblem(t, refused, 422, 'extension-not-later');
    t.match(detail, '2024-01-31');
    t.match(detail, due);
  }
  const county = '/v1/years/2023/extensions/shili-dongshi';
  assertProblem(t, await call('PUT', county, { ...later, due: '2024-02-20' }), 422, 'extension-not-later');
  t.equal((await call('PUT', county, { ...later, due: '2024-02-21' })).statusCode, 201);
});

await t.test('a body is held to the letter, and what is not there is said before it', async (t) => {
  const { call } = await testApp(t, { demo: true });
  const bodies = [
    {},
    { due: later.due },
    { ...later, reason: ' ' },
    { ...later, reason: 1 },
    { ...later, due: '2024-02-30' },
    { ...later, due: '2024-02-05T00:00:00Z' },
    { ...later, grantedBy: 'me' },
  ];
  for (const body of bodies) assertProblem(t, await call('PUT', housing, body), 400, 'request-invalid');
  assertProblem(t, await call('PUT', '/v1/years/2023/extensions/nobody', {}), 404, 'agency-not-found');
  assertProblem(t, await call('PUT', '/v1/years/2030/extensions/shili-housing', {}), 404, 'year-not-found');
  assertProblem(t, await call('GET', '/v1/years/2030/extensions'), 404, 'year-not-found');
});

await t.test('a collector sees whom he gave time, by pages and below one agency', async (t) => {
  const { call } = await testApp(t, { demo: true });
  for (const id of ['shili-housing', 'shili-xili-market', 'shili-dongshi-health']) {
    await call('PUT', `/v1/years/2023/extensions/${id}`, later);
  }
  await call('PUT', '/v1/years/2022/extensions/shili-fund', later);
  const ids = async (query: string) => {
    const { items } = (await call('GET', `/v1/years/2023/extensions${query}`)).json<{ items: Named[] }>();
    return items.map(({ agencyId }) => agencyId);
  };
  t.same(await ids(''), ['shili-dongshi-health', 'shili-housing', 'shili-xili-market']);
  t.same(await ids('?under=shili-xili'), ['shili-xili-market']);
  const first = await call('GET', '/v1/years/2023/extensions?limit=2');
  t.match(first.json(), { items: [{ agencyName: /./, due: later.due, grantedBy: 'admin' }, {}] });
  t.same(await ids(`?limit=2&cursor=${first.json<{ next: string }>().next}`), ['shili-xili-market']);
});

interface Named {
  readonly agencyId: string;
}

await t.test('an agency and a year with extensions stay until they are taken back', async (t) => {
  const { call } = await testApp(t);
  await call('PUT', '/v1/agencies/a', { name: '甲局', level: 'county', kind: 'department' });
  await call('PUT', '/v1/years/2023', {});
  await call('PUT', '/v1/years/2023/extensions/a', later);
  assertProblem(t, await call('DELETE', '/v1/agencies/a'), 409, 'agency-in-use');
  assertProblem(t, await call('DELETE', '/v1/years/2023'), 409, 'year-in-use');
  t.equal((await call('PATCH', '/v1/years/2023', { edition: '2019' })).statusCode, 200, 'the edition may change');
  await call('DELETE', '/v1/years/2023/extensions/a');
  t.equal((await call('DELETE', '/v1/agencies/a')).statusCode, 204);
  t.equal((await call('DELETE', '/v1/years/2023')).statusCode, 204);
});

interface Listed {
  readonly agencyId: string;
  readonly dueOn: string;
  readonly overdue: boolean;
  readonly submittedLate: boolean;
}

async function summary(call: Call, query: string): Promise<Listed | undefined> {
  const { items } = (await call('GET', `/v1/reports?years=2023&agency=shili-housing${query}`)).json<{
    items: Listed[];
  }>();
  return items[0];
}

await t.test('a report’s date, and whether it is overdue, follow the extension', async (t) => {
  const { call } = await testApp(t, { demo: true });
  t.match(await summary(call, ''), { dueOn: '2024-01-31', overdue: true, submittedLate: false });
  t.ok(await summary(call, '&overdue=true'));
  await call('PUT', housing, { ...later, due: '2024-02-01' });
  t.match(await summary(call, ''), { dueOn: '2024-02-01', overdue: false });
  t.notOk(await summary(call, '&overdue=true'), 'the last day is not over');
  t.ok(await summary(call, '&overdue=false'));
  const moved = { department: '2024-02-15' };
  await call('PATCH', '/v1/years/2023', { due: moved, publishBy: moved });
  t.match(await summary(call, ''), { dueOn: '2024-02-15' }, 'a date set later for all holds for it as well');
});

await t.test('what is as printed is handed in and never overdue', async (t) => {
  const { call } = await testApp(t, { demo: true });
  await call('PATCH', '/v1/agencies/shili-housing/reports/2023', { asPrinted: true }, { 'if-match': '*' });
  t.match(await summary(call, ''), { status: 'draft', overdue: false });
  t.notOk(await summary(call, '&overdue=true'));
});

await t.test('time is granted by the office above, and told to those inside', async (t) => {
  const { as } = await testApp(t, { demo: true });
  const county = await as('collector', 'shili-dongshi');
  const health = '/v1/years/2023/extensions/shili-dongshi-health';
  t.equal((await county('PUT', health, later)).statusCode, 201);
  const own = '/v1/years/2023/extensions/shili-dongshi';
  assertProblem(t, await county('PUT', own, { ...later, due: '2024-03-01' }), 403, 'agency-not-yours');
  const reporter = await as('reporter', 'shili-dongshi-health');
  t.equal((await reporter('GET', health)).statusCode, 200);
  assertProblem(t, await reporter('PUT', health, { ...later, due: '2024-03-01' }), 403, 'not-allowed');
  assertProblem(t, await reporter('DELETE', health), 403, 'not-allowed');
  const elsewhere = await as('collector', 'shili-xili');
  t.same((await elsewhere('GET', '/v1/years/2023/extensions')).json(), { items: [] });
  t.notMatch((await elsewhere('GET', '/v1/years/2023/calendar.ics')).body, 'shili-dongshi-health');
  t.match((await elsewhere('GET', '/v1/years/2023/progress')).json(), { under: 'shili-xili', expected: 4 });
  for (const path of ['extensions', 'progress', 'reminders', 'calendar.ics']) {
    const { statusCode } = await elsewhere('GET', `/v1/years/2023/${path}?under=shili-dongshi`);
    t.equal(statusCode, 403, path);
  }
});

await t.test('without a key nothing is told of dates, and nothing published is overdue', async (t) => {
  const { anonymous } = await testApp(t, { demo: true });
  const { items } = (await anonymous('GET', '/v1/reports?years=2022')).json<{ items: object[] }>();
  t.ok(items.length > 0);
  t.notOk(items.some((item) => 'dueOn' in item || 'overdue' in item || 'submittedLate' in item));
  t.same((await anonymous('GET', '/v1/reports?overdue=true')).json(), { items: [] });
  t.same((await anonymous('GET', '/v1/reports?years=2022&overdue=false')).json(), { items });
  assertProblem(t, await anonymous('GET', '/v1/years/2023/extensions'), 401, 'key-missing');
});
