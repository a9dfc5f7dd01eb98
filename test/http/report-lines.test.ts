import { once } from 'node:events';
import { Agent, request } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import t from 'tap';
import type { Role } from '../../src/domain/access.ts';
import type { LinesElsewhere, PreparedLine, UnreadLine } from '../../src/schemas/report-line.ts';
import prepareInThread from '../../src/threads/line-worker.ts';
import { openDatabase } from '../../src/sqlite/open.ts';
import { adminKey, testApp, type TestApp } from '../support/app.ts';
import { assertProblem } from '../support/problem.ts';
import { registerWuyang, wuyang } from '../support/wuyang.ts';

const batch = '/v1/reports/batch';
const ndjson = { 'content-type': 'application/x-ndjson' };
const overwrite = { ...ndjson, 'if-match': '*' };

interface Result {
  readonly line: number;
  readonly outcome?: string;
  readonly etag?: string;
  readonly problem?: { readonly code: string };
}

type Lines = readonly (string | object)[];

const written = (lines: Lines) =>
  lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n');

/** What each line was answered with. */
async function results(app: TestApp, lines: Lines, headers: Record<string, string> = ndjson, query = '') {
  const response = await app.call('POST', `${batch}${query}`, written(lines), headers);
  t.equal(response.statusCode, 200, response.body);
  t.match(response.headers['content-type'], /^application\/x-ndjson/);
  return resultsIn(response.body);
}

function resultsIn(text: string): Result[] {
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Result);
}

/** An application with agencies a to e beside the one of the fixture. */
async function application(options: Parameters<typeof testApp>[1] = {}): Promise<TestApp> {
  const app = await testApp(t, options);
  await registerWuyang(app.call);
  const items = ['a', 'b', 'c', 'd', 'e'].map((id) => ({ id, name: `${id}局`, level: 'county', kind: 'department' }));
  await app.call('POST', '/v1/agencies/batch', { items });
  return app;
}

const report = (agencyId: string, more: object = {}) => ({ agencyId, year: 2021, sections: wuyang.sections, ...more });

await t.test('every line is answered in its order, and stored', async (t) => {
  const app = await application();
  const found = await results(app, ['', report('c'), '  ', report('a'), report('b', { preparedBy: '张三' })]);
  t.match(found, [
    { line: 2, agencyId: 'c', year: 2021, outcome: 'created', revision: 1, verdict: 'consistent' },
    { line: 4, agencyId: 'a', outcome: 'created' },
    { line: 5, agencyId: 'b', outcome: 'created' },
  ]);
  const stored = await app.call('GET', '/v1/agencies/b/reports/2021');
  t.equal(stored.headers.etag, found[2]?.etag);
  t.match(stored.json(), { preparedBy: '张三', sections: { requests: wuyang.sections.requests } });
});

await t.test('a bad line is answered by its problem and loses nobody else', async (t) => {
  const app = await application({ bodyLimit: 65_536 });
  const found = await results(app, [
    report('a'),
    '{"agencyId":',
    report('nobody'),
    report('b', { year: 2030 }),
    report('b', { year: 1800 }),
    report('b', { zeroReport: 'no', status: 'accepted', more: 1 }),
    { agencyId: 'not an id', year: '2021' },
    'x'.repeat(70_000),
    '[]',
    report('b', { status: 'accepted' }),
    report('c'),
  ]);
  t.match(found, [
    { line: 1, outcome: 'created' },
    { line: 2, problem: { code: 'body-malformed', status: 400 } },
    { line: 3, agencyId: 'nobody', year: 2021, problem: { code: 'agency-not-found', status: 404 } },
    { line: 4, agencyId: 'b', year: 2030, problem: { code: 'year-not-found' } },
    { line: 5, problem: { code: 'year-without-edition' } },
    { line: 6, problem: { code: 'request-invalid', errors: [{ pointer: '/more' }, { pointer: '/zeroReport' }] } },
    { line: 7, problem: { code: 'request-invalid', errors: [{ pointer: '/agencyId' }, { pointer: '/year' }] } },
    { line: 8, problem: { code: 'body-too-large', status: 413 } },
    { line: 9, problem: { code: 'request-invalid' } },
    { line: 10, problem: { code: 'report-managed' } },
    { line: 11, outcome: 'created' },
  ]);
  t.notOk('agencyId' in (found[6] as object), 'what is no id is not repeated');
});

await t.test('what is there is changed on its conditions, what is unchanged is not written', async (t) => {
  const app = await application();
  const first = await results(app, [report('a'), report('b'), report('c'), report('d')]);
  const before = await app.service.store.lastEvent();
  const changed = { preparedBy: '李四' };
  const found = await results(app, [
    report('a'),
    report('b', changed),
    report('c', { ...changed, ifMatch: first[2]?.etag }),
    report('d', { ...changed, ifMatch: '"old"' }),
  ]);
  t.match(found, [
    { outcome: 'unchanged', revision: 1, etag: first[0]?.etag },
    { problem: { code: 'precondition-required', status: 428 } },
    { outcome: 'updated', revision: 2 },
    { problem: { code: 'precondition-failed', status: 412 } },
  ]);
  t.equal(await app.service.store.lastEvent(), before + 1, 'one was written, and one event tells of it');
  t.match(await results(app, [report('b', changed), report('d', changed)], overwrite), [
    { outcome: 'updated' },
    { outcome: 'updated' },
  ]);
});

await t.test('the lines of one report are applied in their order', async (t) => {
  const app = await application();
  const names = Array.from({ length: 100 }, (_, n) => `第${n}人`);
  const found = await results(
    app,
    names.map((preparedBy) => report('a', { preparedBy })),
    overwrite,
  );
  t.same(
    found.map(({ line, outcome }) => [line, outcome]),
    names.map((_, n) => [n + 1, n === 0 ? 'created' : 'updated']),
  );
  t.match((await app.call('GET', '/v1/agencies/a/reports/2021')).json(), { revision: 100, preparedBy: '第99人' });
});

for (const query of ['', '?atomic=true']) {
  await t.test(`a year that has been closed since takes nothing${query}`, async (t) => {
    const app = await application();
    const reporter = await app.as('reporter', 'a');
    const send = async (text: string) =>
      (await reporter('POST', `${batch}${query}`, written([report('a', { preparedBy: text })]), overwrite)).body;
    t.match(await send('first'), /"outcome":"created"/);
    await app.call('PUT', '/v1/years/2021', { status: 'closed' });
    t.match(await send('second'), /year-not-open|截止|关闭/);
    t.match((await app.call('GET', '/v1/agencies/a/reports/2021')).json(), { preparedBy: 'first' });
  });
}

await t.test('five thousand lines and no more', async (t) => {
  const app = await application();
  const found = await results(
    app,
    Array.from({ length: 5_002 }, () => '{}'),
  );
  t.equal(found.length, 5_001);
  t.match(found.at(4_999), { line: 5_000, problem: { code: 'request-invalid' } });
  t.match(found.at(5_000), { line: 5_001, problem: { code: 'too-many-lines' } });
});

await t.test('nothing but lines is taken', async (t) => {
  const app = await application();
  t.same(await results(app, []), []);
  t.same(await results(app, ['', ' '], ndjson, '?atomic=true'), []);
  assertProblem(t, await app.call('POST', batch, [report('a')]), 415, 'media-type-unsupported');
  assertProblem(t, await app.call('POST', batch), 415, 'media-type-unsupported');
  assertProblem(t, await app.call('POST', batch, '', { ...ndjson, 'if-match': '"1-1-1"' }), 400, 'request-invalid');
  assertProblem(t, await app.call('POST', `${batch}?atomic=maybe`, '', ndjson), 400, 'request-invalid');
  assertProblem(t, await app.call('POST', batch, '', { ...ndjson, accept: 'text/csv' }), 406, 'not-acceptable');
});

await t.test('all or none: all', async (t) => {
  const app = await application();
  const found = await results(app, [report('a'), '', report('b'), report('a')], ndjson, '?atomic=true');
  t.match(found, [
    { line: 1, agencyId: 'a', outcome: 'created', revision: 1, verdict: 'consistent' },
    { line: 3, agencyId: 'b', outcome: 'created' },
    { line: 4, agencyId: 'a', outcome: 'unchanged' },
  ]);
  const stored = await app.call('GET', '/v1/agencies/b/reports/2021');
  t.equal(stored.headers.etag, found[1]?.etag);
});

await t.test('all or none: none, and every fault is told with its line', async (t) => {
  const app = await application();
  await results(app, [report('d')]);
  const before = await app.service.store.lastEvent();
  const lines = [
    report('a'),
    '{',
    report('b', { zeroReport: 1 }),
    report('nobody'),
    report('c'),
    report('d', { preparedBy: '王五' }),
  ];
  const refused = await app.call('POST', `${batch}?atomic=true`, written(lines), {
    ...ndjson,
    'accept-language': 'en',
  });
  assertProblem(t, refused, 422, 'batch-refused');
  t.match(refused.json(), {
    detail: 'In 6 lines 4 to mend, see errors; nothing was stored.',
    errors: [
      { pointer: '/2', detail: /cannot be parsed/ },
      { pointer: '/3/zeroReport' },
      { pointer: '/4', detail: /nobody/ },
      { pointer: '/6', detail: /If-Match/ },
    ],
  });
  t.equal(await app.service.store.lastEvent(), before, 'nothing happened');
  for (const id of ['a', 'c']) t.equal((await app.call('GET', `/v1/agencies/${id}/reports/2021`)).statusCode, 404);
});

await t.test('while all or none is under way others read what was there, and write when it is over', async (t) => {
  const app = await application({ file: join(t.testdir(), 'nianbao.db') });
  const { call } = app;
  await results(app, [report('a')]);
  const names = Array.from({ length: 60 }, (_, n) => `第${n}人`);
  const lines = written(names.map((preparedBy) => report('a', { preparedBy })));
  const seen = new Set<string>();
  let answered = false;
  const atomic = call('POST', `${batch}?atomic=true`, lines, overwrite).then((response) => {
    answered = true;
    return resultsIn(response.body);
  });
  const write = call('PUT', '/v1/agencies/e/reports/2021', { sections: wuyang.sections });
  while (!answered) {
    await setImmediate();
    const { preparedBy } = (await call('GET', '/v1/agencies/a/reports/2021')).json<{ preparedBy?: string }>();
    seen.add(preparedBy ?? 'nobody');
  }
  t.equal((await atomic).filter(({ outcome }) => outcome === 'updated').length, 60);
  t.ok(seen.has('nobody'), 'somebody read meanwhile');
  t.ok(
    [...seen].every((name) => name === 'nobody' || name === '第59人'),
    `nothing in between: ${[...seen].join()}`,
  );
  t.equal((await write).statusCode, 201);
  t.same((await app.service.store.verifyEvents()).faults, []);
});

await t.test('of lines that are committed together each has its own outcome and event', async (t) => {
  const app = await application({ file: join(t.testdir(), 'nianbao.db') });
  const { store } = app.service;
  const before = await store.lastEvent();
  const next = store.eventAfter(before, AbortSignal.timeout(60_000));
  const lines = Array.from({ length: 300 }, (_, n) =>
    n % 7 === 3 ? report('a', { ifMatch: '"old"', preparedBy: 'nobody' }) : report('a', { preparedBy: `第${n}人` }),
  );
  const found = await results(app, lines, overwrite);
  const stored = found.filter(({ problem }) => !problem);
  t.same(
    found.map(({ line, problem }) => [line, problem?.code]),
    lines.map((_, n) => [n + 1, n % 7 === 3 ? 'precondition-failed' : undefined]),
  );
  t.match(
    stored,
    stored.map((_, n) => ({ outcome: n === 0 ? 'created' : 'updated', revision: n + 1 })),
  );
  await next;
  t.equal(await store.lastEvent(), before + stored.length);
  t.same((await store.verifyEvents()).faults, []);
  t.match((await app.call('GET', '/v1/agencies/a/reports/2021')).json(), { preparedBy: '第299人' });
});

/** Begins a batch that is never ended. */
async function begin(app: TestApp, text: string, query = '') {
  await app.app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.app.server.address() as AddressInfo;
  const sent = request({
    ...{ port, host: '127.0.0.1', method: 'POST', path: `${batch}${query}` },
    // Like a portal, and unlike Node where nothing is said, it keeps its connection as long as it may.
    agent: new Agent({ keepAlive: true }),
    headers: { ...overwrite, authorization: `Bearer ${adminKey}` },
  });
  sent.on('error', () => undefined);
  sent.write(text);
  const [socket] = (await once(app.app.server, 'connection')) as [Socket];
  return { sent, gone: once(socket, 'close') };
}

await t.test('a line is answered before the next has to be sent', async (t) => {
  const app = await application();
  const { sent } = await begin(app, `${written([report('a')])}\n`);
  const [response] = (await once(sent, 'response')) as [NodeJS.ReadableStream];
  const [first] = (await once(response, 'data')) as [Buffer];
  t.match(resultsIn(first.toString()), [{ line: 1, outcome: 'created' }]);
  sent.write(`${written([report('b')])}\n`);
  const [second] = (await once(response, 'data')) as [Buffer];
  t.match(resultsIn(second.toString()), [{ line: 2, outcome: 'created' }]);
  sent.end();
  response.resume();
  await once(response, 'end');
});

await t.test('a stop waits for the rest of a batch, and not for its client to let go of the connection', async (t) => {
  const app = await application();
  app.app.server.keepAliveTimeout = 600_000;
  const { sent, gone } = await begin(app, `${written([report('a')])}\n`);
  const [response] = (await once(sent, 'response')) as [NodeJS.ReadableStream];
  await once(response, 'data');
  const stopped = app.app.close();
  sent.end(`${written([report('b')])}\n`);
  const [second] = (await once(response, 'data')) as [Buffer];
  t.match(resultsIn(second.toString()), [{ line: 2, outcome: 'created' }]);
  response.resume();
  await Promise.all([gone, stopped]);
});

await t.test('a client that goes away keeps what it was answered, and nothing more is written', async (t) => {
  const app = await application();
  const { sent, gone } = await begin(app, `${written([report('a')])}\n${written([report('b')])}`);
  const [response] = (await once(sent, 'response')) as [NodeJS.ReadableStream];
  await once(response, 'data');
  sent.destroy();
  await gone;
  t.equal((await app.call('GET', '/v1/agencies/a/reports/2021')).statusCode, 200);
  t.equal((await app.call('GET', '/v1/agencies/b/reports/2021')).statusCode, 404, 'a line without an end is none');
});

await t.test('all or none: a client that goes away leaves nothing', async (t) => {
  const app = await application();
  const { sent, gone } = await begin(app, `${written([report('a'), report('b')])}\n`, '?atomic=true');
  sent.destroy();
  await gone;
  t.match(await results(app, [report('c')]), [{ outcome: 'created' }], 'others are written');
  t.equal((await app.call('GET', '/v1/agencies/a/reports/2021')).statusCode, 404);
});

/** What is kept of reports, whenever and by whom they were written. */
function keptIn(file: string): unknown {
  const database = openDatabase(file);
  const tables = 'reports revisions assessments failed_rules handed_in likenesses signatures'.split(' ');
  const kept = tables.map((table) => [table, database.prepare(`SELECT * FROM ${table}`).all()]);
  database.close();
  return Object.fromEntries(kept);
}

/** As a thread gives it. */
const preparedElsewhere = (line: UnreadLine): PreparedLine | undefined => structuredClone(prepareInThread([line])[0]);

/** Lines are read elsewhere as soon as it is asked for. */
function elsewhereBy(prepare: (line: UnreadLine) => PreparedLine | undefined): LinesElsewhere {
  let ready = false;
  const getReady = async () => (ready = true);
  return { isReady: () => ready, getReady, prepare: async (line) => prepare(line) };
}

const agencies = Array.from({ length: 130 }, (_, n) => `agency-${n}`);

/** Every one with narratives of its own, some much the same as others'. */
const linesOfAgencies = agencies.map((id, n) => {
  const overview = `示例市第${n}局新收政府信息公开申请${n}件，办结${n}件。${'甲乙丙丁戊己庚辛'.charAt(n % 7).repeat(60)}`;
  const improvements = '专人负责，限时办结，全程留痕，定期通报，年终考核。'.repeat(3);
  const texts = { overview: { text: overview }, improvements: { text: improvements } };
  return report(id, { sections: { ...wuyang.sections, ...texts } });
});

async function applicationOfAgencies(options: Parameters<typeof testApp>[1]): Promise<TestApp> {
  const app = await application(options);
  const items = agencies.map((id, n) => ({ id, name: `示例市第${n}局`, level: 'county', kind: 'department' }));
  await app.call('POST', '/v1/agencies/batch', { items });
  return app;
}

await t.test('what is stored is the same, whoever reads the lines', async (t) => {
  const storedWith = async (name: string, elsewhere?: LinesElsewhere) => {
    const file = join(t.testdir(), name);
    const app = await applicationOfAgencies({ file, ...(elsewhere && { linesElsewhere: elsewhere }) });
    const found = await results(app, linesOfAgencies);
    t.ok(found.every(({ outcome }) => outcome === 'created'));
    return keptIn(file);
  };
  let asked = 0;
  const elsewhere = elsewhereBy((line) => {
    asked += 1;
    return preparedElsewhere(line);
  });
  const kept = (await storedWith('own')) as Record<string, readonly unknown[]>;
  t.ok(kept['likenesses']?.length, 'some are much the same');
  t.same(await storedWith('elsewhere', elsewhere), kept);
  t.equal(asked, 130);
  const ofAnother = elsewhereBy((line) => preparedElsewhere({ ...line, agencyName: '以前的名称' }));
  t.same(await storedWith('renamed', ofAnother), kept, 'what was read under another name does not hold');
  t.same(
    await storedWith(
      'lost',
      elsewhereBy(() => undefined),
    ),
    kept,
  );
});

await t.test('a line is answered the same, wherever it is read', async (t) => {
  const changed = { preparedBy: '李四', ifMatch: '*' };
  const lines = [
    linesOfAgencies[1] as object,
    report('agency-2'),
    report('agency-3', { ...changed, ifMatch: '"old"' }),
    report('agency-4', changed),
    report('agency-5', { ...changed, status: 'accepted' }),
    report('agency-6', { ...changed, status: 'draft' }),
    report('nobody'),
    { notes: { 'agencyId": "agency-7': '"year": 2020' }, ...report('agency-8', { zeroReport: 1 }) },
    '{"notes":{"agencyId":"agency-7","year":2020},"agencyId":"agency-8","year":2021}',
    '{"agencyId":"agency-9","year":2021,"agencyId":"agency-10","ifMatch":"*"}',
    report('agency-11', { year: 2030 }),
    '{"agencyId":"agency-12","year":2021',
  ];
  const answered = async (elsewhere?: LinesElsewhere) => {
    const app = await applicationOfAgencies({ ...(elsewhere && { linesElsewhere: elsewhere }) });
    await results(app, linesOfAgencies);
    return results(app, lines);
  };
  const elsewhere = await answered(elsewhereBy(preparedElsewhere));
  t.match(elsewhere, [
    { line: 1, outcome: 'unchanged' },
    { line: 2, problem: { code: 'precondition-required' } },
    { line: 3, problem: { code: 'precondition-failed' } },
    { line: 4, outcome: 'updated', revision: 2 },
    { line: 5, problem: { code: 'report-managed' } },
    { line: 6, outcome: 'updated' },
    { line: 7, problem: { code: 'agency-not-found' } },
    { line: 8, agencyId: 'agency-8', problem: { code: 'request-invalid' } },
    { line: 9, agencyId: 'agency-8', problem: { code: 'request-invalid' } },
    { line: 10, agencyId: 'agency-10', outcome: 'updated' },
    { line: 11, problem: { code: 'year-not-found' } },
    { line: 12, problem: { code: 'body-malformed' } },
  ]);
  const withoutInstances = (found: readonly Result[]) =>
    found.map(({ problem, ...rest }) => ({ ...rest, problem: { ...problem, instance: undefined } }));
  t.same(withoutInstances(elsewhere), withoutInstances(await answered()));
});

await t.test('each line is for those who may write that report', async (t) => {
  const app = await application();
  const as = async (role: Role, agencyId?: string) => {
    const call = await app.as(role, agencyId);
    return call('POST', batch, written([report('a'), report('b')]), ndjson);
  };
  assertProblem(t, await app.anonymous('POST', batch, '', ndjson), 401, 'key-missing');
  assertProblem(t, await as('reader'), 403, 'not-allowed');
  t.match(
    resultsIn((await as('reporter', 'a')).body),
    [{ outcome: 'created' }, { problem: { code: 'agency-not-found' } }],
    'a reporter writes its own agency’s report, and need not know of others',
  );
  t.match(resultsIn((await as('collector')).body), [{ outcome: 'unchanged' }, { outcome: 'created' }]);
});
