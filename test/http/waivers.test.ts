import t, { type Test } from 'tap';
import type { Check } from '../../src/domain/check.ts';
import { testApp, testTime } from '../support/app.ts';
import { assertProblem } from '../support/problem.ts';
import { registerWuyang, wuyang, wuyangReport } from '../support/wuyang.ts';

const waiver = `${wuyangReport}/waivers/requests.carriedIn/total`;
const at = testTime.toISOString();

/** A report that says nothing was carried in though last year's, as printed, carried four out. */
async function withError(t: Test) {
  const app = await testApp(t);
  await registerWuyang(app.call);
  await app.call('PUT', '/v1/years/2020', {});
  const lastYear = { asPrinted: true, sections: { requests: { carriedOut: { total: 4 } } } };
  await app.call('PUT', '/v1/agencies/wuyang-office/reports/2020', lastYear);
  await app.call('PUT', wuyangReport, wuyang);
  const summary = async () => {
    const { items } = (await app.call('GET', '/v1/reports?years=2021')).json<{ items: object[] }>();
    return items[0];
  };
  const finding = async () => {
    const { verdict, findings } = (await app.call('GET', `${wuyangReport}/check`)).json<Check>();
    return { verdict, finding: findings.find(({ rule, at }) => rule === 'requests.carriedIn' && at === 'total') };
  };
  return { ...app, finding, summary };
}

await t.test('a waivable error counts until it is waived, and is shown with who, when and why', async (t) => {
  const { call, finding, summary } = await withError(t);
  t.match(await finding(), { verdict: 'inconsistent', finding: { severity: 'errorWaivable', left: 0, right: 4 } });
  t.match(await summary(), { verdict: 'inconsistent', errors: 1 });

  const explained = await call('PUT', waiver, { reason: '上年数据有误', waive: false });
  t.equal(explained.statusCode, 201);
  t.match(explained.json(), { rule: 'requests.carriedIn', at: 'total', values: [0, 4] });
  t.match(await finding(), {
    verdict: 'inconsistent',
    finding: { waiver: { status: 'explained', explanation: { by: 'admin', at, reason: '上年数据有误' } } },
  });

  const waived = await call('PUT', waiver, { reason: '已核实' });
  t.equal(waived.statusCode, 200);
  t.match(waived.json(), { explanation: { reason: '上年数据有误' }, waived: { by: 'admin', at, reason: '已核实' } });
  t.match(await finding(), { verdict: 'consistent', finding: { waiver: { status: 'waived' } } });
  t.match(await summary(), { verdict: 'consistent', errors: 0 });
  const report = (await call('GET', wuyangReport)).json<{ verdict: string; revision: number }>();
  t.match(report, { verdict: 'consistent', revision: 1 }, 'no revision is made of it');
  const failing = await call('GET', '/v1/reports?rule=requests.carriedIn');
  t.equal(failing.json<{ items: object[] }>().items.length, 1, 'the rule fails all the same');
});

await t.test('it survives a change elsewhere and lapses when one of its figures changes', async (t) => {
  const { call, finding } = await withError(t);
  const patch = (requests: object) => call('PATCH', wuyangReport, { sections: { requests } }, { 'if-match': '*' });
  await call('PUT', waiver, { reason: '已核实' });
  await patch({ declinedRepeat: { legal: null } });
  t.match(await finding(), { verdict: 'incomplete', finding: { waiver: { status: 'waived' } } });
  await patch({ declinedRepeat: { legal: 0 }, carriedIn: { total: 1 } });
  t.match(await finding(), { verdict: 'inconsistent', finding: { waiver: { status: 'lapsed' } } });
  await patch({ carriedIn: { total: 0 } });
  t.match(
    await finding(),
    { verdict: 'consistent', finding: { waiver: { status: 'waived' } } },
    'the same figures again',
  );

  const lastYear = { asPrinted: true, sections: { requests: { carriedOut: { total: 5 } } } };
  await call('PUT', '/v1/agencies/wuyang-office/reports/2020', lastYear, { 'if-match': '*' });
  t.match(await finding(), { verdict: 'inconsistent', finding: { right: 5, waiver: { status: 'lapsed' } } });
  await call('PUT', waiver, { reason: '再次说明', waive: false });
  t.match(await finding(), { verdict: 'inconsistent', finding: { waiver: { status: 'explained' } } });
  const { finding: shown } = await finding();
  t.notOk(shown?.waiver && 'waived' in shown.waiver, 'an old waiver is not in force for new figures');
});

await t.test('saying the same again changes nothing; taking it back brings the error back', async (t) => {
  const { call, finding } = await withError(t);
  await call('PUT', waiver, { reason: '已核实' });
  const tag = (await call('GET', wuyangReport)).headers.etag;
  t.equal((await call('PUT', waiver, { reason: '已核实' })).statusCode, 200);
  t.equal((await call('GET', wuyangReport)).headers.etag, tag);
  t.equal((await call('DELETE', waiver)).statusCode, 204);
  t.match(await finding(), { verdict: 'inconsistent' });
  t.notOk((await finding()).finding?.waiver);
  t.not((await call('GET', wuyangReport)).headers.etag, tag, 'a reader sees another verdict');
});

await t.test('a waiver somebody else has changed is not overwritten, and nothing is said in blanks', async (t) => {
  const { call } = await withError(t);
  const { etag } = (await call('PUT', waiver, { reason: '已核实' })).headers;
  const tag = etag as string;
  t.equal((await call('PUT', waiver, { reason: '另有说明' }, { 'if-match': tag })).statusCode, 200);
  t.equal((await call('PUT', waiver, { reason: '再说明' }, { 'if-match': tag })).statusCode, 412);
  t.equal((await call('DELETE', waiver, undefined, { 'if-match': tag })).statusCode, 412);
  t.equal((await call('PUT', waiver, { reason: ' \n ' })).statusCode, 400);
});

await t.test('nobody without a key waives anything', async (t) => {
  const { anonymous } = await withError(t);
  t.equal((await anonymous('PUT', waiver, { reason: '已核实' })).statusCode, 401);
  t.equal((await anonymous('DELETE', waiver)).statusCode, 401);
});

await t.test('what a reviewer waived is not for the reporter to take back, its own explanation is', async (t) => {
  const { call, as, finding } = await withError(t);
  const reporter = await as('reporter', 'wuyang-office');
  const collector = await as('collector', 'wuyang-office');
  t.equal((await reporter('PUT', waiver, { reason: '上年数据有误' })).statusCode, 201);
  t.equal((await reporter('DELETE', waiver)).statusCode, 204);
  await call('PUT', waiver, { reason: '已核实' });
  assertProblem(t, await reporter('DELETE', waiver), 403, 'not-allowed');
  assertProblem(t, await collector('DELETE', waiver), 403, 'agency-not-yours');
  t.match(await finding(), { finding: { waiver: { status: 'waived' } } });
  t.equal((await call('DELETE', waiver)).statusCode, 204);
});

/** The office above, which waives, and the agency that reports, which explains. */
async function withPeople(t: Test) {
  const app = await withError(t);
  await app.call('PUT', '/v1/agencies/county', { name: '示例县人民政府', level: 'county', kind: 'government' });
  await app.call('PATCH', '/v1/agencies/wuyang-office', { parentId: 'county' });
  const [office, clerk] = [await app.as('collector', 'county'), await app.as('reporter', 'wuyang-office')];
  const act = async (step: string, body: object = {}) => {
    const done = await (step === 'submit' ? clerk : office)('POST', `${wuyangReport}/${step}`, body);
    t.equal(done.statusCode, 200, step);
  };
  return { ...app, office, clerk, act };
}

await t.test('a reporter explains what is still its own to change, and does not waive', async (t) => {
  const { office, clerk, act } = await withPeople(t);
  assertProblem(t, await clerk('PUT', waiver, { reason: '已核实', waive: true }), 403, 'not-allowed');
  t.match((await clerk('PUT', waiver, { reason: '上年数据有误' })).json(), { explanation: { reason: '上年数据有误' } });
  await act('submit');
  const late = assertProblem(t, await clerk('PUT', waiver, { reason: '另一种说法' }), 409, 'report-state');
  t.match(late, { possible: [], detail: /公开办/ }, 'nothing is possible to a reporter now');
  assertProblem(t, await clerk('DELETE', waiver), 409, 'report-state');
  t.match((await office('PUT', waiver, { reason: '已核实' })).json(), { waived: { reason: '已核实' } });
  await act('return', { reason: '请补充' });
  assertProblem(t, await clerk('DELETE', waiver), 403, 'not-allowed');
});

await t.test('what is published is judged by what was waived of it, whatever becomes of a correction', async (t) => {
  const { office, clerk, act, anonymous } = await withPeople(t);
  const published = async () => anonymous('GET', wuyangReport);
  await clerk('PUT', waiver, { reason: '上年数据有误' });
  await act('submit');
  await office('PUT', waiver, { reason: '已核实' });
  await act('accept');
  await act('publish');
  const before = await published();
  t.match(before.json(), { verdict: 'consistent' });
  await act('reopen', { reason: '附件有误' });
  t.equal((await office('DELETE', waiver)).statusCode, 204);
  t.match((await office('GET', wuyangReport)).json(), { verdict: 'inconsistent' });
  const after = await published();
  t.equal(after.body, before.body);
  t.equal(after.headers.etag, before.headers.etag);
});

await t.test('of what is published an office waives what others have broken since', async (t) => {
  const { office, call, act, anonymous } = await withPeople(t);
  const lastYear = (total: number) => ({ asPrinted: true, sections: { requests: { carriedOut: { total } } } });
  const put = (total: number) =>
    call('PUT', '/v1/agencies/wuyang-office/reports/2020', lastYear(total), { 'if-match': '*' });
  await put(0);
  for (const step of ['submit', 'accept', 'publish']) await act(step);
  await put(4);
  const verdict = async () => (await anonymous('GET', wuyangReport)).json<{ verdict: string }>().verdict;
  t.equal(await verdict(), 'inconsistent');
  await office('PUT', waiver, { reason: '已核实' });
  t.equal(await verdict(), 'consistent');
  await act('reopen', { reason: '附件有误' });
  t.equal(await verdict(), 'consistent');
});
