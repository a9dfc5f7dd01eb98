import t, { type Test } from 'tap';
import type { Check } from '../../src/domain/check.ts';
import { testApp } from '../support/app.ts';
import { assertProblem, pointers } from '../support/problem.ts';
import { registerWuyang, wuyang, wuyangReport, wuyangWith } from '../support/wuyang.ts';

type Answer = Check & {
  readonly revision?: number;
  readonly agencyId?: string;
  readonly year: number;
  readonly edition: string;
};

async function withReport(t: Test) {
  const app = await testApp(t);
  await registerWuyang(app.call);
  await app.call('PUT', wuyangReport, wuyang);
  const change = (patch: object) => app.call('PATCH', wuyangReport, { sections: patch }, { 'if-match': '*' });
  const check = async (headers = {}) =>
    (await app.call('GET', `${wuyangReport}/check`, undefined, headers)).json<Answer>();
  return { ...app, change, check };
}

await t.test('a published report that adds up: totals beside the stated ones, no finding', async (t) => {
  const { check } = await withReport(t);
  const answer = await check();
  t.match(answer, { agencyId: 'wuyang-office', year: 2021, edition: '2021', revision: 1, verdict: 'consistent' });
  t.same(answer.findings, []);
  t.same(
    answer.notAssessable.filter(({ missing }) => missing.length > 0),
    [],
    'only what is not there keeps a rule from being assessed',
  );
  t.ok(answer.notAssessable.some(({ rule, at }) => rule === 'requests.carriedIn' && at === 'total'));
  t.same(answer.suspects, []);
  t.match(answer.indicators['closureRate'], { numerator: 2, denominator: 2, value: 1, smallSample: true });
  t.equal(answer.totals.length, 35);
  t.ok(answer.totals.every(({ agrees }) => agrees === true));
  t.equal(answer.subtotals['requests.refused.total'], 0);
  t.equal(answer.subtotals['requests.received.organisations'], 0);
});

await t.test('one wrong figure: every rule it breaks, in the form’s own words, with the terms', async (t) => {
  const { change, check } = await withReport(t);
  await change({ requests: { concluded: { total: 3 } } });
  const { verdict, findings, totals, suspects, suspectBlocks } = await check();
  t.equal(verdict, 'inconsistent');
  t.same(
    findings.map(({ rule, at }) => `${rule}@${at}`),
    ['requests.balance@total', 'requests.outcomes@total', 'requests.applicants@concluded', 'text.concluded@concluded'],
  );
  t.match(findings[0], {
    severity: 'error',
    kind: 'within',
    left: 2,
    right: 3,
    delta: -1,
    missing: [],
    message: /第三部分“总计”列收结不平.*2 件.*3 件.*相差 1 件/,
    expression:
      '一、本年新收政府信息公开申请数量 ＋ 二、上年结转政府信息公开申请数量 ＝ 三（七）总计 ＋ 四、结转下年度继续办理',
    terms: [
      {
        cell: 'requests.received.total',
        label: '一、本年新收政府信息公开申请数量·总计',
        value: 2,
        side: 'left',
        sign: 1,
      },
      { cell: 'requests.carriedIn.total', value: 0, side: 'left' },
      { cell: 'requests.concluded.total', value: 3, side: 'right' },
      { cell: 'requests.carriedOut.total', value: 0, side: 'right' },
    ],
  });
  t.match(suspects, [{ set: 1, cell: 'requests.concluded.total', stated: 3, implied: 2, explains: 3 }]);
  t.match(suspectBlocks, [{ at: 'requests', failures: 3, sets: [1], omitted: 0 }]);
  const wrong = totals.filter(({ agrees }) => agrees === false);
  t.match(wrong, [{ cell: 'requests.concluded.total', stated: 3, derived: 2 }, { cell: 'requests.concluded.total' }]);
});

await t.test('a blank is not 0: what needs it is not assessed, and why is said', async (t) => {
  const { change, check } = await withReport(t);
  await change({ requests: { granted: { natural: null } } });
  const { verdict, findings, notAssessable, totals, subtotals } = await check();
  t.equal(verdict, 'incomplete');
  t.match(findings, [{ rule: 'report.complete', at: 'requests', missing: ['requests.granted.natural'], terms: [] }]);
  t.same(
    notAssessable.filter(({ missing }) => missing.length > 0).map(({ rule, at }) => `${rule}@${at}`),
    ['requests.outcomes@natural', 'requests.applicants@granted'],
  );
  t.match(notAssessable[0]?.reason, /三（一）予以公开·自然人/);
  const total = totals.find(({ cell, of }) => cell === 'requests.granted.total' && of.endsWith('applicants'));
  t.match(total, { stated: 2, derived: null, agrees: null });
  t.equal(subtotals['requests.refused.natural'], 0, 'what does not need it is still derived');
});

await t.test('an error outweighs a blank', async (t) => {
  const { change, check } = await withReport(t);
  await change({ requests: { concluded: { total: 3 } }, other: null });
  t.equal((await check()).verdict, 'inconsistent');
});

await t.test('in English on request, under another tag', async (t) => {
  const { call, change, check } = await withReport(t);
  await change({ disputes: { reconsideration: { upheld: 1 } } });
  t.match((await check({ 'accept-language': 'en' })).findings[0]?.message, /“Reconsideration”.*differ by 1/);
  const tag = async (language: string) =>
    (await call('GET', `${wuyangReport}/check`, undefined, { 'accept-language': language })).headers.etag as string;
  t.not(await tag('en'), await tag('zh'));
  const known = { 'accept-language': 'en', 'if-none-match': await tag('en') };
  t.equal((await call('GET', `${wuyangReport}/check`, undefined, known)).statusCode, 304);
});

await t.test('the same answer warm as cold, and a new one after a change', async (t) => {
  const { change, check } = await withReport(t);
  t.same(await check(), await check());
  await change({ requests: { concluded: { total: 3 } } });
  t.match(await check(), { revision: 2, verdict: 'inconsistent' });
});

const oneOfTwo = { upheld: 1, corrected: 0, otherOutcome: 0, pending: 0, total: 2 };

await t.test('a report that is not stored is checked all the same, and stays unstored', async (t) => {
  const { call } = await testApp(t);
  const body = { year: 2021, ...wuyangWith({ disputes: { reconsideration: oneOfTwo } }) };

  const answer = (await call('POST', '/v1/check', body)).json<Answer>();
  t.match(answer, { year: 2021, edition: '2021', verdict: 'inconsistent' });
  t.notOk('revision' in answer || 'agencyId' in answer);
  t.same((await call('GET', '/v1/reports')).json(), { items: [] });
});

await t.test('the stateless check takes the form of its year or the one it names', async (t) => {
  const { call } = await testApp(t);
  const edition = async (body: object) => (await call('POST', '/v1/check', body)).json<Answer>().edition;
  t.equal(await edition({ year: 2020 }), '2019');
  t.equal(await edition({ year: 2020, edition: '2021' }), '2021');
  const portal = {
    year: 2023,
    agency: { level: 'county', kind: 'department' },
    lastYear: wuyang,
    zeroReport: true,
    notes: {},
  };
  t.equal(await edition(portal), '2021');
  const faults = async (body: object) =>
    pointers(assertProblem(t, await call('POST', '/v1/check', body), 400, 'request-invalid'));
  t.same(await faults({ sections: { requests: { received: { natural: 'x' } } } }), [
    '/year',
    '/sections/requests/received/natural',
  ]);
  t.same(await faults({ year: 2023, edition: '1999' }), ['/edition']);
  t.same(await faults({ year: '2023' }), ['/year']);
  const fees = { disclosure: { fees: { amount: 1 } } };
  t.same(await faults({ year: 2021, lastYear: { sections: fees } }), ['/lastYear/sections/disclosure/fees/amount']);
  assertProblem(
    t,
    await call('POST', '/v1/check', { year: 2019, lastYear: { sections: {} } }),
    422,
    'year-without-edition',
  );
});

await t.test('with last year’s sections the rules that compare apply, on the form of that year', async (t) => {
  const { call } = await testApp(t);
  const lastYear = {
    sections: { requests: { carriedOut: { total: 4 } }, improvements: wuyang.sections['improvements'] },
  };
  const ask = async (year: number) =>
    (await call('POST', '/v1/check', { year, edition: '2021', sections: wuyang.sections, lastYear })).json<Answer>();
  for (const year of [2021, 2022]) {
    const { verdict, findings, indicators } = await ask(year);
    t.equal(verdict, 'inconsistent');
    t.match(
      findings.filter(({ kind }) => kind === 'cross-year'),
      [
        {
          rule: 'requests.carriedIn',
          at: 'total',
          severity: 'errorWaivable',
          left: 0,
          right: 4,
          terms: [{ cell: 'requests.carriedIn.total' }, { cell: 'requests.carriedOut.total', year: year - 1 }],
        },
        { rule: 'report.similarity', at: 'improvements', message: new RegExp(`本机关${year - 1}年度报告`) },
      ],
    );
    t.match(indicators['accepted'], { value: 2, lastYear: null, change: null }, 'what is blank last year is not 0');
  }
});

await t.test('who reports decides what it is entitled to', async (t) => {
  const { call } = await testApp(t);
  const regulations = { disclosure: { regulations: { issued: 0, repealed: 0, inForce: 1 } } };
  const rules = async (agency?: object) => {
    const { findings, notAssessable } = (
      await call('POST', '/v1/check', { year: 2021, sections: wuyangWith(regulations).sections, agency })
    ).json<Answer>();
    const about = ({ rule }: { rule: string }) => rule === 'disclosure.regulationsEntitled';
    return { fails: findings.some(about), unknown: notAssessable.some(about) };
  };
  t.same(await rules(), { fails: false, unknown: true });
  t.same(await rules({ level: 'county' }), { fails: true, unknown: false });
  t.same(await rules({ level: 'prefecture', kind: 'office' }), { fails: false, unknown: false });
});
