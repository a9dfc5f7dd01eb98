import ICAL from 'ical.js';
import t from 'tap';
import type { Progress } from '../../src/domain/progress.ts';
import type { Reminders } from '../../src/domain/reminders.ts';
import { testApp, type Call } from '../support/app.ts';
import { assertProblem } from '../support/problem.ts';
import { testDeed } from '../support/store.ts';

async function progress(call: Call, query = '', year = 2023): Promise<Progress> {
  return (await call('GET', `/v1/years/${year}/progress${query}`)).json<Progress>();
}

await t.test('the demo city while it is being collected', async (t) => {
  const { call } = await testApp(t, { demo: true });
  const city = await progress(call);
  t.match(city, {
    year: 2023,
    day: '2024-02-01',
    expected: 14,
    handedIn: 0,
    byStatus: { missing: 1, draft: 13, submitted: 0, returned: 0, accepted: 0, published: 0 },
    submittedLate: 0,
    completeness: { numerator: 0, denominator: 14, value: 0 },
    timeliness: { numerator: 0, denominator: 14, value: 0 },
    children: [{ agencyId: 'shili', name: '示例市人民政府', expected: 14 }],
  });
  t.notOk('under' in city);
  t.equal(city.missing.length, 14);
  t.match(city.missing.at(-1), { agencyId: 'shili', dueOn: '2024-03-10', overdue: false });
  t.notOk('status' in (city.missing.at(-1) ?? {}), 'it has not begun');
  t.notOk(
    city.missing.some(({ agencyId }) => agencyId === 'shili-tax'),
    'the tax office reports to its own system',
  );
});

await t.test('under an agency: itself, and each child with all below it', async (t) => {
  const { call } = await testApp(t, { demo: true });
  const below = await progress(call, '?under=shili-dongshi');
  t.match(below, { under: 'shili-dongshi', expected: 4, overdue: 3 });
  t.same(
    below.children.map(({ agencyId, expected }) => [agencyId, expected]),
    [
      ['shili-dongshi-health', 1],
      ['shili-dongshi-office', 1],
      ['shili-dongshi-yangban', 1],
    ],
  );
  const whole = await progress(call, '?under=shili');
  const ofChildren = whole.children.reduce((sum, { expected }) => sum + expected, 0);
  t.equal(whole.expected, ofChildren + 1);
  t.notOk(whole.children.some(({ agencyId }) => agencyId === 'shili-tax'));
});

await t.test('what was published, and when it was first handed in', async (t) => {
  const { call, service } = await testApp(t, { demo: true });
  const handIn = (agencyId: string, firstSubmittedAt: string) =>
    service.store.changeReport({ agencyId, year: 2023 }, ({ report }) => {
      if (!report) throw new Error('no report');
      const state = { status: 'submitted', countedRevision: report.revision, version: report.version + 1 } as const;
      return { write: { ...report, ...state, firstSubmittedAt }, deed: testDeed, result: () => undefined };
    });
  await handIn('shili-housing', '2024-01-31T16:00:00.000Z');
  await handIn('shili-education', '2024-01-31T15:59:59.000Z');
  t.match(await progress(call, '?under=shili'), {
    handedIn: 2,
    submittedLate: 1,
    byStatus: { submitted: 2 },
    completeness: { numerator: 2, denominator: 14 },
    timeliness: { numerator: 1, denominator: 14 },
  });
  await call('PUT', '/v1/years/2023/extensions/shili-housing', { due: '2024-02-01', reason: '机构改革' });
  t.match(await progress(call), { submittedLate: 0, timeliness: { numerator: 2 } });
  const { items } = (await call('GET', '/v1/reports?years=2023&status=submitted')).json<{ items: unknown[] }>();
  t.match(items, [
    { agencyId: 'shili-education', submittedLate: false, overdue: false },
    { agencyId: 'shili-housing', submittedLate: false, dueOn: '2024-02-01' },
  ]);
});

await t.test('a report handed in, returned and handed in again', async (t) => {
  const { call } = await testApp(t, { demo: true });
  const report = '/v1/agencies/shili-education/reports/2023';
  const step = async (name: string, body: object) => {
    t.equal((await call('POST', `${report}/${name}`, body, { 'if-match': '*' })).statusCode, 200, name);
    const { handedIn, overdue, submittedLate, missing } = await progress(call, '?under=shili-education');
    return { handedIn, overdue, submittedLate, missing: missing.length };
  };
  const late = { submittedLate: 1 };
  t.same(await step('submit', {}), { handedIn: 1, overdue: 0, missing: 0, ...late }, 'the day was over');
  t.same(await step('return', { reason: '数据有误' }), { handedIn: 0, overdue: 1, missing: 1, ...late });
  await call('PUT', '/v1/years/2023/extensions/shili-education', { due: '2024-02-01', reason: '机构改革' });
  t.same(await step('submit', {}), { handedIn: 1, overdue: 0, missing: 0, submittedLate: 0 }, 'time was granted after');
});

await t.test('the same is answered with the same tag', async (t) => {
  const { call, tick } = await testApp(t, { demo: true });
  for (const path of ['progress', 'reminders', 'calendar.ics']) {
    const url = `/v1/years/2023/${path}?under=shili`;
    const { etag } = (await call('GET', url)).headers;
    tick();
    t.equal((await call('GET', url, undefined, { 'if-none-match': String(etag) })).statusCode, 304, path);
  }
});

await t.test('no year, no agency, no key', async (t) => {
  const { call, anonymous } = await testApp(t, { demo: true });
  for (const path of ['progress', 'reminders', 'calendar.ics']) {
    assertProblem(t, await call('GET', `/v1/years/2030/${path}`), 404, 'year-not-found');
    assertProblem(t, await call('GET', `/v1/years/2023/${path}?under=nobody`), 404, 'agency-not-found');
    assertProblem(t, await anonymous('GET', `/v1/years/2023/${path}`), 401, 'key-missing');
    assertProblem(t, await call('GET', `/v1/years/2023/${path}?udner=shili`), 400, 'request-invalid');
  }
});

await t.test('whom to call, as text unless JSON is asked for', async (t) => {
  const { call } = await testApp(t, { demo: true });
  const url = '/v1/years/2023/reminders?under=shili';
  const text = await call('GET', url);
  t.equal(text.headers['content-type'], 'text/plain; charset=utf-8');
  t.equal(text.headers['content-language'], 'zh-CN');
  t.match(text.body, '示例市人民政府办公室\t2024-01-31\t逾期1天\t草稿\t示例一\t0000-0000001\tgongkai@shili.example\n');
  t.match(text.body, '示例市教育局\t2024-01-31\t逾期1天\t草稿\t未登记联系方式\n');
  t.notMatch(text.body, '示例市人民政府\t', 'the city itself is not due for weeks');
  const english = await call('GET', url, undefined, { 'accept-language': 'en' });
  t.match(english.body, 'no contact registered');

  const json = await call('GET', url, undefined, { accept: 'application/json' });
  t.match(json.headers['content-type'], /^application\/json/);
  const { items, ...about } = json.json<Reminders>();
  t.same(about, { year: 2023, under: 'shili', day: '2024-02-01', within: 14 });
  const lines = text.body.split('\n').filter((line) => line.includes('\t'));
  t.same(
    lines.map((line) => line.split('\t')[0]),
    items.map(({ name }) => name),
    'the same agencies in the same order',
  );
  assertProblem(t, await call('GET', url, undefined, { accept: 'image/png' }), 406, 'not-acceptable');
});

await t.test('whom to call is for whoever collects', async (t) => {
  const { as } = await testApp(t, { demo: true });
  const url = '/v1/years/2023/reminders';
  for (const role of ['reader', 'reporter'] as const) {
    assertProblem(t, await (await as(role, 'shili'))('GET', url), 403, 'not-allowed');
  }
  t.match((await (await as('collector', 'shili'))('GET', url)).body, 'gongkai@shili.example');
});

await t.test('lists and progress agree on who is overdue, and nobody is in a year that is planned', async (t) => {
  const { call } = await testApp(t, { demo: true });
  await call('PATCH', '/v1/agencies/shili-tax', { vertical: false });
  await call('PUT', '/v1/agencies/shili-tax/reports/2023', {});
  const listed = async (query: string) => {
    const { items } = (await call('GET', `/v1/reports?years=2023&${query}`)).json<{ items: Listed[] }>();
    return items.map(({ agencyId }) => agencyId);
  };
  const late = async () => {
    const { missing } = await progress(call);
    return missing
      .filter(({ overdue, status }) => overdue && status)
      .map(({ agencyId }) => agencyId)
      .sort();
  };
  const url = '/v1/reports?years=2023&agency=shili-tax';
  t.same(await listed('overdue=true'), await late());
  t.ok((await late()).includes('shili-tax'));
  const unexpected = [{ vertical: true }, { vertical: false, activeTo: '2023-12-30' }, { activeFrom: '2024-01-01' }];
  for (const change of unexpected) {
    await call('PATCH', '/v1/agencies/shili-tax', { activeTo: null, ...change });
    t.same(await listed('overdue=true'), await late());
    t.ok((await listed('overdue=false')).includes('shili-tax'));
    t.notOk((await call('GET', url)).body.includes('dueOn'), JSON.stringify(change));
    const extension = { due: '2024-02-05', reason: '机构改革' };
    const refused = await call('PUT', '/v1/years/2023/extensions/shili-tax', extension);
    assertProblem(t, refused, 422, 'extension-not-expected');
  }
  await call('PATCH', '/v1/agencies/shili-tax', { activeFrom: null, activeTo: '2023-12-31' });
  t.ok((await listed('overdue=true')).includes('shili-tax'), 'to the last day');
  await call('PATCH', '/v1/years/2023', { status: 'planned' });
  t.same([await listed('overdue=true'), await late()], [[], []]);
  t.notOk((await call('GET', '/v1/reports?years=2023')).body.includes('"overdue":true'));
  const { items } = (
    await call('GET', '/v1/years/2023/reminders', undefined, { accept: 'application/json' })
  ).json<Reminders>();
  t.same(items, []);
});

interface Listed {
  readonly agencyId: string;
}

await t.test('the dates for a calendar', async (t) => {
  const { call } = await testApp(t, { demo: true });
  await call('PUT', '/v1/years/2023/extensions/shili-housing', { due: '2024-02-05', reason: '机构改革；\n材料未齐' });
  const read = async (query: string) => {
    const { headers, body } = await call('GET', `/v1/years/2023/calendar.ics${query}`);
    t.equal(headers['content-type'], 'text/calendar; charset=utf-8');
    return new ICAL.Component(ICAL.parse(body) as unknown[]).getAllSubcomponents('vevent').map((event) => {
      return [event.getFirstPropertyValue('uid'), String(event.getFirstPropertyValue('dtstart'))];
    });
  };
  const all = await read('');
  t.equal(all.length, 11);
  t.same(all.at(-1), ['extension-shili-housing-2023@nianbao', '2024-02-05']);
  t.equal((await read('?under=shili-xili')).length, 10, 'of no concern to another county');
});
