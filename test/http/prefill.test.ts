import t, { type Test } from 'tap';
import { testApp, type Call } from '../support/app.ts';
import { assertProblem } from '../support/problem.ts';
import { filled } from '../support/store.ts';

const report = (agency: string, year: number) => `/v1/agencies/${agency}/reports/${year}`;

/** What a report tells of the requests it was carried, by column. */
interface Carried {
  readonly sections: { readonly requests: { readonly carriedIn: Record<string, number | null> } };
}

async function offices(t: Pick<Test, 'teardown'>): Promise<Call> {
  const { call } = await testApp(t);
  for (const year of [2020, 2021, 2022]) await call('PUT', `/v1/years/${year}`, {});
  for (const id of ['old', 'other', 'new']) {
    await call('PUT', `/v1/agencies/${id}`, { name: `示例${id}`, level: 'county', kind: 'department' });
  }
  return call;
}

/** Hands in a report as printed, with these requests carried out; a blank is one where `null` is said. */
async function carriesOut(call: Call, agency: string, year: number, natural: number | null): Promise<void> {
  const edition = year < 2021 ? '2019' : '2021';
  const cells = { 'requests.carriedOut.natural': natural, 'requests.carriedOut.total': natural };
  await call('PUT', report(agency, year), { ...filled(edition, cells), asPrinted: true }, { 'if-match': '*' });
}

await t.test('a draft is made of last year’s report, with the cells it carries over and no other', async (t) => {
  const call = await offices(t);
  await carriesOut(call, 'old', 2021, 3);
  const response = await call('POST', `${report('old', 2022)}/prefill`);
  t.equal(response.statusCode, 201);
  const made = response.json<Record<string, unknown>>();
  t.match(made, { status: 'draft', revision: 1, asPrinted: false, notes: {} });
  const carriedIn = { natural: 3, business: 0, research: 0, welfare: 0, legal: 0, otherOrg: 0, total: 3 };
  const blank = (await call('PUT', report('other', 2022), {})).json<{ sections: Record<string, object> }>().sections;
  t.strictSame(made['sections'], { ...blank, requests: { ...blank['requests'], carriedIn } });
  t.equal(response.headers.etag, (await call('GET', report('old', 2022))).headers.etag);
  const [made1] = (await call('GET', `${report('old', 2022)}/revisions`)).json<{ items: object[] }>().items;
  t.match(made1, { revision: 1, act: 'prefillReport' });
});

await t.test('what is stated in a draft stays, and what else it says', async (t) => {
  const call = await offices(t);
  await carriesOut(call, 'old', 2021, 3);
  const draft = {
    preparedBy: '填报人',
    notes: { 'requests.carriedIn.natural': '其中2件已撤回' },
    sections: { overview: { text: '总体情况' }, requests: { carriedIn: { natural: 1 }, received: { total: 7 } } },
  };
  const { etag } = (await call('PUT', report('old', 2022), draft)).headers;
  assertProblem(t, await call('POST', `${report('old', 2022)}/prefill`), 428, 'precondition-required');
  const response = await call('POST', `${report('old', 2022)}/prefill`, undefined, { 'if-match': String(etag) });
  t.equal(response.statusCode, 200);
  const carriedIn = { natural: 1, business: 0, total: 3 };
  t.match(response.json(), {
    ...draft,
    sections: { ...draft.sections, requests: { carriedIn, received: { total: 7 } } },
  });
  const again = await call('POST', `${report('old', 2022)}/prefill`);
  t.equal(again.statusCode, 200, 'nothing left to fill needs no If-Match');
  t.match(again.json(), { revision: 2 });
});

await t.test('what was blank last year stays blank', async (t) => {
  const call = await offices(t);
  await carriesOut(call, 'old', 2021, null);
  const { carriedIn } = (await call('POST', `${report('old', 2022)}/prefill`)).json<Carried>().sections.requests;
  t.match(carriedIn, { natural: null, business: 0, total: null });
});

await t.test('last year’s form may be another', async (t) => {
  const call = await offices(t);
  await carriesOut(call, 'old', 2020, 4);
  t.match((await call('POST', `${report('old', 2021)}/prefill`)).json(), {
    edition: '2021',
    sections: { requests: { carriedIn: { natural: 4, total: 4 } } },
  });
});

await t.test('who took over from others takes over the sum, and never a part of it', async (t) => {
  const call = await offices(t);
  const ended = { activeTo: '2022-06-30', succeededBy: 'new' };
  await call('PATCH', '/v1/agencies/new', { activeFrom: '2022-07-01' });
  for (const id of ['old', 'other']) await call('PATCH', `/v1/agencies/${id}`, ended);
  await carriesOut(call, 'old', 2021, 3);
  const refused = await call('POST', `${report('new', 2022)}/prefill`);
  assertProblem(t, refused, 409, 'last-year-missing');
  t.match(refused.json(), { detail: /2021 年度.*还有 1 个机关没有报送：示例other/ });
  await carriesOut(call, 'other', 2021, 4);
  const { carriedIn } = (await call('POST', `${report('new', 2022)}/prefill`)).json<Carried>().sections.requests;
  t.match(carriedIn, { natural: 7, business: 0, total: 7 });
});

await t.test('without a report of last year that counts nothing is made', async (t) => {
  const call = await offices(t);
  assertProblem(t, await call('POST', `${report('old', 2022)}/prefill`), 409, 'last-year-missing');
  await call('PUT', report('old', 2021), filled('2021'));
  const refused = await call('POST', `${report('old', 2022)}/prefill`, undefined, { 'accept-language': 'en' });
  assertProblem(t, refused, 409, 'last-year-missing');
  t.match(refused.json(), { detail: /No report for 2021 has been handed in/ }, 'a draft does not count');
  t.equal((await call('GET', report('old', 2022))).statusCode, 404);
});
