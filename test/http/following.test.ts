import fc from 'fast-check';
import t from 'tap';
import { testApp, type Call, type TestApp } from '../support/app.ts';
import { issueKey } from '../support/keys.ts';
import { holdsAfterWaiting } from '../support/property.ts';
import { wuyang } from '../support/wuyang.ts';

interface Item {
  readonly resource: { readonly kind: string; readonly agencyId?: string; readonly year?: number };
  readonly state: Record<string, unknown> | null;
}

/** What a portal knows that reads nothing but the feed and the contents of revisions. */
type Known = Map<string, unknown>;

interface Page {
  readonly items: Item[];
  readonly next?: number;
}

/** Follows the feed to its end, from the beginning. */
async function follow({ service }: TestApp, call: Call): Promise<Known> {
  const known: Known = new Map();
  for (let after: number | undefined = 0; after !== undefined;) {
    const page: Page = (await call('GET', `/v1/events?limit=7&after=${after}`)).json<Page>();
    for (const { resource, state } of page.items) learn(known, resource, state);
    after = page.next;
  }
  for (const [address, head] of known) {
    const [, , , agencyId = '', , year] = address.split('/');
    if (year === undefined) continue;
    const { revision } = head as { revision: number };
    const stored = await service.store.revision({ agencyId, year: Number(year) }, 'all', revision);
    known.set(address, { ...(head as object), ...(JSON.parse(stored?.content ?? '{}') as object) });
  }
  return known;
}

function learn(known: Known, { kind, agencyId, year }: Item['resource'], state: Item['state']): void {
  if (kind === 'key') return;
  const address =
    kind === 'year' ? `/v1/years/${year}` : `/v1/agencies/${agencyId}${year === undefined ? '' : `/reports/${year}`}`;
  if (state) known.set(address, state);
  // Whatever is gone is gone with what it had.
  else for (const other of known.keys()) if (other === address || other.startsWith(`${address}/`)) known.delete(other);
}

/** What GET answers to the same caller. */
async function read(call: Call): Promise<Known> {
  const known: Known = new Map();
  const list = async <T>(url: string) => (await call('GET', `${url}?limit=500`)).json<{ items: T[] }>().items;
  for (const year of await list<{ year: number }>('/v1/years')) known.set(`/v1/years/${year.year}`, year);
  for (const agency of await list<{ id: string }>('/v1/agencies')) known.set(`/v1/agencies/${agency.id}`, agency);
  for (const { agencyId, year } of await list<{ agencyId: string; year: number }>('/v1/reports')) {
    const address = `/v1/agencies/${agencyId}/reports/${year}`;
    known.set(address, (await call('GET', address)).json());
  }
  return known;
}

const id = fc.constantFrom('root', 'a', 'b', 'c', 'd');
const year = fc.constantFrom(2021, 2022);
const any = { 'if-match': '*' };
const figure = fc.constantFrom(0, 1);

const put = (id: string, year: number, total: number) => (call: Call) => {
  const one = { ...(wuyang.sections['requests']?.['carriedIn'] as object), natural: total, total };
  const requests = { ...wuyang.sections['requests'], carriedIn: one, carriedOut: one };
  return call('PUT', `/v1/agencies/${id}/reports/${year}`, { sections: { ...wuyang.sections, requests } }, any);
};

/** Writes of all kinds; many are refused, as they are in life. */
const write: fc.Arbitrary<(call: Call) => Promise<unknown>> = fc.oneof(
  fc.tuple(id, id, fc.constantFrom('甲局', '乙局')).map(([id, parentId, name]) => (call: Call) => {
    return call('PUT', `/v1/agencies/${id}`, { name: name + id, level: 'county', kind: 'department', parentId });
  }),
  id.map((id) => (call: Call) => call('DELETE', `/v1/agencies/${id}`)),
  year.map((year) => (call: Call) => call('DELETE', `/v1/years/${year}`)),
  year.map((year) => (call: Call) => call('PUT', `/v1/years/${year}`, {})),
  fc.tuple(id, year, figure).map(([id, year, total]) => put(id, year, total)),
  fc.tuple(id, year).map(([id, year]) => (call: Call) => {
    return call('DELETE', `/v1/agencies/${id}/reports/${year}`, undefined, any);
  }),
  fc
    .tuple(id, year, fc.constantFrom('submit', 'accept', 'publish', 'return', 'reopen'))
    .map(([id, year, step]) => (call: Call) => {
      const reason = ['return', 'reopen'].includes(step) ? { reason: '请再核对' } : {};
      return call('POST', `/v1/agencies/${id}/reports/${year}/${step}`, reason);
    }),
);

await t.test('whoever reads the feed from its beginning knows what GET answers, and no more', async (t) => {
  const property = fc.asyncProperty(fc.array(write, { minLength: 10, maxLength: 60 }), async (writes) => {
    const ended: (() => unknown)[] = [];
    const app = await testApp({ teardown: (end) => void ended.push(end as () => unknown) });
    const { call, tick } = app;
    for (const year of [2021, 2022]) await call('PUT', `/v1/years/${year}`, {});
    const city = { level: 'county', kind: 'government', consolidates: true };
    await call('PUT', '/v1/agencies/root', { ...city, name: '某县人民政府' });
    await call('PUT', '/v1/agencies/a', { ...city, name: '某乡人民政府', parentId: 'root' });
    // What the second year says was carried in turns wrong when the first is handed in.
    for (const [year, total] of [
      [2021, 0],
      [2022, 1],
    ] as const)
      await put('a', year, total)(call);
    await call('POST', '/v1/agencies/a/reports/2021/submit');
    for (const write of writes) {
      await write(call);
      tick();
    }
    const bound = await issueKey(app, { keyId: 'bound', role: 'reader', agencyId: 'a' });
    for (const caller of [call, bound.call]) {
      const [known, there] = [await follow(app, caller), await read(caller)];
      t.same(Object.fromEntries(known), Object.fromEntries(there));
    }
    for (const end of ended) await end();
  });
  await holdsAfterWaiting(t, property, { numRuns: 10 });
});
