import t, { type Test } from 'tap';
import { testApp, testTime, type Call } from '../support/app.ts';
import { assertProblem } from '../support/problem.ts';
import { registerWuyang, wuyang, wuyangReport, wuyangWith } from '../support/wuyang.ts';

type Head = Record<'status' | 'revision' | 'publishedRevision' | 'reason' | 'submittedAt' | 'publishedAt', unknown>;

const at = testTime.toISOString();

/** The published figures, handed in as a draft, and the acts on it. */
async function withDraft(t: Test, report: unknown = wuyang) {
  const app = await testApp(t);
  await registerWuyang(app.call);
  await app.call('PUT', wuyangReport, report);
  const act = (step: string, body?: unknown, headers?: Record<string, string>) =>
    app.call('POST', `${wuyangReport}/${step}`, body, headers);
  const head = async () => (await app.call('GET', wuyangReport)).json<Head>();
  return { ...app, act, head };
}

await t.test('a report goes from draft to publication', async (t) => {
  const { act, head, anonymous } = await withDraft(t);
  const submitted = await act('submit');
  t.equal(submitted.statusCode, 200);
  t.match(submitted.json(), { status: 'submitted', submittedAt: at, revision: 1 });
  t.match((await act('accept', {})).json(), { status: 'accepted' });
  t.equal((await anonymous('GET', wuyangReport)).statusCode, 401, 'not public yet');
  t.match((await act('publish')).json(), { status: 'published', publishedRevision: 1, publishedAt: at });
  t.match((await anonymous('GET', wuyangReport)).json(), { status: 'published', revision: 1 });
  t.match(await head(), { status: 'published', revision: 1 }, 'no act but reopening makes a revision');
});

await t.test('what is returned goes back to its reporter with the reason, until it is handed in again', async (t) => {
  const { act, call, head } = await withDraft(t);
  const before = (await call('GET', wuyangReport)).headers.etag as string;
  await act('submit');
  assertProblem(t, await call('PUT', wuyangReport, {}, { 'if-match': before }), 412, 'precondition-failed');
  t.match((await act('return', { reason: '第三部分请再核对' })).json(), {
    status: 'returned',
    reason: '第三部分请再核对',
  });
  const tag = (await call('GET', wuyangReport)).headers.etag as string;
  const changed = await call('PUT', wuyangReport, { ...wuyang, phone: '0395-1' }, { 'if-match': tag });
  t.match(changed.json(), { status: 'returned', revision: 2, reason: '第三部分请再核对' });
  t.notOk('reason' in (await act('submit')).json<object>());
  await act('accept');
  t.match((await act('return', { reason: '又有一处' })).json(), { status: 'returned' }, 'also after it was accepted');
  t.match(await head(), { submittedAt: at });
});

await t.test('a correction is made in a revision of its own while the public reads the other', async (t) => {
  const { act, call, head, anonymous } = await withDraft(t);
  for (const step of ['submit', 'accept', 'publish']) await act(step);
  const published = await anonymous('GET', wuyangReport);
  t.match((await act('reopen', { reason: '附件有误' })).json(), {
    status: 'draft',
    revision: 2,
    publishedRevision: 1,
    reason: '附件有误',
  });
  await call('PATCH', wuyangReport, { sections: { other: { text: '更正：无。' } } }, { 'if-match': '*' });
  await act('submit');
  t.equal((await anonymous('GET', wuyangReport)).body, published.body);
  assertProblem(t, await call('DELETE', wuyangReport, undefined, { 'if-match': '*' }), 409, 'report-handed-in');
  await act('accept');
  await act('publish');
  t.match(await head(), { status: 'published', revision: 3, publishedRevision: 3 });
  t.match((await anonymous('GET', `${wuyangReport}/sections/other`)).json(), { text: '更正：无。' });
});

await t.test('a step that is not possible now is refused with those that are', async (t) => {
  const { act } = await withDraft(t);
  const possible = async (step: string, reason?: string) => {
    const response = await act(step, reason === undefined ? {} : { reason });
    return assertProblem(t, response, 409, 'report-state') as unknown as { possible: string[]; detail: string };
  };
  t.match(await possible('accept'), { possible: ['submit'], detail: /草稿.*审核通过.*已报送.*报送/ });
  t.match(await possible('reopen', '更正'), { possible: ['submit'] });
  await act('submit');
  t.match(await possible('submit'), { possible: ['return', 'accept'] });
  t.match(await possible('publish'), { possible: ['return', 'accept'] });
  await act('accept');
  t.match(await possible('accept'), { possible: ['return', 'publish'] });
  await act('publish');
  t.match(await possible('return', '退回'), { possible: ['reopen'] });
});

await t.test('going back needs a reason, going on takes none', async (t) => {
  const { act } = await withDraft(t);
  for (const step of ['return', 'reopen']) {
    for (const body of [undefined, {}, { reason: '' }, { reason: '　 ' }, { reason: '好', more: 1 }]) {
      assertProblem(t, await act(step, body), 400, 'request-invalid');
    }
  }
  assertProblem(t, await act('submit', { reason: '好' }), 400, 'request-invalid');
});

const carried = `${wuyangReport}/waivers/requests.carriedIn/total`;

await t.test('errors and blanks stop a report from being handed in, and are told', async (t) => {
  const unequal = wuyangWith({ disputes: { reconsideration: { upheld: 1, total: 2 } } });
  const { act, call, head } = await withDraft(t, unequal);
  const refused = assertProblem(t, await act('submit'), 409, 'report-has-errors') as unknown as {
    findings: { rule: string; message: string }[];
  };
  const { findings } = (await call('GET', `${wuyangReport}/check`)).json<{ findings: { severity: string }[] }>();
  t.same(
    refused.findings,
    findings.filter(({ severity }) => severity !== 'warning'),
    'as the check tells them',
  );
  t.same([...new Set(refused.findings.map(({ rule }) => rule))], ['report.complete']);
  t.match(await head(), { status: 'draft' });
  t.notOk('submittedAt' in (await head()));
});

await t.test('a waivable error needs an explanation to be handed in and a waiver to be accepted', async (t) => {
  const { act, call } = await withDraft(t);
  await call('PUT', '/v1/years/2020', {});
  const lastYear = { asPrinted: true, sections: { requests: { carriedOut: { total: 4 } } } };
  await call('PUT', '/v1/agencies/wuyang-office/reports/2020', lastYear);
  const stopped = await act('submit', {}, { 'accept-language': 'en' });
  t.match(stopped.json(), { code: 'report-has-errors', findings: [{ rule: 'requests.carriedIn', message: /year/ }] });
  await call('PUT', carried, { reason: '上年数据有误', waive: false });
  t.equal((await act('submit')).statusCode, 200);
  assertProblem(t, await act('accept'), 409, 'report-has-errors');
  await call('PUT', carried, { reason: '已核实' });
  t.equal((await act('accept')).statusCode, 200);
  const corrected = { asPrinted: true, sections: { requests: { carriedOut: { total: 5 } } } };
  await call('PUT', '/v1/agencies/wuyang-office/reports/2020', corrected, { 'if-match': '*' });
  assertProblem(t, await act('publish'), 409, 'report-has-errors');
});

await t.test('what was printed elsewhere is shown with its errors and blocked by none', async (t) => {
  const { act, anonymous } = await withDraft(t, { asPrinted: true });
  t.match((await act('publish')).json(), { status: 'published', verdict: 'incomplete', asPrinted: true });
  t.match((await anonymous('GET', wuyangReport)).json(), { asPrinted: true });
});

await t.test('an act sent again is carried out once and answered as the first time', async (t) => {
  const { act, service, tick } = await withDraft(t);
  const once = { 'idempotency-key': 'a-1' };
  const first = await act('submit', {}, once);
  const events = await service.store.lastEvent();
  await act('return', { reason: '请核对' });
  tick();
  const again = await act('submit', {}, once);
  t.equal(again.body, first.body);
  t.equal(again.headers.etag, first.headers.etag);
  t.equal(await service.store.lastEvent(), events + 1, 'but for the return nothing happened');
  assertProblem(t, await act('accept', {}, once), 422, 'idempotency-key-reused');
  t.equal((await act('submit', {}, { 'idempotency-key': 'a-2' })).statusCode, 200);
  for (const key of ['', 'x'.repeat(256), 'mit Leerzeichen']) {
    assertProblem(t, await act('accept', {}, { 'idempotency-key': key }), 400, 'request-invalid');
  }
});

await t.test('what was refused is tried anew under the same key', async (t) => {
  const { act, call } = await withDraft(t, wuyangWith({ other: { text: null } }));
  const once = { 'idempotency-key': 'b-1' };
  assertProblem(t, await act('submit', {}, once), 409, 'report-has-errors');
  await call('PUT', wuyangReport, wuyang, { 'if-match': '*' });
  t.match((await act('submit', {}, once)).json(), { status: 'submitted' });
});

await t.test('of two who take the same step at once, one is refused', async (t) => {
  const { act, call, service } = await withDraft(t);
  await act('submit');
  const before = await service.store.lastEvent();
  const answers = await Promise.all([act('accept'), act('accept'), act('return', { reason: '退回' })]);
  const statuses = answers.map(({ statusCode }) => statusCode).sort();
  t.same(statuses, [200, 200, 409], 'an accepted report can still be returned');
  t.equal(await service.store.lastEvent(), before + 2);
  const tag = (await call('GET', wuyangReport)).headers.etag as string;
  const both = await Promise.all([
    call('PUT', wuyangReport, { ...wuyang, phone: '1' }, { 'if-match': tag }),
    act('submit', {}, { 'if-match': tag }),
  ]);
  t.same(both.map(({ statusCode }) => statusCode).sort(), [200, 412], 'whoever submits has seen what is submitted');
});

await t.test('a year that is not open takes nothing from those who report', async (t) => {
  const { act, as, call } = await withDraft(t);
  await call('PUT', '/v1/agencies/county', { name: '示例县人民政府', level: 'county', kind: 'government' });
  await call('PATCH', '/v1/agencies/wuyang-office', { parentId: 'county' });
  const clerk = await as('reporter', 'wuyang-office');
  const office = await as('collector', 'county');
  for (const status of ['closed', 'planned']) {
    await call('PATCH', '/v1/years/2021', { status });
    const refused = [
      await clerk('PUT', wuyangReport, {}, { 'if-match': '*' }),
      await clerk('PATCH', `${wuyangReport}/sections/other`, { text: '无。' }, { 'if-match': '*' }),
      await clerk('DELETE', wuyangReport, undefined, { 'if-match': '*' }),
      await clerk('POST', `${wuyangReport}/submit`),
      await clerk('PUT', carried, { reason: '另有原因' }),
    ];
    for (const response of refused) assertProblem(t, response, 409, 'year-not-open');
  }
  t.equal((await office('POST', `${wuyangReport}/submit`)).statusCode, 200, 'but from an office');
  t.equal((await act('return', { reason: '请核对' })).statusCode, 200);
});

await t.test('an agency writes no report of a year in which it was not there', async (t) => {
  const { as, call } = await withDraft(t);
  await call('PUT', '/v1/agencies/county', { name: '示例县人民政府', level: 'county', kind: 'government' });
  const clerk = await as('reporter', 'wuyang-office');
  const office = await as('collector', 'county');
  const there = (dates: object) => call('PATCH', '/v1/agencies/wuyang-office', { parentId: 'county', ...dates });
  const write = async (by: Call) => (await by('PUT', wuyangReport, wuyang, { 'if-match': '*' })).statusCode;
  for (const [dates, why] of [
    [{ activeTo: '2020-12-31', succeededBy: 'county' }, /“wuyang-office”已于 2020-12-31 撤销，由“county”接续，.*2021/],
    [{ activeTo: '2020-06-30', succeededBy: null }, /已于 2020-06-30 撤销，不能/],
    [{ activeTo: null, activeFrom: '2022-01-01' }, /2022-01-01 才设立，不能/],
    [{ activeTo: '2023-05-01', activeFrom: '2022-01-01' }, /2022-01-01 才设立，不能/],
  ] as const) {
    await there(dates);
    const refused = [
      await clerk('PUT', wuyangReport, {}, { 'if-match': '*' }),
      await clerk('PATCH', `${wuyangReport}/sections/other`, { text: '无。' }, { 'if-match': '*' }),
      await clerk('POST', `${wuyangReport}/submit`),
      await clerk('PUT', carried, { reason: '另有原因' }),
    ];
    for (const response of refused) t.match(assertProblem(t, response, 409, 'agency-not-there').detail, why);
  }
  t.equal(await write(office), 200, 'what is to be recorded all the same the office records');
  t.equal(await write(clerk), 200, 'what changes nothing is no change');
  for (const dates of [
    { activeTo: '2021-01-01', activeFrom: null },
    { activeTo: null, activeFrom: '2021-12-31' },
  ]) {
    await there(dates);
    t.equal(await clerk('PUT', wuyangReport, {}, { 'if-match': '*' }).then(({ statusCode }) => statusCode), 200);
    t.equal(await write(clerk), 200, 'the years in which it came and went are its own');
  }
  await there({ activeFrom: '2022-01-01' });
  t.equal(
    (await clerk('DELETE', wuyangReport, undefined, { 'if-match': '*' })).statusCode,
    204,
    'nor is it kept to one',
  );
});

await t.test('whether a report was late is a matter of the first time it was handed in', async (t) => {
  const { act, call, tick } = await withDraft(t);
  const first = async () => {
    const { items } = (await call('GET', '/v1/reports?years=2021')).json<{ items: { submittedLate?: boolean }[] }>();
    return items[0]?.submittedLate;
  };
  const moved = { department: '2024-02-01' };
  await call('PATCH', '/v1/years/2021', { due: moved, publishBy: moved });
  await act('submit');
  t.equal(await first(), false);
  await act('return', { reason: '请核对' });
  for (let second = 0; second < 24 * 60 * 60; second++) tick();
  await act('submit');
  t.equal(await first(), false, 'a day later, but not for the first time');
});

await t.test('what a step changes for others is judged at once', async (t) => {
  const { act, call } = await withDraft(t, wuyangWith({ requests: { ...wuyang.sections['requests'] } }));
  await call('PUT', '/v1/years/2022', {});
  await call('PUT', '/v1/agencies/wuyang-office/reports/2022', {
    ...wuyang,
    sections: { ...wuyang.sections, requests: { ...wuyang.sections['requests'], carriedIn: { total: 7 } } },
  });
  const failing = async () => {
    const { items } = (await call('GET', '/v1/reports?rule=requests.carriedIn')).json<{ items: { year: number }[] }>();
    return items.map(({ year }) => year);
  };
  t.same(await failing(), [], 'a draft of last year is nothing to go by');
  await act('submit');
  t.same(await failing(), [2022]);
  await act('return', { reason: '请核对' });
  t.same(await failing(), []);
});

await t.test('what was printed elsewhere is recorded by the office above, and by nobody for itself', async (t) => {
  const { as, call } = await withDraft(t);
  await call('PUT', '/v1/agencies/county', { name: '示例县人民政府', level: 'county', kind: 'government' });
  await call('PATCH', '/v1/agencies/wuyang-office', { parentId: 'county' });
  const printed = { ...wuyang, asPrinted: true };
  const office = await as('collector', 'county');
  const clerk = await as('reporter', 'wuyang-office');
  assertProblem(t, await clerk('PUT', wuyangReport, printed, { 'if-match': '*' }), 403, 'not-allowed');
  assertProblem(t, await office('PUT', '/v1/agencies/county/reports/2021', printed), 403, 'agency-not-yours');
  t.equal((await office('PUT', wuyangReport, printed, { 'if-match': '*' })).statusCode, 200);
});
