import fc from 'fast-check';
import t, { type Test } from 'tap';
import type { Changes, TextPart } from '../../src/domain/changes.ts';
import type { RevisionSummary } from '../../src/domain/history.ts';
import type { ReportContent } from '../../src/domain/report.ts';
import { adminKey, testApp, testTime, type TestApp } from '../support/app.ts';
import { formOf } from '../support/forms.ts';
import { assertProblem } from '../support/problem.ts';
import { holdsAfterWaiting } from '../support/property.ts';
import { filled } from '../support/store.ts';
import { sparseFigures, tablesOf } from '../support/figures.ts';

const report = '/v1/agencies/office/reports/2021';
const people = { preparedBy: '填报人', reviewedBy: '审核人', phone: '0395-1234567', preparedOn: '2022-01-09' };
const fee = (amount: number) => ({ disclosure: { fees: { amount } } });
const reason = '收费金额误以元填报';

async function office(t: Pick<Test, 'teardown'>): Promise<TestApp> {
  const app = await testApp(t);
  await app.call('PUT', '/v1/years/2021', {});
  for (const id of ['office', 'elsewhere']) {
    await app.call('PUT', `/v1/agencies/${id}`, { name: `示例${id}`, level: 'county', kind: 'office' });
  }
  return app;
}

/** A report written twice, published, reopened, written twice again and published: five revisions, two of them public. */
async function corrected(t: Test): Promise<TestApp> {
  const app = await office(t);
  const { call, tick } = app;
  const write = async (amount: number, text: string, prepared = people) => {
    const { sections } = filled('2021', { 'disclosure.fees.amount': amount });
    const body = { asPrinted: true, ...prepared, sections: { ...sections, overview: { text } } };
    tick();
    t.ok((await call('PUT', report, body, { 'if-match': '*' })).statusCode < 300);
  };
  const act = async (name: string, body: object) => {
    tick();
    t.equal((await call('POST', `${report}/${name}`, body)).statusCode, 200, name);
  };
  await write(1, '草稿。');
  await write(35_000, '全年收费35000万元。');
  await act('publish', {});
  await act('reopen', { reason });
  await write(3, '全年收费3万元。');
  await write(3.5, '全年收费3.5万元。', { ...people, phone: '0395-7654321' });
  await act('publish', {});
  return app;
}

/** The time `seconds` after the application began. */
const after = (seconds: number) => new Date(testTime.getTime() + seconds * 1_000).toISOString();

async function revisionsOf({ call, anonymous }: TestApp, anybody = false): Promise<RevisionSummary[]> {
  const response = await (anybody ? anonymous : call)('GET', `${report}/revisions`);
  return response.json<{ items: RevisionSummary[] }>().items;
}

await t.test('every revision is told of, latest first: when, by whom, by which act and why', async (t) => {
  const app = await corrected(t);
  const revisions = await revisionsOf(app);
  t.match(revisions, [
    { revision: 5, at: after(6), by: 'admin', act: 'putReport', reason, published: after(7), errors: 0 },
    { revision: 4, at: after(5), by: 'admin', act: 'putReport' },
    { revision: 3, at: after(4), by: 'admin', act: 'reopenReport', reason },
    { revision: 2, at: after(2), by: 'admin', act: 'putReport', published: after(3) },
    { revision: 1, at: after(1), by: 'admin', act: 'putReport', verdict: 'consistent' },
  ]);
  t.same(
    revisions.filter((one) => one.published === undefined).map(({ revision }) => revision),
    [4, 3, 1],
  );
  t.same(
    revisions.filter((one) => one.reason === undefined).map(({ revision }) => revision),
    [4, 2, 1],
  );
});

await t.test('revisions come in pages', async (t) => {
  const { call } = await corrected(t);
  const first = (await call('GET', `${report}/revisions?limit=3`)).json<{ items: RevisionSummary[]; next: string }>();
  const second = await call('GET', `${report}/revisions?limit=3&cursor=${first.next}`);
  const { items, next } = second.json<{ items: RevisionSummary[]; next?: string }>();
  t.same(
    [...first.items, ...items].map(({ revision }) => revision),
    [5, 4, 3, 2, 1],
  );
  t.equal(next, undefined);
});

await t.test('anybody sees what was published, what was corrected, when and why, and not who did it', async (t) => {
  const app = await corrected(t);
  const { anonymous } = app;
  const revisions = await revisionsOf(app, true);
  t.match(revisions, [
    { revision: 5, published: after(7), reason },
    { revision: 2, published: after(3) },
  ]);
  t.equal(revisions.length, 2);
  t.notOk(revisions.some((one) => 'by' in one || 'origin' in one));
  t.match((await anonymous('GET', `${report}/revisions/2`)).json(), {
    status: 'published',
    revision: 2,
    publishedAt: after(3),
    sections: fee(35_000),
  });
  const changes = await anonymous('GET', `${report}/revisions/5/changes`);
  t.match(changes.json(), { revision: 5, since: 2, at: after(6), published: after(7), reason });
  const { cells, members, texts } = changes.json<Changes>();
  t.match(cells, [{ cell: 'disclosure.fees.amount', before: 35_000, after: 3.5 }]);
  t.same(members, [], 'whose telephone it is has changed, and is nobody’s business');
  t.match(texts, [{ section: 'overview', title: '一、总体情况', parts: [{}, { text: '35000' }, { text: '3.5' }, {}] }]);
  for (const url of ['revisions', 'revisions/2', 'revisions/5', 'revisions/5/changes', 'revisions/2/changes']) {
    t.notMatch((await anonymous('GET', `${report}/${url}`)).body, /填报人|审核人|0395|2022-01-09|"by"/, url);
  }
});

await t.test('a revision that was never public is to anybody like one that is not there', async (t) => {
  const { anonymous, call } = await corrected(t);
  const refused = async (url: string) => {
    const response = await anonymous('GET', `${report}/revisions/${url}`);
    assertProblem(t, response, 404, 'revision-not-found');
    return response.body.replaceAll(/revisions\/\d+|第 \d+ 次/g, '');
  };
  t.equal(await refused('4'), await refused('6'));
  await refused('4/changes');
  await refused('5/changes?since=4');
  await refused('5/changes?since=1');
  t.equal((await call('GET', `${report}/revisions/4`)).statusCode, 200);
  assertProblem(t, await call('GET', `${report}/revisions/6`), 404, 'revision-not-found');
});

await t.test('a key sees everything inside its subtree, and elsewhere what anybody sees', async (t) => {
  const { as } = await corrected(t);
  const revisions = async (agencyId: string) => {
    const response = await (await as('reader', agencyId))('GET', `${report}/revisions`);
    return response.json<{ items: RevisionSummary[] }>().items.map(({ revision, by }) => [revision, by]);
  };
  t.equal((await revisions('office')).length, 5);
  t.same(await revisions('elsewhere'), [
    [5, undefined],
    [2, undefined],
  ]);
});

await t.test('only who may write a report has it filled', async (t) => {
  const { as } = await corrected(t);
  const prefill = async (role: 'reader' | 'reporter', agencyId: string) =>
    (await as(role, agencyId))('POST', `${report}/prefill`);
  assertProblem(t, await prefill('reader', 'office'), 403, 'not-allowed');
  assertProblem(t, await prefill('reporter', 'elsewhere'), 403, 'agency-not-yours');
  assertProblem(t, await prefill('reporter', 'office'), 409, 'last-year-missing');
});

await t.test('of a report that is not public nobody is told anything', async (t) => {
  const { call, anonymous } = await office(t);
  await call('PUT', report, filled('2021'));
  for (const url of ['revisions', 'revisions/1', 'revisions/1/changes']) {
    assertProblem(t, await anonymous('GET', `${report}/${url}`), 401, 'key-missing');
  }
  assertProblem(t, await call('GET', '/v1/agencies/elsewhere/reports/2021/revisions'), 404, 'report-not-found');
});

await t.test('the first revision is compared with a blank report, any other with the one before', async (t) => {
  const { call } = await corrected(t);
  const changes = async (url: string) =>
    (await call('GET', `${report}/revisions/${url}`)).json<Changes & { since?: number }>();
  const first = await changes('1/changes');
  t.equal(first.since, undefined);
  t.equal(first.cells.length, formOf('2021').cells.length);
  t.ok(first.cells.every(({ before }) => before === null));
  t.match(first.members, [
    { member: 'asPrinted', before: false, after: true },
    ...Object.keys(people).map((member) => ({ member, before: null })),
  ]);
  const last = await changes('5/changes');
  t.match(last, { since: 4, cells: [{ before: 3, after: 3.5 }] });
  t.match(last.members, [{ member: 'phone', before: '0395-1234567', after: '0395-7654321' }]);
  t.match(await changes('3/changes'), { since: 2, reason, cells: [], members: [], texts: [] });
  t.match(await changes('5/changes?since=1'), { since: 1, cells: [{ before: 1, after: 3.5 }] });
  const refused = await call('GET', `${report}/revisions/2/changes?since=2`);
  assertProblem(t, refused, 400, 'request-invalid');
  t.match(refused.json(), { errors: [{ in: 'query', pointer: '/since' }] });
});

await t.test('labels follow the language of the caller', async (t) => {
  const { anonymous } = await corrected(t);
  const english = await anonymous('GET', `${report}/revisions/5/changes`, undefined, { 'accept-language': 'en' });
  t.match(english.json(), { cells: [{ label: /^Administrative fees/ }], texts: [{ title: 'Overview' }] });
});

await t.test('what changed between two revisions turns the one into the other', async (t) => {
  const app = await office(t);
  const { call } = app;
  const form = formOf('2021');
  const text = fc.array(fc.constantFrom('全年', '申请', '12.5', '件', '，', '。', '\n', '公开'), { maxLength: 30 });
  const content = fc.record({
    figures: sparseFigures(form),
    texts: fc.array(text, { minLength: 3, maxLength: 3 }),
    zeroReport: fc.boolean(),
  });
  const write = async ({
    figures,
    texts,
    zeroReport,
  }: {
    figures: Float64Array;
    texts: string[][];
    zeroReport: boolean;
  }) => {
    const narratives = form.narratives.map(({ key }, n) => [key, { text: texts[n]?.join('') }]);
    const sections = { ...tablesOf(form, figures), ...(Object.fromEntries(narratives) as object) };
    const response = await call('PUT', report, { zeroReport, sections }, { 'if-match': '*' });
    return response.json<ReportContent & { revision: number }>();
  };
  const property = fc.asyncProperty(content, content, async (one, other) => {
    const [before, after] = [await write(one), await write(other)];
    if (before.revision === after.revision) return true;
    const url = `${report}/revisions/${after.revision}/changes?since=${before.revision}`;
    return JSON.stringify(changed(before, (await call('GET', url)).json())) === JSON.stringify(bare(after));
  });
  await holdsAfterWaiting(t, property, { numRuns: 20 });
});

/** A report's content without what the service says of it. */
function bare({ zeroReport, sections }: ReportContent) {
  return { zeroReport, sections };
}

function changed(before: ReportContent, { cells, members, texts }: Changes): object {
  const result = structuredClone(bare(before)) as { sections: Record<string, Record<string, Record<string, unknown>>> };
  for (const { cell, after } of cells) {
    const [section = '', row = '', column = ''] = cell.split('.');
    (result.sections[section]?.[row] as Record<string, unknown>)[column] = after;
  }
  for (const { member, after } of members) (result as Record<string, unknown>)[member] = after;
  for (const { section, parts } of texts)
    (result.sections[section] as Record<string, unknown>)['text'] = textAfter(parts);
  return result;
}

function textAfter(parts: readonly TextPart[]): string {
  return parts.map(({ kind, text }) => (kind === 'removed' ? '' : text)).join('');
}

await t.test('a report is read as it was at any time', async (t) => {
  const { call, anonymous } = await corrected(t);
  const asOf = async (seconds: number, ask = call) => {
    const response = await ask('GET', `${report}?asOf=${after(seconds)}`);
    return response.json<{ revision: number; status: string; publishedRevision?: number }>();
  };
  t.match(await asOf(1), { revision: 1, status: 'draft', sections: fee(1), updatedAt: after(1) });
  t.match(await asOf(2.5), { revision: 2, status: 'draft' });
  t.match(await asOf(3), { revision: 2, status: 'published', publishedRevision: 2 });
  t.match(await asOf(4), { revision: 3, status: 'draft', publishedRevision: 2, reason });
  t.match(await asOf(6.9), { revision: 5, status: 'draft', publishedRevision: 2 });
  t.strictSame(await asOf(60), (await call('GET', report)).json(), 'now it is as it is');
  t.match(await asOf(6.9, anonymous), { revision: 2, status: 'published', sections: fee(35_000) });
  t.strictSame(await asOf(60, anonymous), (await anonymous('GET', report)).json());
  t.notMatch(JSON.stringify(await asOf(3, anonymous)), /填报人|0395/);
});

await t.test('before there was a report there is none, nor for anybody before it was published', async (t) => {
  const { call, anonymous } = await corrected(t);
  assertProblem(t, await call('GET', `${report}?asOf=${after(0)}`), 404, 'report-not-yet');
  assertProblem(t, await anonymous('GET', `${report}?asOf=${after(2)}`), 404, 'report-not-yet');
  const elsewhere = '/v1/agencies/elsewhere/reports/2021';
  assertProblem(t, await call('GET', `${elsewhere}?asOf=${after(2)}`), 404, 'report-not-found');
  assertProblem(t, await anonymous('GET', `${elsewhere}?asOf=${after(2)}`), 401, 'key-missing');
});

await t.test('sections and documents are read as they were, too', async (t) => {
  const { call, anonymous } = await corrected(t);
  const overview = `${report}/sections/overview?asOf=${after(5)}`;
  t.same((await call('GET', overview)).json(), { text: '全年收费3万元。' });
  t.same((await anonymous('GET', overview)).json(), { text: '全年收费35000万元。' });
  t.match((await anonymous('GET', `${report}/document.html?asOf=${after(5)}`)).body, /全年收费35000万元。/);
  t.match(
    (await call('GET', `${report}?asOf=${after(5)}`, undefined, { accept: 'text/html' })).body,
    /全年收费3万元。/,
  );
  t.match((await call('GET', `${report}/document.json?asOf=${after(5)}`)).json(), {
    revision: 4,
    agencyName: '示例office',
  });
  for (const url of [overview, `${report}/document.csv?asOf=${after(5)}`, `${report}?asOf=${after(5)}`]) {
    const { etag } = (await call('GET', url)).headers;
    t.equal((await call('GET', url, undefined, { 'if-none-match': String(etag) })).statusCode, 304, url);
    const now = url.replace(/\?.*/, '');
    t.equal((await call('GET', now, undefined, { 'if-none-match': String(etag) })).statusCode, 200, now);
  }
});

await t.test('a day is over when it is over in China', async (t) => {
  const { call, tick, service } = await office(t);
  const midnight = '2024-02-01T16:00:00.000Z';
  const asOf = async (time: string) =>
    (await call('GET', `${report}?asOf=${time}`)).json<{ revision: number }>().revision;
  while (service.now().getTime() < Date.parse(midnight) - 1_000) tick();
  await call('PUT', report, { sections: fee(1) });
  tick();
  t.equal(service.now().toISOString(), midnight);
  await call('PUT', report, { sections: fee(2) }, { 'if-match': '*' });
  t.equal(await asOf('2024-02-01'), 1);
  t.equal(await asOf('2024-02-02'), 2);
  t.equal(await asOf('2024-02-01T23:59:59.9%2B08:00'), 1);
  t.equal(await asOf('2024-02-02T00:00%2B08:00'), 2);
  assertProblem(t, await call('GET', `${report}?asOf=2024-01-31`), 404, 'report-not-yet');
});

await t.test('what is no time is refused', async (t) => {
  const { call } = await corrected(t);
  for (const time of [
    '2024',
    '2024-02-31',
    '2024-02-01T08:00',
    'yesterday',
    '2024-02-01T25:00Z',
    '2024-02-31T08:00Z',
  ]) {
    const response = await call('GET', `${report}?asOf=${time}`);
    assertProblem(t, response, 400, 'request-invalid');
    t.match(response.json(), { errors: [{ in: 'query', pointer: '/asOf', detail: /“.+”不是可用的时间/ }] }, time);
  }
});

await t.test(
  'of a draft that was removed nothing is left, and one made after it has a history of its own',
  async (t) => {
    const { call, tick } = await office(t);
    await call('PUT', report, { sections: fee(1) });
    tick();
    await call('DELETE', report, undefined, { 'if-match': '*' });
    tick();
    await call('PUT', report, { sections: fee(2) });
    t.match((await call('GET', `${report}/revisions`)).json<{ items: object[] }>().items, [
      { revision: 1, at: after(2) },
    ]);
    assertProblem(t, await call('GET', `${report}?asOf=${after(0)}`), 404, 'report-not-yet');
    t.match((await call('GET', `${report}?asOf=${after(2)}`)).json(), { sections: fee(2) });
  },
);

await t.test('a revision that was read from a document tells from which', async (t) => {
  const { app, call } = await office(t);
  await call('PUT', report, filled('2021', { 'disclosure.fees.amount': 12.5 }));
  const document = (await call('GET', `${report}/document.html`)).body;
  const imported = await app.inject({
    method: 'POST',
    url: '/v1/imports?filename=report.html&commit=true&agencyId=elsewhere',
    headers: { authorization: `Bearer ${adminKey}`, 'content-type': 'text/html' },
    payload: document,
  });
  const { sha256 } = imported.json<{ documents: { sha256: string }[] }>().documents[0] ?? {};
  const elsewhere = '/v1/agencies/elsewhere/reports/2021/revisions';
  const origin = { kind: 'import', fileName: 'report.html', sha256, importedAt: after(0) };
  t.strictSame((await call('GET', elsewhere)).json<{ items: RevisionSummary[] }>().items[0]?.origin, origin);
  t.match((await call('GET', `${elsewhere}/1`)).json(), {
    sections: fee(12.5),
    origin: { ...origin, provenance: { 'disclosure.fees.amount': { state: 'printed', text: '12.5' } } },
  });
});
