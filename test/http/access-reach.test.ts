import t, { type Test } from 'tap';
import { testApp, type Call } from '../support/app.ts';
import { assertProblem, pointers } from '../support/problem.ts';
import { wuyang, wuyangWith } from '../support/wuyang.ts';

const reportOf = (id: string) => `/v1/agencies/${id}/reports/2021`;
const force = { 'if-match': '*' };

/** A county with an office, beside an agency whose drafts nobody in the county may know of. */
async function county(t: Test) {
  const app = await testApp(t);
  const { call } = app;
  await call('PUT', '/v1/years/2021', {});
  const agency = (id: string, parentId?: string) =>
    call('PUT', `/v1/agencies/${id}`, { name: `某${id}局`, level: 'county', kind: 'department', parentId });
  await agency('city');
  await agency('county', 'city');
  await agency('office', 'county');
  await agency('elsewhere', 'city');
  await agency('elsewhere-office', 'elsewhere');
  for (const id of ['office', 'elsewhere']) await call('PUT', reportOf(id), wuyang);
  return app;
}

const elsewhere = /elsewhere/;

await t.test('no filter leads a list out of reach', async (t) => {
  const app = await county(t);
  const office = await app.as('collector', 'county');
  const lists = [
    ...['', '?q=elsewhere', '?q=某', '?under=county&parent=elsewhere', '?kind=department', '?limit=1'].map(
      (query) => `/v1/agencies${query}`,
    ),
    ...['', '?years=2021', '?status=draft', '?under=county&agency=elsewhere', '?agency=elsewhere'].map(
      (query) => `/v1/reports${query}`,
    ),
    ...['progress', 'reminders', 'calendar.ics', 'extensions'].map((name) => `/v1/years/2021/${name}`),
    '/v1/events?limit=500',
  ];
  for (const url of lists) {
    const response = await office('GET', url);
    t.equal(response.statusCode, 200, url);
    // What was asked for stands in the link to the next page.
    t.notMatch(response.body, elsewhere, url);
  }
  for (const url of ['/v1/agencies?parent=elsewhere', '/v1/agencies?under=elsewhere', '/v1/agencies?under=city']) {
    assertProblem(t, await office('GET', url), 404, 'agency-not-found');
  }
  const twice = await office('GET', '/v1/agencies?under=county&under=elsewhere');
  assertProblem(t, twice, 400, 'request-invalid');
});

await t.test('a cursor made by hand leads no list out of reach', async (t) => {
  const app = await county(t);
  const reader = await app.as('reader', 'county');
  const cursor = Buffer.from(JSON.stringify('a')).toString('base64url');
  const response = await reader('GET', `/v1/agencies?cursor=${cursor}`);
  t.same(
    response.json<{ items: { id: string }[] }>().items.map(({ id }) => id),
    ['county', 'office'],
  );
});

await t.test('a draft elsewhere is answered like a report that is not there, also by HEAD', async (t) => {
  const app = await county(t);
  const reader = await app.as('reader', 'county');
  const without = ({ body }: { body: string }) => body.replaceAll('elsewhere-office', 'elsewhere');
  for (const part of [
    '',
    '?asOf=2024-06-01',
    '/sections/other',
    '/document.csv',
    '/revisions',
    '/revisions/1',
    '/revisions/1/changes',
    '/check',
  ]) {
    const [draft, none] = [
      await reader('GET', `${reportOf('elsewhere')}${part}`),
      await reader('GET', `${reportOf('elsewhere-office')}${part}`),
    ];
    t.equal(draft.statusCode, 404, part);
    t.equal(without(draft), without(none), part);
    t.equal((await reader('HEAD', `${reportOf('elsewhere')}${part}`)).statusCode, 404, `HEAD ${part}`);
  }
});

await t.test('an agency is neither moved out of reach nor into it, nor tied to one elsewhere', async (t) => {
  const app = await county(t);
  const collector = await app.as('collector', 'county');
  const patch = (id: string, body: object) => collector('PATCH', `/v1/agencies/${id}`, body);
  const refusedAt = async (body: object) => {
    const refused = assertProblem(t, await patch('office', body), 422, 'agency-refused');
    return { pointers: pointers(refused), said: JSON.stringify(refused.errors) };
  };
  for (const member of ['parentId', 'succeededBy']) {
    const there = await refusedAt({ [member]: 'elsewhere' });
    const nowhere = await refusedAt({ [member]: 'nowhere' });
    t.same(there.pointers, [`/${member}`]);
    t.equal(there.said.replaceAll('elsewhere', 'nowhere'), nowhere.said, 'nor is it told that there is one');
    const batch = { id: 'new', name: '新局', level: 'county', kind: 'department', parentId: 'county' };
    const sent = await collector('POST', '/v1/agencies/batch', { items: [{ ...batch, [member]: 'elsewhere' }] });
    t.same(pointers(assertProblem(t, sent, 422, 'agency-refused')), [`/items/0/${member}`]);
  }
  t.same((await refusedAt({ parentId: null })).pointers, ['/parentId']);
  assertProblem(t, await patch('elsewhere', { parentId: 'county' }), 404, 'agency-not-found');
  assertProblem(t, await patch('county', { parentId: 'office' }), 403, 'agency-not-yours');

  await app.call('PATCH', '/v1/agencies/office', { succeededBy: 'elsewhere' });
  t.equal((await patch('office', { name: '新名' })).statusCode, 200, 'what somebody else has tied stays');
});

await t.test('what was printed elsewhere is recorded and changed by the disclosure office alone', async (t) => {
  const app = await county(t);
  const [reporter, collector] = [await app.as('reporter', 'office'), await app.as('collector', 'county')];
  const report = reportOf('office');
  const line = JSON.stringify({ agencyId: 'office', year: 2021, ...wuyang, asPrinted: true });
  const lines = { 'content-type': 'application/x-ndjson', ...force };
  const records = async () => {
    assertProblem(t, await reporter('PUT', report, { ...wuyang, asPrinted: true }, force), 403, 'not-allowed');
    assertProblem(t, await reporter('PATCH', report, { asPrinted: true, phone: '1' }, force), 403, 'not-allowed');
    t.match((await reporter('POST', '/v1/reports/batch', `${line}\n`, lines)).json(), {
      problem: { code: 'not-allowed' },
    });
  };
  await records();
  const printed = { ...wuyangWith({ other: { text: '别的话' } }), asPrinted: true };
  t.equal((await collector('PUT', report, printed, force)).statusCode, 200);
  await records();
  const section = await reporter('PUT', `${report}/sections/other`, { text: '我的话' }, force);
  assertProblem(t, section, 403, 'not-allowed');
});

/** A document that is read whole. */
const document = (agencyName: string) =>
  JSON.stringify({ agencyName, year: 2021, edition: '2021', sections: wuyang.sections });

await t.test('an import writes what its caller may write, and tells of nobody elsewhere', async (t) => {
  const app = await county(t);
  const commit = async (call: Call, agency: string) => {
    const response = await call('POST', '/v1/imports?commit=true', document(`某${agency}局`));
    return response.json<{ documents: object[] }>().documents[0];
  };
  const reader = await app.as('reader', 'county');
  t.match(await commit(reader, 'county'), { agency: { agencyId: 'county' }, left: [{ code: 'not-allowed' }] });
  const reporter = await app.as('reporter', 'county');
  t.match(await commit(reporter, 'office'), { left: [{ code: 'agency-not-yours' }] });
  await commit(app.call, 'elsewhere-office');
  const told = await commit(reporter, 'elsewhere-office');
  t.match(told, { left: [{ code: 'agency-uncertain' }], repeats: undefined });
  t.notMatch(JSON.stringify(told), /"agencyId":"elsewhere/);
});
