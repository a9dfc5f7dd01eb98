import pino from 'pino';
import t, { type Test } from 'tap';
import { adminKey, testApp, testTime, type Call, type TestApp } from '../support/app.ts';
import { issueKey } from '../support/keys.ts';
import { assertProblem, pointers } from '../support/problem.ts';
import { saveAgencies } from '../support/store.ts';
import { registerWuyang, wuyang, wuyangReport } from '../support/wuyang.ts';

interface Item {
  readonly sequence: number;
  readonly act: string;
  readonly resource: Readonly<Record<string, unknown>>;
  readonly actor?: Readonly<Record<string, unknown>>;
  readonly state: Readonly<Record<string, unknown>> | null;
}

interface Feed {
  readonly items: Item[];
  readonly next?: number;
  readonly latest: number;
}

async function feed(call: Call, query = ''): Promise<Feed> {
  return (await call('GET', `/v1/events?${query}`)).json<Feed>();
}

/** What was told of after an event, in a word each. */
async function acts(call: Call, after: number): Promise<string[]> {
  return (await feed(call, `after=${after}`)).items.map(({ act }) => act);
}

async function withReport(t: Test): Promise<TestApp> {
  const app = await testApp(t);
  await registerWuyang(app.call);
  await app.call('PUT', wuyangReport, wuyang);
  return app;
}

await t.test('every write is told of in order: who did what, from where, and what there is now', async (t) => {
  const { call, service } = await testApp(t);
  const start = await service.store.lastEvent();
  await registerWuyang(call);
  await call('PUT', wuyangReport, wuyang);
  await call('POST', `${wuyangReport}/submit`);
  await call('POST', `${wuyangReport}/return`, { reason: '请再核对' });
  const { items, latest, next } = await feed(call, `after=${start}`);
  t.equal(latest, start + 5);
  t.equal(next, undefined);
  t.match(items, [
    { act: 'putYear', resource: { kind: 'year', year: 2021 }, state: { year: 2021, edition: '2021' } },
    { act: 'putAgency', resource: { kind: 'agency', agencyId: 'wuyang-office' }, state: { id: 'wuyang-office' } },
    { act: 'putReport', resource: { kind: 'report', agencyId: 'wuyang-office', year: 2021 }, revisionAfter: 1 },
    { act: 'submitReport', revisionBefore: 1, revisionAfter: 1, state: { status: 'submitted', verdict: 'consistent' } },
    { act: 'returnReport', reason: '请再核对', state: { status: 'returned' } },
  ]);
  for (const [place, item] of items.entries()) {
    t.match(item, {
      sequence: start + place + 1,
      at: testTime.toISOString(),
      actor: { keyId: 'admin', role: 'admin', address: '127.0.0.1', requestId: /./ },
      hash: /^[0-9a-f]{64}$/,
    });
  }
});

await t.test('what changes nothing and what is refused is no event; a batch is one each', async (t) => {
  const { call, service } = await withReport(t);
  const start = await service.store.lastEvent();
  await call('PUT', wuyangReport, wuyang);
  await call('PUT', '/v1/years/2021', {});
  await call('PUT', '/v1/agencies/wuyang-office', { name: '舞阳县人民政府办公室', level: 'county', kind: 'office' });
  assertProblem(t, await call('PUT', wuyangReport, {}), 428, 'precondition-required');
  assertProblem(t, await call('POST', `${wuyangReport}/accept`), 409, 'report-state');
  assertProblem(t, await call('DELETE', '/v1/years/2021'), 409, 'year-in-use');
  t.equal(await service.store.lastEvent(), start);
  const agency = { name: '甲局', level: 'county', kind: 'department' };
  const items = [
    { ...agency, id: 'b', parentId: 'a' },
    { ...agency, id: 'a', name: '乙局' },
    { name: '舞阳县人民政府办公室', level: 'county', kind: 'office', id: 'wuyang-office' },
  ];
  await call('POST', '/v1/agencies/batch', { items });
  t.same(await acts(call, start), ['putAgencies', 'putAgencies'], 'none for the one that is as it was');
});

await t.test('a waiver is told with its rule and place, what is removed without a state', async (t) => {
  const { call, service } = await withReport(t);
  await call('PUT', '/v1/years/2020', {});
  const lastYear = { asPrinted: true, sections: { requests: { carriedOut: { total: 4 } } } };
  await call('PUT', '/v1/agencies/wuyang-office/reports/2020', lastYear);
  await call('PUT', '/v1/agencies/a', { name: '甲局', level: 'county', kind: 'department' });
  const start = await service.store.lastEvent();
  await call('PUT', `${wuyangReport}/waivers/requests.carriedIn/total`, { reason: '已核实' });
  await call('DELETE', wuyangReport, undefined, { 'if-match': '*' });
  await call('DELETE', '/v1/agencies/a');
  const resource = { agencyId: 'wuyang-office', year: 2021 };
  t.match((await feed(call, `after=${start}`)).items, [
    {
      act: 'putWaiver',
      resource: { ...resource, kind: 'waiver', rule: 'requests.carriedIn', at: 'total' },
      reason: '已核实',
      state: { ...resource, verdict: 'consistent' },
    },
    { act: 'deleteReport', resource: { ...resource, kind: 'report' }, revisionBefore: 1, state: null },
    { act: 'deleteAgency', resource: { kind: 'agency', agencyId: 'a' }, state: null },
  ]);
});

await t.test('a verdict that another report turns is an event of its own, done by nobody', async (t) => {
  const { call, service } = await withReport(t);
  await call('PUT', '/v1/years/2022', {});
  const next = '/v1/agencies/wuyang-office/reports/2022';
  const one = { natural: 1, total: 1 };
  await call('PUT', next, wuyang);
  await call('PATCH', next, { sections: { requests: { carriedIn: one, carriedOut: one } } }, { 'if-match': '*' });
  const start = await service.store.lastEvent();
  await call('POST', `${wuyangReport}/submit`);
  const { items } = await feed(call, `after=${start}`);
  t.match(items, [
    { act: 'submitReport', actor: { keyId: 'admin' } },
    { act: 'recheckReport', resource: { kind: 'report', year: 2022 }, state: { revision: 2, verdict: 'inconsistent' } },
  ]);
  t.notOk(items[1]?.actor);
});

await t.test('a page at a time, each saying where the next begins', async (t) => {
  const { call } = await testApp(t, { demo: true });
  const whole = (await feed(call, 'limit=500')).items;
  const read: Item[] = [];
  for (let after: number | undefined = 0; after !== undefined;) {
    const answer = await call('GET', `/v1/events?limit=50&after=${after}`);
    const page = answer.json<Feed>();
    read.push(...page.items);
    if (page.next !== undefined) t.equal(answer.headers.link, `</v1/events?limit=50&after=${page.next}>; rel="next"`);
    else t.equal(page.latest, whole.at(-1)?.sequence);
    after = page.next;
  }
  t.same(read, whole);
  t.same(
    whole.map(({ sequence }) => sequence),
    whole.map((_, place) => place + 1),
    'without a gap',
  );
});

await t.test('a place in a record that does not go so far is refused: it is another record', async (t) => {
  const { call, service } = await withReport(t);
  const beyond = (await service.store.lastEvent()) + 1;
  for (const accept of ['application/json', 'text/event-stream']) {
    const refused = assertProblem(
      t,
      await call('GET', `/v1/events?after=${beyond}&wait=60`, undefined, { accept }),
      400,
      'request-invalid',
    );
    t.same(pointers(refused), ['/after']);
  }
  const resumed = await call('GET', '/v1/events', undefined, { 'last-event-id': String(beyond) });
  t.same(pointers(assertProblem(t, resumed, 400, 'request-invalid')), ['/last-event-id']);
  for (const query of ['after=-1', 'after=x', 'wait=61', 'limit=501', 'since=1']) {
    assertProblem(t, await call('GET', `/v1/events?${query}`), 400, 'request-invalid');
  }
});

await t.test('who sees what', async (t) => {
  const app = await testApp(t, { demo: true });
  const { call, service } = app;
  const collector = await issueKey(app, { keyId: 'dongshi', role: 'collector', agencyId: 'shili-dongshi' });
  const reader = await issueKey(app, { keyId: 'reader', role: 'reader' });
  const start = await service.store.lastEvent();
  const patch = (id: string, body: object) => call('PATCH', `/v1/agencies/${id}`, body);
  await patch('shili-fund', { contact: { name: '某人' } });
  await patch('shili-dongshi-health', { contact: { name: '某人' } });
  await patch('shili-dongshi-yangban', { parentId: 'shili-xili' });
  await patch('shili-xili-moban', { parentId: 'shili-dongshi' });
  await call('PUT', '/v1/years/2025', {});
  const done = ({ actor }: Item) => actor !== undefined;
  const { items: told, latest } = await feed(collector.call, `after=${start}`);
  const items = told.filter(done);
  t.equal(latest, await service.store.lastEvent());
  t.match(items, [
    { resource: { agencyId: 'shili-dongshi-health' }, state: { id: 'shili-dongshi-health' } },
    { resource: { agencyId: 'shili-dongshi-yangban' }, movedFrom: 'shili-dongshi', state: null },
    { resource: { agencyId: 'shili-xili-moban' }, movedFrom: 'shili-xili', state: { parentId: 'shili-dongshi' } },
    { resource: { kind: 'year' } },
  ]);
  for (const { actor } of items) t.same(Object.keys(actor ?? {}), ['keyId', 'role', 'requestId'], 'no address');
  const read = (await feed(reader.call, `after=${start}`)).items.filter(done);
  t.equal(read.length, 5, 'a key bound to nothing is told of everything');
  t.notOk(read.some(({ actor }) => actor && 'address' in actor));
  const under = await feed(call, `after=${start}&under=shili-fund`);
  t.same(
    under.items.filter(done).map(({ resource }) => resource['agencyId']),
    ['shili-fund', undefined],
  );
  const elsewhere = await collector.call('GET', '/v1/events?under=shili-fund');
  t.ok([403, 404].includes(elsewhere.statusCode));
  assertProblem(t, await app.anonymous('GET', '/v1/events'), 401, 'key-missing');
});

/** The service on a port: who waits is answered by what happens. */
async function listening(t: Test) {
  const app = await withReport(t);
  const url = await app.app.listen({ port: 0, host: '127.0.0.1' });
  const ask = (query: string, init: RequestInit & { readonly secret?: string } = {}) =>
    fetch(`${url}/v1/events?${query}`, {
      ...init,
      headers: { authorization: `Bearer ${init.secret ?? adminKey}`, ...init.headers },
    });
  return { ...app, ask, start: await app.service.store.lastEvent() };
}

await t.test('who waits is answered when something happens that it is told of', async (t) => {
  const app = await listening(t);
  const { call, ask, start } = app;
  await call('PUT', '/v1/agencies/b', { name: '乙局', level: 'county', kind: 'department' });
  const bound = await issueKey(app, { keyId: 'b', role: 'reporter', agencyId: 'b' });
  const waits = [ask(`after=${start + 1}&wait=60`), ask(`after=${start + 1}&wait=60`, { secret: bound.secret })];
  const already = (await (await ask(`after=${start}&wait=60`)).json()) as Feed;
  t.match(already, { items: [{ act: 'putAgency' }], latest: start + 1 }, 'what there is comes at once');
  await call('PATCH', '/v1/agencies/wuyang-office', { contact: { name: '某人' } });
  await call('PATCH', '/v1/agencies/b', { contact: { name: '某人' } });
  const [all, own] = (await Promise.all((await Promise.all(waits)).map((answer) => answer.json()))) as Feed[];
  t.match(all, { items: [{ resource: { agencyId: 'wuyang-office' } }] });
  t.match(own, { items: [{ sequence: start + 3, resource: { agencyId: 'b' } }], latest: start + 3 });
});

await t.test('who waits in vain is told how far was looked', async (t) => {
  const { ask, start } = await listening(t);
  const answer = await ask(`after=${start}&wait=1`);
  t.same(await answer.json(), { items: [], latest: start });
});

await t.test('a key withdrawn while its request waits is told nothing more', async (t) => {
  const app = await listening(t);
  const held = await issueKey(app, { keyId: 'gone', role: 'reader' });
  const waits = app.ask(`after=${app.start}&wait=60`, { secret: held.secret });
  await app.ask(`after=${app.start}&wait=1`);
  await held.withdraw();
  await app.call('PUT', '/v1/years/2025', {});
  t.equal((await waits).status, 401);
});

await t.test('no more wait at once than there are places for, of one key and in all', async (t) => {
  const app = await listening(t);
  const { ask, start } = app;
  const waiting = new AbortController();
  const holders = await Promise.all(
    Array.from({ length: 11 }, (_, n) => issueKey(app, { keyId: `key-${n}`, role: 'reader' })),
  );
  const secrets = holders.map(({ secret }) => secret);
  const status = async (secret = '', query = 'wait=1') => {
    const answer = await ask(`after=${start}&${query}`, { secret });
    await answer.text();
    return answer.status;
  };
  const waits = secrets.slice(0, 10).flatMap((secret) =>
    Array.from({ length: 20 }, () => {
      const answer = ask(`after=${start}&wait=60`, { secret, signal: waiting.signal });
      return answer.then(({ status }) => status).catch(() => 'gone');
    }),
  );
  for (const secret of secrets.slice(0, 10)) while ((await status(secret)) !== 503);
  t.equal(await status(secrets[10]), 503, 'nor of another key');
  t.equal(await status(secrets[0], 'wait=0'), 200, 'who does not wait needs no place');
  waiting.abort();
  t.notOk((await Promise.all(waits)).includes(200), 'those inside waited all the while');
  while ((await status(secrets[0])) !== 200);
  t.pass('who has gone leaves the place');
});

/** What a stream of server-sent events says, message by message. */
async function* messagesOf(answer: Response): AsyncGenerator<Readonly<Record<string, string>>> {
  let rest = '';
  for await (const text of (answer.body as ReadableStream<Uint8Array>).pipeThrough(new TextDecoderStream())) {
    const messages = (rest + text).split('\n\n');
    rest = messages.pop() ?? '';
    for (const message of messages) {
      yield Object.fromEntries(message.split('\n').map((line) => line.split(/: (.*)/, 2) as [string, string]));
    }
  }
}

const stream = { headers: { accept: 'text/event-stream' } };

await t.test('server-sent events: what there is, then what happens, and on from where a client was', async (t) => {
  const { call, ask, start } = await listening(t);
  const answer = await ask(`after=${start - 1}`, stream);
  t.equal(answer.headers.get('content-type'), 'text/event-stream');
  t.equal(answer.headers.get('x-content-type-options'), 'nosniff');
  const messages = messagesOf(answer);
  const next = async () => (await messages.next()).value as Record<string, string>;
  t.ok((await next())['retry']);
  const first = await next();
  t.match(first, { id: String(start), event: 'putReport' });
  t.match(JSON.parse(first['data'] ?? ''), (await feed(call, `after=${start - 1}`)).items[0]);
  t.same(await next(), { id: String(start) }, 'how far was looked');
  await call('PUT', '/v1/years/2025', {});
  t.match(await next(), { id: String(start + 1), event: 'putYear' });
  await messages.return(undefined);

  const again = messagesOf(await ask('after=1', { headers: { ...stream.headers, 'last-event-id': String(start) } }));
  await again.next();
  t.match((await again.next()).value, { id: String(start + 1), event: 'putYear' });
  await again.return(undefined);
});

await t.test('a stream ends when its key is withdrawn', async (t) => {
  const app = await listening(t);
  const held = await issueKey(app, { keyId: 'gone', role: 'reader' });
  const answer = await app.ask(`after=${app.start}`, { ...stream, secret: held.secret });
  const messages = messagesOf(answer);
  await messages.next();
  await messages.next();
  await held.withdraw();
  await app.call('PUT', '/v1/years/2025', {});
  t.ok((await messages.next()).done, 'without a word more');
});

await t.test('no more is read for a stream than its reader takes', async (t) => {
  const { service, ask } = await listening(t);
  const items = Array.from({ length: 1_000 }, (_, n) => `a${n}`);
  const contact = { name: '某'.repeat(10_000) };
  await saveAgencies(service.store, Object.fromEntries(items.map((id) => [id, { contact }])));
  const events = service.store.events.bind(service.store);
  let read = 0;
  service.store.events = async (listener, page) => {
    const found = await events(listener, page);
    read += found.events.length;
    return found;
  };
  const answer = await ask('after=0&limit=50', stream);
  const messages = messagesOf(answer);
  await messages.next();
  // Whatever the service would do by itself it has done when it has answered others.
  for (let n = 0; n < 50; n++) await (await ask('after=0&limit=1&under=nobody')).text();
  t.ok(read < items.length, `${read} of ${items.length} were read`);
  await messages.return(undefined);
});

await t.test('the log tells of a stream whose reader has gone', async (t) => {
  const lines: Record<string, unknown>[] = [];
  const logger = pino({}, { write: (line) => void lines.push(JSON.parse(line) as Record<string, unknown>) });
  const { app, service } = await testApp(t, { logger });
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  const headers = { ...stream.headers, authorization: `Bearer ${adminKey}` };
  const messages = messagesOf(await fetch(`${url}/v1/events`, { headers }));
  await messages.next();
  await messages.return(undefined);
  const told = () => lines.find(({ msg }) => msg === 'client gone');
  while (!told()) await service.store.ready().then(() => new Promise(setImmediate));
  t.match(told(), { method: 'GET', url: '/v1/events', status: 200, key: 'admin' });
});

await t.test('the stop does not wait for those who wait', async (t) => {
  const { app, ask, start } = await listening(t);
  const [poll, open] = [ask(`after=${start}&wait=60`), await ask(`after=${start}`, stream)];
  const messages = messagesOf(open);
  await messages.next();
  await ask(`after=${start}&wait=1`);
  const stopped = app.close();
  t.same(await (await poll).json(), { items: [], latest: start });
  for await (const message of messages) t.match(message, { id: String(start) }, 'the stream ends');
  await stopped;
});
