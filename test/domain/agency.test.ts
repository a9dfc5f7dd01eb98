import t from 'tap';
import { agencyFaults, agencyFrom, type Agency, type AgencyInput } from '../../src/domain/agency.ts';
import { fill, languages } from '../../src/domain/language.ts';

const input: AgencyInput = { name: '舞阳县人民政府办公室', level: 'county', kind: 'office' };

const agency = (id: string, more: Partial<AgencyInput> = {}) => agencyFrom(id, { ...input, ...more });

/** The faults of the first of a batch, the pointers only. */
function faultsOf(...batch: readonly Agency[]): string[] {
  const [first] = batch as [Agency];
  return agencyFaults(first, (id) => batch.find((candidate) => candidate.id === id)).map(({ pointer }) => pointer);
}

await t.test('a government consolidates unless it says no, others only when they say so', async (t) => {
  t.match(agency('a', { kind: 'government' }), { consolidates: true, vertical: false });
  t.match(agency('a', { kind: 'government', consolidates: false }), { consolidates: false });
  t.match(agency('a'), { consolidates: false });
  t.match(agency('a', { consolidates: true, vertical: true }), { consolidates: true, vertical: true });
});

await t.test('equal agencies have equal JSON, whatever the order of their members', async (t) => {
  const more = { parentId: 'p', contact: { name: 'n', phone: '1', email: 'e' }, activeFrom: '2001-01-01' };
  const backwards = Object.fromEntries(Object.entries({ ...input, ...more }).reverse()) as unknown as AgencyInput;
  const contact = { email: 'e', phone: '1', name: 'n' };
  t.equal(JSON.stringify(agencyFrom('a', { ...backwards, contact })), JSON.stringify(agency('a', more)));
});

await t.test('the id is the address it was written to', async (t) => {
  t.equal(agencyFrom('a', { ...input, id: 'b' }).id, 'a');
});

await t.test('an agency in a sound tree has no fault', async (t) => {
  t.same(faultsOf(agency('c', { parentId: 'b' }), agency('b', { parentId: 'a' }), agency('a')), []);
});

await t.test('an unknown parent is refused', async (t) => {
  t.same(faultsOf(agency('a', { parentId: 'nobody' })), ['/parentId']);
});

await t.test('nobody is their own parent', async (t) => {
  t.same(faultsOf(agency('a', { parentId: 'a' })), ['/parentId']);
});

await t.test('a circle made by a whole batch is refused for everyone in it', async (t) => {
  const a = agency('a', { parentId: 'c' });
  const b = agency('b', { parentId: 'a' });
  const c = agency('c', { parentId: 'b' });
  for (const batch of [
    [a, b, c],
    [b, c, a],
    [c, a, b],
  ]) {
    t.same(faultsOf(...batch), ['/parentId']);
  }
});

await t.test('an agency below a circle is not blamed, and the walk ends', async (t) => {
  t.same(faultsOf(agency('d', { parentId: 'a' }), agency('a', { parentId: 'b' }), agency('b', { parentId: 'a' })), []);
});

await t.test('a successor is registered and another agency', async (t) => {
  t.same(faultsOf(agency('a', { succeededBy: 'b' }), agency('b')), []);
  t.same(faultsOf(agency('a', { succeededBy: 'b' })), ['/succeededBy']);
  t.same(faultsOf(agency('a', { succeededBy: 'a' })), ['/succeededBy']);
});

await t.test('an agency does not end before it begins', async (t) => {
  t.same(faultsOf(agency('a', { activeFrom: '2020-01-02', activeTo: '2020-01-01' })), ['/activeTo']);
  t.same(faultsOf(agency('a', { activeFrom: '2020-01-01', activeTo: '2020-01-01' })), []);
  t.same(faultsOf(agency('a', { activeTo: '2020-01-01' })), []);
});

await t.test('every fault is told at once, at its place in the batch, in whole sentences', async (t) => {
  const bad = agency('a', {
    parentId: 'nobody',
    succeededBy: 'a',
    creditCode: '91350100M000100Y44',
    activeFrom: '2020-01-02',
    activeTo: '2020-01-01',
  });
  const faults = agencyFaults(bad, () => undefined, '/items/7');
  t.same(
    faults.map(({ pointer }) => pointer),
    ['/items/7/parentId', '/items/7/succeededBy', '/items/7/creditCode', '/items/7/activeTo'],
  );
  for (const { detail, params } of faults) {
    for (const language of languages) t.notMatch(fill(detail, language, params), /[{}]/);
  }
});
