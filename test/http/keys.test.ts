import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import t, { type Test } from 'tap';
import type { Role } from '../../src/domain/access.ts';
import type { KeyView } from '../../src/domain/key.ts';
import { openDatabase } from '../../src/sqlite/open.ts';
import { testApp, testTime, type Call, type TestApp } from '../support/app.ts';
import { assertProblem, pointers } from '../support/problem.ts';

const now = testTime.toISOString();

/** So many seconds after the time the application starts at. */
const later = (seconds: number) => new Date(testTime.getTime() + seconds * 1_000).toISOString();

type Issued = KeyView & { readonly key: string };

/** 示例市 with its housing bureau, a county of it with an office, and what keys can be issued for. */
async function city(t: Test): Promise<TestApp> {
  const app = await testApp(t, { demo: true });
  await app.call('PUT', '/v1/agencies/shili-county', {
    name: '示例县人民政府',
    level: 'county',
    kind: 'government',
    parentId: 'shili',
  });
  await app.call('PUT', '/v1/agencies/county-office', {
    name: '示例县人民政府办公室',
    level: 'county',
    kind: 'office',
    parentId: 'shili-county',
  });
  return app;
}

async function issue(call: Call, body: object): Promise<Issued> {
  const response = await call('POST', '/v1/keys', body);
  if (response.statusCode !== 201) throw new Error(response.body);
  return response.json<Issued>();
}

/** Asks with another key. */
function as({ anonymous }: TestApp, { key }: Issued): Call {
  return (method, url, body, headers) => anonymous(method, url, body, { authorization: `Bearer ${key}`, ...headers });
}

const statusOf = async (answer: ReturnType<Call>) => (await answer).statusCode;

async function idsOf(call: Call, url: string): Promise<string> {
  const { items } = (await call('GET', url)).json<{ items: readonly KeyView[] }>();
  return items.map(({ id }) => id).join(' ');
}

await t.test('a key is issued once, opens what its role may, and its secret is nowhere else', async (t) => {
  const app = await city(t);
  const { call, service } = app;
  const body = { role: 'reporter', agencyId: 'county-office', name: '县府办', expiresAt: '2025-01-01T00:00:00+08:00' };
  const response = await call('POST', '/v1/keys', body);
  t.equal(response.statusCode, 201);
  t.equal(response.headers['cache-control'], 'no-store');
  const { key, ...shown } = response.json<Issued>();
  t.match(key, /^nb_[\w-]{43}$/);
  const { id } = shown;
  const expiresAt = '2024-12-31T16:00:00.000Z';
  t.same(shown, { ...body, id, createdAt: now, createdBy: 'admin', expiresAt, secrets: [{ createdAt: now }] });
  t.same((await call('GET', `/v1/keys/${id}`)).json(), shown);
  t.equal(await statusOf(as(app, { ...shown, key })('GET', '/v1/agencies/county-office')), 200);

  const [event] = (await service.store.events({ keys: true }, { limit: 1_000 })).events.slice(-1);
  t.match(event, { act: 'createKey', by: { keyId: 'admin' }, resource: { kind: 'key', part: id } });
  t.same(JSON.parse(event?.state ?? ''), shown);
  for (const text of [JSON.stringify(event), (await call('GET', '/v1/keys')).body]) t.notMatch(text, key);
});

await t.test('two keys have different secrets, and ids where none was given', async (t) => {
  const { call } = await testApp(t);
  const [one, other] = [await issue(call, { role: 'reader' }), await issue(call, { role: 'reader' })];
  t.not(one.key, other.key);
  t.not(one.id, other.id);
});

await t.test('an id is taken for ever', async (t) => {
  const { call } = await testApp(t);
  await issue(call, { id: 'portal', role: 'reader' });
  assertProblem(t, await call('POST', '/v1/keys', { id: 'portal', role: 'reader' }), 409, 'key-exists');
  await call('DELETE', '/v1/keys/portal');
  assertProblem(t, await call('POST', '/v1/keys', { id: 'portal', role: 'reader' }), 409, 'key-exists');
});

await t.test('what is wrong with a key is said at its place', async (t) => {
  const { call } = await city(t);
  const faults = async (body: object, status: number, code: string) =>
    pointers(assertProblem(t, await call('POST', '/v1/keys', body), status, code));
  t.same(await faults({ role: 'reporter' }, 422, 'key-refused'), ['/agencyId']);
  t.same(await faults({ role: 'reader', agencyId: 'nobody' }, 422, 'key-refused'), ['/agencyId']);
  t.same(await faults({ role: 'reader', expiresAt: now }, 422, 'key-refused'), ['/expiresAt']);
  t.same(await faults({ role: 'reader', id: 'cli' }, 422, 'key-refused'), ['/id']);
  const malformed = { role: 'root', id: '../x', name: 'a\nb', secret: 'x', expiresAt: 'tomorrow' };
  t.same((await faults(malformed, 400, 'request-invalid')).sort(), ['/expiresAt', '/id', '/name', '/role', '/secret']);
});

await t.test('only an admin has to do with keys, and within its reach', async (t) => {
  const app = await city(t);
  const issued: Partial<Record<Role, Issued>> = {};
  for (const role of ['admin', 'collector', 'reporter', 'reader'] as const) {
    issued[role] = await issue(app.call, { id: `county-${role}`, role, agencyId: 'shili-county' });
  }
  await issue(app.call, { id: 'office', role: 'reporter', agencyId: 'county-office' });
  await issue(app.call, { id: 'housing', role: 'reporter', agencyId: 'shili-housing' });
  for (const role of ['collector', 'reporter', 'reader'] as const) {
    const call = as(app, issued[role] as Issued);
    for (const [method, url, body] of [
      ['GET', '/v1/keys'],
      ['POST', '/v1/keys', { role: 'reader', agencyId: 'county-office' }],
      ['GET', '/v1/keys/office'],
      ['PATCH', '/v1/keys/office', { name: '别人' }],
      ['POST', '/v1/keys/office/rotate'],
      ['DELETE', `/v1/keys/county-${role}`],
    ] as const) {
      assertProblem(t, await call(method, url, body), 403, 'not-allowed');
    }
  }
});

await t.test('an admin bound to an agency knows of no key elsewhere', async (t) => {
  const app = await city(t);
  const call = as(app, await issue(app.call, { id: 'county', role: 'admin', agencyId: 'shili-county' }));
  await issue(app.call, { id: 'office', role: 'reporter', agencyId: 'county-office' });
  await issue(app.call, { id: 'housing', role: 'reporter', agencyId: 'shili-housing' });
  t.equal(await idsOf(call, '/v1/keys'), 'county office');
  t.equal(await idsOf(call, '/v1/keys?under=county-office'), 'office');
  t.equal(await idsOf(call, '/v1/keys?role=admin'), 'county');
  t.not(await statusOf(call('GET', '/v1/keys?under=shili')), 200);
  t.not(await statusOf(call('GET', '/v1/keys?under=shili-housing')), 200);
  for (const id of ['housing', 'admin', 'nobody']) {
    const url = `/v1/keys/${id}`;
    assertProblem(t, await call('GET', url), 404, 'key-not-found');
    assertProblem(t, await call('PATCH', url, { name: '我的' }), 404, 'key-not-found');
    assertProblem(t, await call('POST', `${url}/rotate`), 404, 'key-not-found');
    assertProblem(t, await call('DELETE', url), 404, 'key-not-found');
  }
  t.match((await app.call('GET', '/v1/keys/housing')).json<KeyView>().secrets, { length: 1 }, 'nothing was done');

  t.equal(await statusOf(call('POST', '/v1/keys', { role: 'admin', agencyId: 'county-office' })), 201);
  for (const agencyId of ['shili', 'shili-housing', 'nobody', undefined]) {
    const refused = await call('POST', '/v1/keys', { role: 'reader', ...(agencyId && { agencyId }) });
    t.same(pointers(assertProblem(t, refused, 422, 'key-refused')), ['/agencyId'], agencyId ?? 'bound to nothing');
  }
  t.equal(await statusOf(call('DELETE', '/v1/keys/office')), 204);
});

await t.test('the lists go by filter and page', async (t) => {
  const { call } = await city(t);
  await issue(call, { id: 'a', role: 'reader', agencyId: 'shili-county' });
  await issue(call, { id: 'b', role: 'reader', agencyId: 'county-office' });
  await issue(call, { id: 'c', role: 'reader' });
  t.equal(await idsOf(call, '/v1/keys'), 'a admin b c');
  t.equal(await idsOf(call, '/v1/keys?role=reader&under=shili'), 'a b');
  const first = (await call('GET', '/v1/keys?limit=3')).json<{ next: string }>();
  t.equal(await idsOf(call, `/v1/keys?limit=3&cursor=${first.next}`), 'c');
});

await t.test('a name and an end are changed, taken away, and nothing else', async (t) => {
  const app = await testApp(t);
  const { call, service } = app;
  const { secrets: _, key: __, ...issued } = await issue(call, { id: 'portal', role: 'reader' });
  const patch = (body: object, headers = {}) => call('PATCH', '/v1/keys/portal', body, headers);
  const changed = await patch({ name: '门户', expiresAt: later(60) });
  t.match(changed.json(), { ...issued, name: '门户', expiresAt: later(60) });
  const { etag } = (await call('GET', '/v1/keys/portal')).headers;
  t.equal(changed.headers.etag, etag);

  const before = await service.store.lastEvent();
  t.equal(await statusOf(patch({ name: '门户' })), 200);
  t.equal(await service.store.lastEvent(), before, 'what changes nothing is no event');
  assertProblem(t, await patch({ name: '别的' }, { 'if-match': '"old"' }), 412, 'precondition-failed');
  const bare = await patch({ name: null, expiresAt: null }, { 'if-match': etag as string });
  t.same(Object.keys(bare.json()), ['id', 'role', 'createdAt', 'createdBy', 'secrets']);
  t.same(pointers(assertProblem(t, await patch({ expiresAt: now }), 422, 'key-refused')), ['/expiresAt']);
  assertProblem(t, await patch({ role: 'admin', agencyId: null }), 400, 'request-invalid');
});

await t.test('a key opens nothing from the moment it ends, and may be given more time', async (t) => {
  const app = await testApp(t);
  const issued = await issue(app.call, { id: 'portal', role: 'reader', expiresAt: later(2) });
  const call = as(app, issued);
  t.equal(await statusOf(call('GET', '/v1/years')), 200);
  app.tick();
  t.equal(await statusOf(call('GET', '/v1/years')), 200);
  app.tick();
  assertProblem(t, await call('GET', '/v1/years'), 401, 'key-unknown');
  t.equal(await statusOf(app.call('PATCH', '/v1/keys/portal', { name: '旧门户' })), 200, 'it is still there');
  await app.call('PATCH', '/v1/keys/portal', { expiresAt: later(3) });
  t.equal(await statusOf(call('GET', '/v1/years')), 200);
});

await t.test('a new secret lets its holder change over, and one more ends the oldest', async (t) => {
  const app = await testApp(t);
  const first = await issue(app.call, { id: 'portal', role: 'reader' });
  const works = (issued: Issued) => statusOf(as(app, issued)('GET', '/v1/years'));
  const rotate = async (body?: object) => {
    const response = await app.call('POST', '/v1/keys/portal/rotate', body);
    t.equal(response.headers['cache-control'], 'no-store');
    return response.json<Issued>();
  };
  const second = await rotate();
  t.same(second.secrets, [{ createdAt: now }, { createdAt: now, expiresAt: later(7 * 86_400) }]);
  t.same([await works(first), await works(second)], [200, 200], 'both work');
  const again = await app.call('POST', '/v1/keys/portal/rotate', {});
  assertProblem(t, again, 409, 'key-rotated');
  t.equal(await works(first), 200, 'a request that is sent again locks nobody out');
  const third = await rotate({ oldValidUntil: later(1) });
  t.same([await works(first), await works(second), await works(third)], [401, 200, 200]);
  app.tick();
  t.same([await works(second), await works(third)], [401, 200], 'to the second');
  const fourth = await rotate({ oldValidUntil: now });
  t.same([await works(third), await works(fourth)], [401, 200], 'at once where that is over');
  t.equal(fourth.secrets.length, 1);
  const refused = await app.call('POST', '/v1/keys/portal/rotate', { oldValidUntil: '2024-12-31T23:59:60Z' });
  t.same(pointers(assertProblem(t, refused, 422, 'key-refused')), ['/oldValidUntil']);
  assertProblem(t, await app.call('POST', '/v1/keys/portal/rotate', { until: now }), 400, 'request-invalid');
  t.equal(await works(fourth), 200);
});

await t.test('a key that was revoked opens nothing at once, is told of for ever, and stays as it is', async (t) => {
  const app = await testApp(t);
  const issued = await issue(app.call, { id: 'portal', role: 'reader' });
  const call = as(app, issued);
  t.equal(await statusOf(call('GET', '/v1/years')), 200, 'it is known');
  t.equal(await statusOf(app.call('DELETE', '/v1/keys/portal')), 204);
  assertProblem(t, await call('GET', '/v1/years'), 401, 'key-unknown');
  const revoked = await app.call('GET', '/v1/keys/portal');
  t.match(revoked.json(), { revokedAt: now, secrets: [] });
  const before = await app.service.store.lastEvent();
  t.equal(await statusOf(app.call('DELETE', '/v1/keys/portal')), 204, 'again is no change');
  t.equal(await app.service.store.lastEvent(), before);
  assertProblem(t, await app.call('PATCH', '/v1/keys/portal', { name: '门户' }), 409, 'key-revoked');
  assertProblem(t, await app.call('POST', '/v1/keys/portal/rotate'), 409, 'key-revoked');
  t.same((await app.call('GET', '/v1/keys/portal')).body, revoked.body);
});

await t.test('a city cannot lock itself out', async (t) => {
  const app = await city(t);
  await issue(app.call, { role: 'admin', agencyId: 'shili' });
  await issue(app.call, { role: 'admin', expiresAt: later(60) });
  await issue(app.call, { role: 'collector' });
  const { id } = await issue(app.call, { id: 'spare', role: 'admin' });
  t.equal(await statusOf(app.call('DELETE', `/v1/keys/${id}`)), 204, 'while there is another');
  assertProblem(t, await app.call('DELETE', '/v1/keys/admin'), 409, 'last-admin-key');
  assertProblem(t, await app.call('PATCH', '/v1/keys/admin', { expiresAt: later(60) }), 409, 'last-admin-key');
  t.equal(await statusOf(app.call('PATCH', '/v1/keys/admin', { name: '值班' })), 200);
  t.equal(await statusOf(app.call('POST', '/v1/keys/admin/rotate')), 200);
  t.equal(await statusOf(app.call('GET', '/v1/keys')), 200, 'the old secret works for now');
  await issue(app.call, { id: 'successor', role: 'admin' });
  t.equal(await statusOf(app.call('PATCH', '/v1/keys/admin', { expiresAt: later(60) })), 200);
});

await t.test('an agency goes when its keys are revoked', async (t) => {
  const app = await city(t);
  await issue(app.call, { id: 'office', role: 'reporter', agencyId: 'county-office' });
  const refused = await app.call('DELETE', '/v1/agencies/county-office');
  t.match(assertProblem(t, refused, 409, 'agency-in-use').detail, /1 个未撤销的密钥/);
  await app.call('DELETE', '/v1/keys/office');
  t.equal(await statusOf(app.call('DELETE', '/v1/agencies/county-office')), 204);
  t.match((await app.call('GET', '/v1/keys/office')).json(), { agencyId: 'county-office', revokedAt: now });
});

await t.test('when a key was used last is kept to the minute, written once in it, no part of its tag', async (t) => {
  const file = join(t.testdir({}), 'data.db');
  const app = await testApp(t, { file });
  const call = as(app, await issue(app.call, { id: 'portal', role: 'reader' }));
  const shown = async () => {
    const response = await app.call('GET', '/v1/keys/portal');
    return { tag: response.headers.etag, lastUsedAt: response.json<{ lastUsedAt?: string }>().lastUsedAt };
  };
  const unused = await shown();
  t.equal(unused.lastUsedAt, undefined);
  const watcher = openDatabase(file);
  t.teardown(() => watcher.close());
  /** Uses the key every second of a minute; answers in which of them something was written. */
  const useForAMinute = async () => {
    const written = [];
    for (let second = 0; second < 60; second += 1) {
      const before = watcher.pragma('data_version', { simple: true });
      await call('GET', '/v1/years');
      // Until what is not in the request's way has had its turn.
      await setImmediate();
      if (watcher.pragma('data_version', { simple: true }) !== before) written.push(second);
      app.tick();
    }
    return written;
  };
  t.same(await useForAMinute(), [0]);
  t.same(await shown(), { tag: unused.tag, lastUsedAt: now });
  t.same(await useForAMinute(), [0], 'and the next');
  t.same(await shown(), { tag: unused.tag, lastUsedAt: later(60) });
});
