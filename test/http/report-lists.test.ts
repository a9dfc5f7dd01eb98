import t from 'tap';
import { testApp } from '../support/app.ts';

interface Summary {
  agencyId: string;
  year: number;
  status: string;
  verdict: string;
  errors: number;
  updatedAt: string;
}

const { call } = await testApp(t, { demo: true });

async function list(query: string): Promise<Summary[]> {
  return (await call('GET', `/v1/reports?limit=500&${query}`)).json<{ items: Summary[] }>().items;
}

const all = await list('');

await t.test('summaries, latest year first, then by agency, without sections', async (t) => {
  const order = [...all].sort((a, b) => b.year - a.year || (a.agencyId < b.agencyId ? -1 : 1));
  t.same(all, order);
  t.ok(all.length > 50);
  t.notOk('sections' in (all[0] ?? {}));
});

await t.test('each filter keeps what it names and nothing else', async (t) => {
  const expect = async (query: string, keeps: (report: Summary) => boolean) => {
    const expected = all.filter(keeps);
    t.same(await list(query), expected, query);
    t.ok(expected.length > 0 && expected.length < all.length, `${query} divides the demo city`);
  };
  await expect('years=2020', ({ year }) => year === 2020);
  await expect('years=2019,2021-2022', ({ year }) => year === 2019 || year === 2021 || year === 2022);
  await expect('agency=shili-housing', ({ agencyId }) => agencyId === 'shili-housing');
  await expect('under=shili-xili', ({ agencyId }) => agencyId.startsWith('shili-xili'));
  await expect('status=draft', ({ status }) => status === 'draft');
  await expect('verdict=inconsistent', ({ verdict }) => verdict === 'inconsistent');
  await expect('years=2023&verdict=incomplete', ({ year, verdict }) => year === 2023 && verdict === 'incomplete');
});

await t.test('a rule finds every report failing it, as its check says', async (t) => {
  for (const rule of ['requests.balance', 'requests.outcomes', 'disputes.total', 'report.complete']) {
    const failing = await Promise.all(
      all.map(async ({ agencyId, year }) => {
        const check = await call('GET', `/v1/agencies/${agencyId}/reports/${year}/check`);
        const { findings } = check.json<{ findings: { rule: string }[] }>();
        return findings.some((finding) => finding.rule === rule) ? [`${agencyId} ${year}`] : [];
      }),
    );
    t.same(
      (await list(`rule=${rule}`)).map(({ agencyId, year }) => `${agencyId} ${year}`),
      failing.flat(),
      rule,
    );
  }
  t.same(await list('rule=no.such'), []);
});

await t.test('a rule once failed and since mended is no longer failed', async (t) => {
  const { call } = await testApp(t, { demo: true });
  const failing = '/v1/reports?agency=shili-housing&years=2023&rule=requests.outcomes';
  const count = async () => (await call('GET', failing)).json<{ items: unknown[] }>().items.length;
  t.equal(await count(), 1);
  const mend = { sections: { requests: { partlyGranted: { natural: 17 } } } };
  await call('PATCH', '/v1/agencies/shili-housing/reports/2023', mend, { 'if-match': '*' });
  t.equal(await count(), 0);
});

await t.test('overdue: a draft after its due date, which goes by level and can be set later', async (t) => {
  const { call } = await testApp(t, { demo: true });
  const overdue = async (value: boolean) =>
    (await call('GET', `/v1/reports?limit=500&years=2023&overdue=${value}`)).json<{ items: Summary[] }>().items;
  const drafts = all.filter(({ status }) => status === 'draft');
  const late = (await overdue(true)).map(({ agencyId }) => agencyId);
  t.ok(late.includes('shili-housing'), 'departments were due on 31 January');
  t.notOk(late.includes('shili-dongshi'), 'counties are not due before 20 February');
  t.equal(late.length + (await overdue(false)).length, drafts.length);
  const moved = { department: '2024-02-02', township: '2024-02-02' };
  await call('PATCH', '/v1/years/2023', { due: moved, publishBy: moved });
  t.same(await overdue(true), []);
});

await t.test('updatedAfter reads on from a time', async (t) => {
  t.same(await list('updatedAfter=2024-02-01T07:59:59Z'), all);
  t.same(await list('updatedAfter=2024-02-01T16:00:00%2B08:00'), [], 'any time zone will do');
});

await t.test('pages are complete and without repeats', async (t) => {
  const seen: Summary[] = [];
  let cursor: string | undefined = '';
  while (cursor !== undefined) {
    const query: string = `limit=7&status=published${cursor && `&cursor=${cursor}`}`;
    const page: { items: Summary[]; next?: string } = (await call('GET', `/v1/reports?${query}`)).json();
    seen.push(...page.items);
    cursor = page.next;
  }
  t.same(
    seen,
    all.filter(({ status }) => status === 'published'),
  );
});
