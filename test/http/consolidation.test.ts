import t, { type Test } from 'tap';
import type { Role } from '../../src/domain/access.ts';
import type { ConsolidatedCell, Contribution, Coverage } from '../../src/domain/consolidation.ts';
import type { TableContent } from '../../src/domain/figures.ts';
import { publish } from '../../src/domain/report.ts';
import { testApp, type TestApp } from '../support/app.ts';
import { figuresWith, tablesOf, type Cells } from '../support/figures.ts';
import { formOf } from '../support/forms.ts';
import { assertProblem, pointers } from '../support/problem.ts';
import { testDeed } from '../support/store.ts';

interface Consolidation {
  readonly edition: string;
  readonly coverage: Coverage;
  readonly sections: Record<string, TableContent>;
  readonly cells: (ConsolidatedCell & { readonly values?: Contribution[] })[];
}

const form = formOf('2021');
const received = 'requests.received.total';
const url = '/v1/agencies/county/consolidation/2022';
const report = (agency: string) => `/v1/agencies/${agency}/reports/2022`;

/** A county with three bodies under it, one of them led by its own system. */
async function county(t: Pick<Test, 'teardown'>): Promise<TestApp> {
  const app = await testApp(t);
  await app.call('PUT', '/v1/years/2022', {});
  const items = [
    { id: 'county', name: '示例县人民政府', level: 'county', kind: 'government' },
    { id: 'office', name: '示例县人民政府办公室', level: 'county', kind: 'office', parentId: 'county' },
    { id: 'tax', name: '示例县税务局', level: 'county', kind: 'department', parentId: 'county', vertical: true },
    { id: 'town', name: '示例镇人民政府', level: 'township', kind: 'township', parentId: 'county' },
  ];
  await app.call('POST', '/v1/agencies/batch', { items });
  return app;
}

/** Writes a report; one as printed counts for others at once. */
async function write({ call }: TestApp, agency: string, cells: Cells, asPrinted = true): Promise<void> {
  const body = { asPrinted, sections: tablesOf(form, figuresWith(form, cells)) };
  const { statusCode } = await call('PUT', report(agency), body, { 'if-match': '*' });
  t.ok(statusCode < 300, `${agency} is written`);
}

async function read({ call }: TestApp, query = ''): Promise<Consolidation> {
  const answer = await call('GET', `${url}${query}`);
  t.equal(answer.statusCode, 200);
  return answer.json<Consolidation>();
}

await t.test('adds up what counts, and says who is missing', async (t) => {
  const app = await county(t);
  await write(app, 'office', { [received]: 3 });
  await write(app, 'tax', { [received]: 100 });
  await write(app, 'town', { [received]: 4 }, false);
  await write(app, 'county', { [received]: 8 }, false);
  const partly = await read(app);
  t.equal(partly.edition, '2021');
  t.same(partly.coverage, {
    expected: 2,
    reported: 1,
    complete: false,
    missing: [{ agencyId: 'town', name: '示例镇人民政府', status: 'draft' }],
    leftOut: [{ agencyId: 'tax', name: '示例县税务局', reason: 'vertical' }],
  });
  t.same(Object.keys(partly.sections), ['disclosure', 'requests', 'disputes'], 'the tables, every cell in them');
  t.equal(partly.sections['requests']?.['received']?.['total'], 3);
  t.equal(partly.cells.length, form.cells.length);
  await write(app, 'town', { [received]: 4 });
  const { coverage, cells } = await read(app);
  t.match(coverage, { reported: 2, complete: true, missing: [] });
  t.same(
    cells.find(({ cell }) => cell === received),
    {
      cell: received,
      label: '一、本年新收政府信息公开申请数量·总计',
      sum: 7,
      contributors: 2,
      blank: 0,
      blankWith: [],
      stated: 8,
      difference: 1,
    },
  );
});

await t.test('a cell asked for comes with what every child says', async (t) => {
  const app = await county(t);
  await write(app, 'office', { [received]: 3 });
  await write(app, 'town', { [received]: null });
  const { cells, sections } = await read(app, `?cell=${received},disclosure.fees.amount,${received}`);
  t.match(cells, [
    {
      cell: received,
      sum: null,
      blankWith: ['town'],
      values: [
        { agencyId: 'office', name: '示例县人民政府办公室', value: 3 },
        { agencyId: 'town', name: '示例镇人民政府', value: null },
      ],
    },
    { cell: 'disclosure.fees.amount', sum: 0 },
  ]);
  t.equal(cells.length, 2, 'a cell asked for twice comes once');
  t.equal(sections['requests']?.['received']?.['total'], null);
});

await t.test('a cell that is not there is refused, with names near it', async (t) => {
  const { call } = await county(t);
  const wrong = await call('GET', `${url}?cell=requests.recieved.total,${received},nothing`, undefined, {
    'accept-language': 'en',
  });
  const body = assertProblem(t, wrong, 400, 'request-invalid');
  t.same(pointers(body), ['/cell', '/cell']);
  t.match(body.errors?.[0]?.detail, /no cell “requests\.recieved\.total”; near it are: requests\.received\.total, /);
  const many = Array.from({ length: 21 }, () => received).join(',');
  assertProblem(t, await call('GET', `${url}?cell=${many}`), 400, 'request-invalid');
});

await t.test('the tag changes with what it was computed from, and with nothing else', async (t) => {
  const app = await county(t);
  const { call } = app;
  await write(app, 'office', { [received]: 3 });
  const tag = async () => (await call('GET', url)).headers.etag as string;
  let current = await tag();
  const unchanged = await call('GET', url, undefined, { 'if-none-match': current });
  t.equal(unchanged.statusCode, 304);
  t.equal(unchanged.headers.etag, current);
  t.equal(unchanged.body, '');
  const changes: Readonly<Record<string, () => Promise<unknown>>> = {
    'a child begins a draft': () => write(app, 'town', {}, false),
    'it hands in': () => write(app, 'town', {}),
    'another figure': () => write(app, 'town', { [received]: 1 }),
    'the agency’s own report': () => write(app, 'county', { [received]: 1 }, false),
    'a name': () => call('PATCH', '/v1/agencies/town', { name: '样例镇人民政府' }),
    'a child leaves': () => call('PATCH', '/v1/agencies/town', { activeTo: '2022-06-30' }),
  };
  for (const [what, change] of Object.entries(changes)) {
    await change();
    const after = await tag();
    t.not(after, current, what);
    const asked = await call('GET', url, undefined, { 'if-none-match': current });
    t.equal(asked.statusCode, 200, `${what}: the old tag is out of date`);
    t.equal((await call('GET', url, undefined, { 'if-none-match': after })).statusCode, 304);
    current = after;
  }
  await call('PUT', '/v1/agencies/elsewhere', { name: '别处局', level: 'county', kind: 'department' });
  await write(app, 'elsewhere', { [received]: 5 });
  t.equal(await tag(), current, 'somebody else’s report');
  t.not((await call('GET', `${url}?cell=${received}`)).headers.etag, current);
  t.not((await call('GET', url, undefined, { 'accept-language': 'en' })).headers.etag, current);
});

await t.test('an agency that adds up nobody is told how that is mended', async (t) => {
  const { call } = await county(t);
  const hint = async (agency: string) => {
    const refused = await call('GET', `/v1/agencies/${agency}/consolidation/2022`, undefined, {
      'accept-language': 'en',
    });
    return assertProblem(t, refused, 409, agency === 'office' ? 'not-consolidating' : 'no-children');
  };
  t.match((await hint('office')).hint, /set `consolidates` to true with PATCH \/v1\/agencies\/office/);
  for (const agency of ['office', 'town']) await call('PATCH', `/v1/agencies/${agency}`, { vertical: true });
  t.match((await hint('county')).detail, /At the end of 2022 “county” had no children to add up; 3 led by/);
});

await t.test('agency and year have to be registered', async (t) => {
  const { call } = await county(t);
  assertProblem(t, await call('GET', '/v1/agencies/nobody/consolidation/2022'), 404, 'agency-not-found');
  assertProblem(t, await call('GET', '/v1/agencies/county/consolidation/2023'), 404, 'year-not-found');
});

await t.test('POST writes the sums as the agency’s draft, and with it what they add up', async (t) => {
  const app = await county(t);
  const { call, service } = app;
  await write(app, 'office', { [received]: 3, 'disclosure.fees.amount': null });
  await write(app, 'town', { [received]: 4 });
  await write(app, 'tax', { [received]: 100 });
  const made = await call('POST', url);
  t.equal(made.statusCode, 201);
  t.match(made.json(), { agencyId: 'county', status: 'draft', revision: 1, asPrinted: false });
  t.match(made.json<Consolidation>().sections, {
    requests: { received: { total: 7 }, granted: { total: 0 } },
    disclosure: { fees: { amount: null } },
    overview: { text: null },
  });
  t.equal(made.headers.etag, (await call('GET', report('county'))).headers.etag);
  const key = { agencyId: 'county', year: 2022 };
  t.same((await call('GET', `${report('county')}/revisions/1`)).json<{ origin: unknown }>().origin, {
    kind: 'consolidation',
    contributors: [
      { agencyId: 'office', revision: 1 },
      { agencyId: 'town', revision: 1 },
    ],
    consolidatedAt: service.now().toISOString(),
  });
  const [event] = (await service.store.events({ keys: false }, { limit: 1_000 })).events.slice(-1);
  t.match(event, { act: 'consolidateReport', by: { keyId: 'admin' }, resource: { kind: 'report', ...key } });
  t.match((await call('GET', `${report('county')}/check`)).json<{ findings: { rule: string }[] }>(), {
    revision: 1,
  });
  const { cells } = await read(app, `?cell=${received}`);
  t.match(cells, [{ sum: 7, stated: 7, difference: 0 }]);
});

await t.test('what the draft says in words stays as it is', async (t) => {
  const app = await county(t);
  const { call } = app;
  await write(app, 'office', { [received]: 3 });
  await write(app, 'town', { [received]: 4 });
  const words = {
    zeroReport: false,
    notes: { [received]: '含两件网上申请' },
    preparedBy: '示例填报员',
    phone: '0000-0000000',
  };
  const overview = { text: '全年工作平稳有序。' };
  const sections = { ...tablesOf(form, figuresWith(form, { [received]: 99 })), overview };
  const { etag } = (await call('PUT', report('county'), { ...words, sections })).headers;
  assertProblem(t, await call('POST', url), 428, 'precondition-required');
  assertProblem(t, await call('POST', url, undefined, { 'if-match': '"old"' }), 412, 'precondition-failed');
  const written = await call('POST', url, undefined, { 'if-match': etag as string });
  t.equal(written.statusCode, 200);
  t.match(written.json(), {
    ...words,
    revision: 2,
    sections: { overview, requests: { received: { total: 7 } } },
  });
  const again = await call('POST', url);
  t.equal(again.statusCode, 200, 'sums that change nothing need no If-Match');
  t.match(again.json(), { revision: 2 });
  await write(app, 'town', { [received]: 5 });
  const newer = await call('POST', url, undefined, { 'if-match': '*' });
  t.match(newer.json(), { revision: 3, sections: { requests: { received: { total: 8 } } } });
  const of = async (n: number) => (await call('GET', `${report('county')}/revisions/${n}`)).json<object>();
  t.match(await of(3), { origin: { contributors: [{}, { agencyId: 'town', revision: 2 }] } });
  t.match(await of(2), { origin: { contributors: [{}, { agencyId: 'town', revision: 1 }] } });
  t.notOk('origin' in (await of(1)), 'somebody wrote that');
});

await t.test('a sum is nothing that was printed elsewhere, and counts for nobody until it is handed in', async (t) => {
  const app = await county(t);
  await write(app, 'office', { [received]: 3 });
  await write(app, 'county', { [received]: 3 });
  const written = await app.call('POST', url, undefined, { 'if-match': '*' });
  t.match(written.json(), { revision: 2, asPrinted: false });
});

await t.test('there is nothing to write while nobody has handed in, nor over what was handed in', async (t) => {
  const app = await county(t);
  const { call, service } = app;
  await write(app, 'county', { [received]: 1 }, false);
  await write(app, 'office', { [received]: 3 }, false);
  const refused = await call('POST', url, undefined, { 'if-match': '*', 'accept-language': 'en' });
  const { detail } = assertProblem(t, refused, 409, 'nothing-handed-in');
  t.match(detail, /None of the 2 children of “county” has handed in for 2022/);
  t.match((await call('GET', report('county'))).json(), { revision: 1 }, 'the draft is as it was');
  await write(app, 'office', { [received]: 3 });
  await service.store.changeReport({ agencyId: 'county', year: 2022 }, ({ report: stored }) => ({
    write: publish(stored as NonNullable<typeof stored>, service.now().toISOString()),
    deed: testDeed,
    result: () => undefined,
  }));
  assertProblem(t, await call('POST', url, undefined, { 'if-match': '*' }), 409, 'report-state');
  assertProblem(t, await call('POST', '/v1/agencies/office/consolidation/2022'), 409, 'not-consolidating');
});

await t.test('who may read it, and who may write it', async (t) => {
  const app = await county(t);
  await write(app, 'office', { [received]: 3 });
  await write(app, 'town', { [received]: 4 });
  const expected = { reader: [200, 403], reporter: [200, 201], collector: [200, 201] } as const;
  for (const [role, statuses] of Object.entries(expected)) {
    const ask = await app.as(role as Role, 'county');
    const got = (await ask('GET', url)).statusCode;
    const posted = (await ask('POST', url, undefined, { 'if-match': '*' })).statusCode;
    t.same([got, posted], statuses, role);
    await app.call('DELETE', '/v1/agencies/county/reports/2022', undefined, { 'if-match': '*' });
  }
  assertProblem(t, await app.anonymous('GET', url), 401, 'key-missing');
});
