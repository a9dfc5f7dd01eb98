import t, { type Test } from 'tap';
import { keyFrom, revoked } from '../../src/domain/key.ts';
import { AdminKeyRefused, ensureAdminKey } from '../../src/operations/ensure-admin-key.ts';
import { secretHash } from '../../src/operations/key-secret.ts';
import { buildService, type Service } from '../../src/operations/service.ts';
import { openStore } from '../../src/sqlite/store.ts';
import { rulebook } from '../support/forms.ts';
import { testDeed } from '../support/store.ts';

const given = 'a-key-of-the-operators-own-0123456789';
const other = 'another-key-of-the-operators-0123456789';

function serviceOf(t: Test): Service {
  const store = openStore(':memory:');
  t.teardown(() => store.close());
  return buildService(rulebook, store, () => new Date(0));
}

const holderOf = async ({ store }: Service, secret: string) =>
  (await store.findCredential(secretHash(secret)))?.principal.keyId;

await t.test('where there is no admin key one is made, once, and the record tells of it', async (t) => {
  const service = serviceOf(t);
  const made = await ensureAdminKey(service, undefined);
  t.match(made, /^nb_[\w-]{43}$/);
  t.equal(await holderOf(service, made as string), 'admin');
  t.equal(await ensureAdminKey(service, undefined), undefined);
  const { events } = await service.store.events({ keys: true }, { limit: 9 });
  t.match(events, [{ act: 'ensureAdminKey', resource: { kind: 'key', part: 'admin' } }]);
  t.equal(events.length, 1);
  t.notOk(events[0] && 'by' in events[0], 'nobody did it: the program did');
});

await t.test('the one given is the admin key’s only secret, at every start', async (t) => {
  const service = serviceOf(t);
  const made = (await ensureAdminKey(service, undefined)) as string;
  t.equal(await ensureAdminKey(service, given), undefined, 'it is known to who gave it');
  t.same([await holderOf(service, made), await holderOf(service, given)], [undefined, 'admin']);
  const before = await service.store.lastEvent();
  await ensureAdminKey(service, given);
  t.equal(await service.store.lastEvent(), before, 'a start that changes nothing is no event');
  await ensureAdminKey(service, other);
  t.same([await holderOf(service, given), await holderOf(service, other)], [undefined, 'admin']);
});

await t.test('an admin key that was revoked is one again when it is given', async (t) => {
  const service = serviceOf(t);
  await ensureAdminKey(service, given);
  await service.store.changeKey('admin', ({ stored }) => {
    if (!stored) throw new Error('no key');
    return { write: revoked(stored, '2024-01-01T00:00:00.000Z'), deed: testDeed, result: undefined };
  });
  t.equal(await ensureAdminKey(service, undefined), undefined, 'without it there is none: others may be');
  t.equal(await holderOf(service, given), undefined);
  await ensureAdminKey(service, given);
  t.equal(await holderOf(service, given), 'admin');
});

await t.test('the secret of another key is refused in a sentence that does not tell it', async (t) => {
  const service = serviceOf(t);
  const at = '2024-01-01T00:00:00.000Z';
  const secrets = [{ hash: secretHash(given), createdAt: at }];
  const write = keyFrom({ id: 'boss', role: 'admin', createdAt: at, secrets });
  await service.store.changeKey('boss', () => ({ write, deed: testDeed, result: undefined }));
  const refused = await ensureAdminKey(service, given).catch((error: unknown) => error as Error);
  t.type(refused, AdminKeyRefused);
  t.match(String(refused), /“boss”/);
  t.notMatch(String(refused), given);
});
