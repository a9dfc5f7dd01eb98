import fc from 'fast-check';
import t from 'tap';
import type { Principal } from '../../src/domain/access.ts';
import { agencyFrom, type Agency } from '../../src/domain/agency.ts';
import { keyEntry } from '../../src/domain/event.ts';
import {
  expiryFaults,
  isLastingAdmin,
  keyFaults,
  keyFrom,
  keyView,
  revoked,
  rotated,
  type Key,
} from '../../src/domain/key.ts';

const now = '2024-02-01T08:00:00.000Z';

const day = (n: number) => new Date(Date.parse(now) + n * 86_400_000).toISOString();

function key(parts: Partial<Key> = {}): Key {
  return keyFrom({ id: 'k', role: 'reader', createdAt: now, secrets: [{ hash: 'first', createdAt: now }], ...parts });
}

/** A city with a county below it and a town below that; another city beside them. */
const agencies = new Map<string, Agency>(
  [['city'], ['county', 'city'], ['town', 'county'], ['other']].map(([id = '', parentId]) => [
    id,
    agencyFrom(id, { name: id, level: 'county', kind: 'government', ...(parentId !== undefined && { parentId }) }),
  ]),
);
const find = (id: string) => agencies.get(id);
const operator: Principal = { keyId: 'admin', role: 'admin' };
const countyAdmin: Principal = { keyId: 'county-admin', role: 'admin', agencyId: 'county' };

await t.test('however often it is rotated, a key has its new secret and at most the one before', async (t) => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(30), fc.integer({ min: -5, max: 30 })), { minLength: 1 }), (turns) => {
      let [current, today] = [key(), 0];
      for (const [index, [later, keep]] of turns.entries()) {
        const before = current.secrets[0]?.hash;
        today += later;
        current = rotated(current, { hash: `${index}`, createdAt: day(today) }, day(today + keep));
        const [fresh, old, ...more] = current.secrets;
        if (fresh?.hash !== `${index}` || fresh.expiresAt !== undefined || more.length > 0) return false;
        if (keep <= 0 ? old !== undefined : old?.hash !== before || old?.expiresAt !== day(today + keep)) return false;
      }
      return true;
    }),
  );
  t.end();
});

await t.test('a key that was revoked has nothing that opens it, and stays as it is', async (t) => {
  const gone = revoked(key({ name: '门户' }), day(1));
  t.same(gone, { id: 'k', name: '门户', role: 'reader', createdAt: now, revokedAt: day(1), secrets: [] });
  t.equal(revoked(gone, day(2)), gone);
});

await t.test('a secret that has an end is given no later one', async (t) => {
  const ending = key({ secrets: [{ hash: 'first', createdAt: now, expiresAt: day(1) }] });
  const fresh = { hash: 'second', createdAt: now };
  t.same(rotated(ending, fresh, day(7)).secrets[1], { hash: 'first', createdAt: now, expiresAt: day(1) });
  t.same(rotated(ending, fresh, day(0.5)).secrets[1]?.expiresAt, day(0.5), 'an earlier one it is');
});

await t.test('what is told of a key opens nothing', async (t) => {
  const told = [JSON.stringify(keyView(key())), keyEntry({ act: 'createKey', at: now }, key()).state ?? ''];
  for (const text of told) t.notMatch(text, /hash|first/);
});

await t.test('who can always mend everything is an admin bound to nothing, without an end, not revoked', async (t) => {
  const lasting = key({ role: 'admin' });
  t.ok(isLastingAdmin(lasting));
  const others: Partial<Key>[] = [{ role: 'collector' }, { agencyId: 'city' }, { expiresAt: day(1) }];
  for (const other of others) t.notOk(isLastingAdmin({ ...lasting, ...other }), JSON.stringify(other));
  t.notOk(isLastingAdmin(revoked(lasting, now)));
});

await t.test('a key is issued within the reach of who issues it, and says what is wrong where', async (t) => {
  const pointers = (parts: Partial<Key>, by = operator) =>
    keyFaults(key(parts), by, find).map(({ pointer }) => pointer);
  t.same(pointers({}), []);
  t.same(pointers({ role: 'reporter', agencyId: 'town' }), []);
  t.same(pointers({ role: 'reporter' }), ['/agencyId'], 'nobody’s reporter');
  t.same(pointers({ agencyId: 'nowhere' }), ['/agencyId'], 'not registered');
  t.same(pointers({ agencyId: 'county' }, countyAdmin), [], 'its own');
  t.same(pointers({ agencyId: 'town', role: 'admin' }, countyAdmin), [], 'one below');
  for (const agencyId of ['city', 'other', 'nowhere']) t.same(pointers({ agencyId }, countyAdmin), ['/agencyId']);
  t.same(pointers({ role: 'admin' }, countyAdmin), ['/agencyId'], 'none that is bound to nothing');
  for (const id of ['admin', 'cli', 'demo']) t.same(pointers({ id }), ['/id'], id);
  t.same(pointers({ id: 'cli', role: 'reporter', expiresAt: now }), ['/id', '/agencyId', '/expiresAt'], 'all at once');
});

await t.test('what somebody outside is told of an agency is what is told of one that is not there', async (t) => {
  const said = (agencyId: string) => keyFaults(key({ agencyId }), countyAdmin, find).map(({ detail }) => detail);
  t.same(said('other'), said('nowhere'));
});

await t.test('a key ends later than now, at a time there is', async (t) => {
  t.same(expiryFaults(undefined, now, '/x'), []);
  t.same(expiryFaults(day(1), now, '/x'), []);
  for (const time of [now, day(-1), '2024-12-31T23:59:60Z', '9999-12-31T23:59:59-12:00'])
    t.match(expiryFaults(time, now, '/x'), [{ pointer: '/x', params: { time } }], time);
});
