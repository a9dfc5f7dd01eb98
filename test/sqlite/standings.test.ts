import fc from 'fast-check';
import t from 'tap';
import type { Standing } from '../../src/domain/standing.ts';
import { openStore } from '../../src/sqlite/store.ts';
import { holdsAfterWaiting } from '../support/property.ts';
import { filled, publishReport, saveAgencies, saveReport, saveYears, testDeed } from '../support/store.ts';

const year = 2023;
const now = '2024-01-10T08:00:00.000Z';

/** An agency under one before it, or under nobody; what it has reported, and until when it has time. */
const node = fc.record({
  parent: fc.option(fc.nat(), { nil: undefined }),
  vertical: fc.boolean(),
  report: fc.constantFrom('none', 'draft', 'asPrinted', 'published'),
  extendedTo: fc.constantFrom(undefined, '2024-02-05'),
});

type Node = typeof node extends fc.Arbitrary<infer Value> ? Value : never;

const parentOf = (nodes: readonly Node[], place: number): number | undefined => {
  const parent = nodes[place]?.parent;
  return parent === undefined || place === 0 ? undefined : parent % place;
};

/** The way from a place up to its root. */
function climb(nodes: readonly Node[], place: number): number[] {
  const parent = parentOf(nodes, place);
  return parent === undefined ? [place] : [place, ...climb(nodes, parent)];
}

/** What is expected of a store, found by walking up from every agency. */
function expectedUnder(nodes: readonly Node[], head: number | undefined) {
  return nodes.flatMap(({ vertical, report, extendedTo }, place) => {
    const way = climb(nodes, place);
    const reached = head === undefined ? way.length : way.indexOf(head);
    if (reached === -1) return [];
    const branch = way[reached - 1];
    const standing = {
      agencyId: `a${place}`,
      vertical,
      handedIn: report === 'asPrinted' || report === 'published',
      ...(branch !== undefined && { branch: `a${branch}` }),
      ...(report !== 'none' && { status: report === 'published' ? 'published' : 'draft' }),
      ...(extendedTo !== undefined && { extendedTo }),
    };
    return [standing];
  });
}

async function storeOf(nodes: readonly Node[]) {
  const store = openStore(':memory:');
  const agencies = nodes.map(({ vertical }, place) => {
    const parent = parentOf(nodes, place);
    return [`a${place}`, { vertical, ...(parent !== undefined && { parentId: `a${parent}` }) }] as const;
  });
  await saveAgencies(store, Object.fromEntries(agencies));
  await saveYears(store, year, year + 1);
  for (const [place, { report, extendedTo }] of nodes.entries()) {
    const key = { agencyId: `a${place}`, year };
    if (report !== 'none') await saveReport(store, key, { ...filled('2021'), asPrinted: report === 'asPrinted' }, now);
    if (report === 'published') await publishReport(store, key, now);
    if (extendedTo === undefined) continue;
    const write = { ...key, due: extendedTo, reason: '机构改革', grantedBy: 'test', grantedAt: now };
    await store.changeExtension(key, () => ({ write, deed: testDeed, result: undefined }));
  }
  return store;
}

const toldOf = ({ agencyId, vertical, handedIn, branch, status, extendedTo }: Standing) => ({
  agencyId,
  vertical,
  handedIn,
  ...(branch !== undefined && { branch }),
  ...(status !== undefined && { status }),
  ...(extendedTo !== undefined && { extendedTo }),
});

const byId = (one: { agencyId: string }, other: { agencyId: string }) => (one.agencyId < other.agencyId ? -1 : 1);

await t.test('every agency of a subtree, once, with its branch and how its report stands', async (t) => {
  const isFound = async (nodes: Node[], at: number) => {
    const store = await storeOf(nodes);
    try {
      for (const head of [undefined, at % nodes.length]) {
        const found = await store.standings({ year, ...(head !== undefined && { under: `a${head}` }) });
        const expected = expectedUnder(nodes, head).sort(byId);
        if (JSON.stringify(found.map(toldOf)) !== JSON.stringify(expected)) return false;
      }
      const otherYear = await store.standings({ year: year + 1 });
      return otherYear.length === nodes.length && !otherYear.some(({ status, extendedTo }) => status ?? extendedTo);
    } finally {
      await store.close();
    }
  };
  const property = fc.asyncProperty(fc.array(node, { minLength: 1, maxLength: 12 }), fc.nat(), isFound);
  await holdsAfterWaiting(t, property, { numRuns: 25 });
});

await t.test('contacts, times of existence and the first handing in are told', async (t) => {
  const store = openStore(':memory:');
  t.teardown(() => store.close());
  const contact = { name: '联系人', phone: '1' };
  await saveAgencies(store, { a: { contact, activeFrom: '2001-01-01', activeTo: '2030-12-31' } });
  await saveYears(store, year);
  const key = { agencyId: 'a', year };
  await saveReport(store, key, filled('2021'), now);
  await store.changeReport(key, ({ report }) => {
    if (!report) throw new Error('no report');
    return { write: { ...report, firstSubmittedAt: now }, deed: testDeed, result: () => undefined };
  });
  t.match(await store.standings({ year }), [
    { name: '机关a', level: 'county', kind: 'department', contact, activeFrom: '2001-01-01', activeTo: '2030-12-31' },
  ]);
  t.match(await store.standings({ year }), [{ firstSubmittedAt: now, handedIn: false, status: 'draft' }]);
  t.same(await store.standings({ year, under: 'nobody' }), []);
});
