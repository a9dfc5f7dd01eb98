import t, { type Test } from 'tap';
import { keyFrom, revoked, rotated, type Key } from '../../src/domain/key.ts';
import type { Store } from '../../src/domain/store.ts';
import { openStore } from '../../src/sqlite/store.ts';
import { saveAgencies, testDeed } from '../support/store.ts';

const january = '2022-01-10T08:00:00.000Z';
const february = '2022-02-10T08:00:00.000Z';
const march = '2022-03-10T08:00:00.000Z';

const everything = { keys: true };

function key(id: string, parts: Partial<Key> = {}): Key {
  return keyFrom({ id, role: 'reader', createdAt: january, secrets: [{ hash: id, createdAt: january }], ...parts });
}

async function save(store: Store, ...keys: readonly Key[]): Promise<void> {
  for (const write of keys) await store.changeKey(write.id, () => ({ write, deed: testDeed, result: undefined }));
}

async function storeWith(t: Test, ...keys: readonly Key[]): Promise<Store> {
  const store = openStore(':memory:');
  t.teardown(() => store.close());
  await saveAgencies(store, { city: {}, county: { parentId: 'city' }, town: { parentId: 'county' }, other: {} });
  await save(store, ...keys);
  return store;
}

const idsOf = async (store: Store, query: Parameters<Store['keys']>[0], after?: string) =>
  (await store.keys(query, { after, limit: 2 })).map(({ key: { id } }) => id).join(' ');

await t.test('a key comes back as it was kept', async (t) => {
  const whole = key('whole', {
    name: '某局',
    role: 'reporter',
    agencyId: 'town',
    createdBy: 'admin',
    expiresAt: march,
    secrets: [
      { hash: 'new', createdAt: february },
      { hash: 'old', createdAt: january, expiresAt: march },
    ],
  });
  const store = await storeWith(t, whole, key('bare'));
  t.strictSame(await store.key('whole'), { key: whole });
  t.strictSame(await store.key('bare'), { key: key('bare') });
  t.strictSame(await store.key('gone'), undefined);
});

await t.test('a secret opens its key until the first of their ends', async (t) => {
  const turned = rotated(key('turned', { agencyId: 'town' }), { hash: 'fresh', createdAt: february }, march);
  const store = await storeWith(t, turned, key('ending', { expiresAt: february }));
  const principal = { keyId: 'turned', role: 'reader', agencyId: 'town' };
  t.strictSame(await store.findCredential('fresh'), { principal });
  t.strictSame(await store.findCredential('turned'), { principal, expiresAt: march });
  t.match(await store.findCredential('ending'), { expiresAt: february });
  t.equal(await store.findCredential('nobody'), undefined);
  await save(store, { ...turned, expiresAt: february });
  t.match(await store.findCredential('turned'), { expiresAt: february }, 'the key ends before its old secret');
  t.match(await store.findCredential('fresh'), { expiresAt: february });
  await save(store, revoked(turned, march));
  t.equal(await store.findCredential('fresh'), undefined, 'of a revoked key nothing opens anything');
});

await t.test('secrets made in the same moment keep their order', async (t) => {
  const fresh = (hash: string) => ({ hash, createdAt: january });
  const store = await storeWith(t, key('a'));
  for (const hash of ['b', 'c', 'd']) {
    const stored = (await store.key('a'))?.key as Key;
    await save(store, rotated(stored, fresh(hash), march));
  }
  t.same(
    (await store.key('a'))?.key.secrets.map(({ hash }) => hash),
    ['d', 'c'],
  );
});

await t.test('keys are listed by id, by role, within a subtree, page by page', async (t) => {
  const store = await storeWith(
    t,
    key('d', { agencyId: 'town' }),
    key('b', { agencyId: 'county', role: 'collector' }),
    key('c', { agencyId: 'other' }),
    key('a'),
  );
  t.equal(await idsOf(store, {}), 'a b');
  t.equal(await idsOf(store, {}, 'b'), 'c d');
  t.equal(await idsOf(store, { role: 'reader' }), 'a c');
  t.equal(await idsOf(store, { under: 'city' }), 'b d');
  t.equal(await idsOf(store, { under: 'city', role: 'reader' }), 'd');
  t.equal(await idsOf(store, { under: 'nowhere' }), '');
});

await t.test('a decision sees the key, the agencies and the admins', async (t) => {
  const store = await storeWith(t, key('a', { role: 'admin' }), key('b', { role: 'admin' }), key('c'));
  const seen = await store.changeKey('c', ({ stored, find, admins }) => ({
    result: { id: stored?.id, parent: find('county')?.parentId, admins: admins().map(({ id }) => id) },
  }));
  t.same(seen, { id: 'c', parent: 'city', admins: ['a', 'b'] });
});

await t.test('every change of a key is told of, by what is shown of it; a refusal and a use are not', async (t) => {
  const store = await storeWith(t);
  const before = await store.lastEvent();
  const first = key('a', { agencyId: 'town' });
  await save(store, first, revoked(first, march));
  await t.rejects(
    store.changeKey('b', () => {
      throw new Error('refused');
    }),
    /refused/,
  );
  await store.keepLastUse('a', february);
  const { events } = await store.events(everything, { after: before, limit: 9 });
  t.match(
    events.map(({ act, resource, state }) => ({ act, resource, state: JSON.parse(state ?? '') as unknown })),
    [
      { act: 'test', resource: { kind: 'key', agencyId: 'town', part: 'a' }, state: { id: 'a', role: 'reader' } },
      { act: 'test', resource: { kind: 'key', agencyId: 'town', part: 'a' }, state: { revokedAt: march, secrets: [] } },
    ],
  );
  t.equal(events.length, 2);
  t.same((await store.verifyEvents()).faults, []);
});

await t.test('when a key was used last is kept beside it, and no change of it forgets that', async (t) => {
  const store = await storeWith(t, key('a'));
  await store.keepLastUse('a', january);
  await store.keepLastUse('a', february);
  t.equal((await store.key('a'))?.lastUsedAt, february);
  t.equal((await store.findCredential('a'))?.lastUsedAt, february);
  await save(store, key('a', { name: '门户' }));
  t.match(await store.key('a'), { key: { name: '门户' }, lastUsedAt: february });
});

await t.test('an agency with a key is in use until the key is revoked', async (t) => {
  const bound = key('a', { agencyId: 'town' });
  const store = await storeWith(t, bound, key('b', { agencyId: 'other' }));
  const keys = () => store.changeAgencies(({ references }) => ({ result: references('town').keys }));
  t.equal(await keys(), 1);
  await save(store, revoked(bound, march));
  t.equal(await keys(), 0);
});
