import fc from 'fast-check';
import t, { type Test } from 'tap';
import type { Check } from '../../src/domain/check.ts';
import { publish } from '../../src/domain/report.ts';
import { testApp, type TestApp } from '../support/app.ts';
import { wuyang, wuyangWith } from '../support/wuyang.ts';
import { testDeed } from '../support/store.ts';

/** A county with an office and a town under it, and three years. */
async function county(t: Pick<Test, 'teardown'>): Promise<TestApp> {
  const app = await testApp(t);
  for (const year of [2021, 2022, 2023]) await app.call('PUT', `/v1/years/${year}`, {});
  const items = [
    { id: 'county', name: '示例县人民政府', level: 'county', kind: 'government' },
    { id: 'office', name: '示例县人民政府办公室', level: 'county', kind: 'office', parentId: 'county' },
    { id: 'town', name: '示例镇人民政府', level: 'township', kind: 'township', parentId: 'county' },
  ];
  await app.call('POST', '/v1/agencies/batch', { items });
  return app;
}

const report = (agency: string, year: number) => `/v1/agencies/${agency}/reports/${year}`;

/** Writes a report as printed, which counts for others at once. */
async function printed({ call }: TestApp, agency: string, year: number, sections: object): Promise<void> {
  const body = { ...wuyangWith(sections as Record<string, unknown>), asPrinted: true };
  const { statusCode } = await call('PUT', report(agency, year), body, { 'if-match': '*' });
  t.ok(statusCode < 300);
}

async function failing({ call }: TestApp, rule: string): Promise<string[]> {
  const { items } = (await call('GET', `/v1/reports?rule=${rule}`)).json<{
    items: { agencyId: string; year: number }[];
  }>();
  return items.map(({ agencyId, year }) => `${agencyId} ${year}`);
}

const carrying = (carriedIn: number, carriedOut: number) => {
  const requests = wuyang.sections['requests'] as Record<string, Record<string, number>>;
  const people = (row: string, add: number) => ({ ...requests[row], natural: add, total: add });
  return {
    requests: {
      ...requests,
      received: people('received', 2 - carriedIn + carriedOut),
      carriedIn: people('carriedIn', carriedIn),
      carriedOut: people('carriedOut', carriedOut),
    },
  };
};

await t.test('last year’s report counts once it is handed in, and a change in it is seen at once', async (t) => {
  const app = await county(t);
  const { call } = app;
  await call('PUT', report('office', 2022), wuyangWith(carrying(1, 0)));
  await call('PUT', report('office', 2021), wuyangWith(carrying(0, 0)));
  t.same(await failing(app, 'requests.carriedIn'), [], 'a draft counts for nobody');
  await printed(app, 'office', 2021, carrying(0, 0));
  t.same(await failing(app, 'requests.carriedIn'), ['office 2022']);
  const { etag: before } = (await call('GET', `${report('office', 2022)}/check`)).headers;
  await printed(app, 'office', 2021, carrying(0, 1));
  t.same(await failing(app, 'requests.carriedIn'), []);
  t.not((await call('GET', `${report('office', 2022)}/check`)).headers.etag, before, 'its check has another tag');
  await printed(app, 'office', 2021, carrying(0, 0));
  t.same(await failing(app, 'requests.carriedIn'), ['office 2022']);
  await call('PUT', report('office', 2021), { ...wuyangWith(carrying(0, 0)), asPrinted: false }, { 'if-match': '*' });
  t.same(await failing(app, 'requests.carriedIn'), [], 'what is no longer as printed is a draft');
});

await t.test(
  'what others hand in does not take the tag from whoever is writing, unless the verdict turns',
  async (t) => {
    const app = await county(t);
    const { call } = app;
    await printed(app, 'office', 2021, carrying(0, 1));
    await call('PUT', report('office', 2022), wuyangWith(carrying(1, 0)));
    const tag = (await call('GET', report('office', 2022))).headers.etag as string;
    await printed(app, 'office', 2021, { ...carrying(0, 1), other: { text: '另有说明。' } });
    t.equal((await call('GET', report('office', 2022))).headers.etag, tag);
    await printed(app, 'office', 2021, carrying(0, 0));
    t.not((await call('GET', report('office', 2022))).headers.etag, tag);
  },
);

await t.test('a government is held against its children, those that have handed in', async (t) => {
  const app = await county(t);
  const { call } = app;
  await printed(app, 'county', 2021, carrying(0, 0));
  const rules = async () => {
    const { findings, notAssessable } = (await call('GET', `${report('county', 2021)}/check`)).json<Check>();
    const ours = ({ rule }: { rule: string }) => rule.startsWith('consolidated.');
    return { findings: findings.filter(ours), notAssessable: notAssessable.filter(ours) };
  };
  t.match(await rules(), {
    findings: [
      { rule: 'consolidated.coverage', at: '-', left: 0, right: 2, message: /示例县人民政府办公室、示例镇人民政府/ },
    ],
    notAssessable: [{ rule: 'consolidated.sum', at: '-', reason: /2 个下级机关中还有 2 个没有报送/ }],
  });
  await printed(app, 'office', 2021, carrying(0, 5));
  const partly = await rules();
  t.same(
    partly.findings.map(({ rule, at }) => `${rule}@${at}`),
    [
      ...['received.natural', 'received.total', 'carriedOut.natural', 'carriedOut.total'].map(
        (cell) => `consolidated.atLeast@requests.${cell}`,
      ),
      'consolidated.coverage@-',
    ],
    'less than one child alone',
  );
  await printed(app, 'office', 2021, carrying(0, 0));
  await printed(app, 'town', 2021, carrying(0, 0));
  const { findings } = await rules();
  const twice = findings.find(({ at }) => at === 'disclosure.normativeDocuments.inForce');
  t.match(twice, { rule: 'consolidated.sum', severity: 'errorWaivable', left: 190, right: 380, delta: -190 });
  t.match(await failing(app, 'consolidated.coverage'), []);
  await call('PATCH', '/v1/agencies/town', { vertical: true });
  t.same((await rules()).findings, [], 'what reports up its own system is no part of the sum');
  t.same(await failing(app, 'consolidated.sum'), []);
});

await t.test('an agency’s own level decides, and its reports follow when it changes', async (t) => {
  const app = await county(t);
  const regulations = {
    disclosure: { ...(wuyang.sections['disclosure'] as object), regulations: { issued: 1, repealed: 0, inForce: 1 } },
  };
  await app.call('PUT', report('office', 2021), wuyangWith(regulations));
  t.same(await failing(app, 'disclosure.regulationsEntitled'), ['office 2021']);
  await app.call('PATCH', '/v1/agencies/office', { level: 'prefecture' });
  t.same(await failing(app, 'disclosure.regulationsEntitled'), []);
});

const essay = (seed: number) =>
  Array.from(
    { length: 30 },
    (_, n) => `第${n}项工作由${String.fromCharCode(0x4e00 + seed * 97 + n * 7)}组负责落实并检查结果。`,
  ).join('');

const essayOf = (name: string) => `${essay(7)}${name}按时完成。`;

await t.test('copied texts are found whoever writes last, and let go when one is rewritten', async (t) => {
  const app = await county(t);
  const { call } = app;
  const text = (content: string) => wuyangWith({ overview: { text: content } });
  await call('PUT', report('office', 2021), text(`示例县人民政府办公室2021年收到申请12件。${essay(1)}`));
  await call('PUT', report('town', 2021), text(`示例镇人民政府2021年收到申请3件。${essay(2)}`));
  const alike = async () => failing(app, 'report.similarity');
  // The texts of the fixture's other narrative are the same in both.
  const improvements = (await alike()).length;
  t.equal(improvements, 2);
  const overviewOf = async (agency: string) => {
    const { findings } = (await call('GET', `${report(agency, 2021)}/check`)).json<Check>();
    return findings
      .filter(({ rule, at }) => rule === 'report.similarity' && at === 'overview')
      .map(({ message }) => message);
  };
  t.same(await overviewOf('office'), []);
  await call('PUT', report('town', 2021), text(`示例镇人民政府2021年收到申请5件。${essay(1)}`), { 'if-match': '*' });
  t.match(await overviewOf('town'), [/与示例县人民政府办公室2021年度报告（\d+(\.\d)?% 相同）文字雷同/]);
  t.match(await overviewOf('office'), [/示例镇人民政府2021年度报告/], 'the other one is told as well');
  await call('PUT', report('town', 2021), text(`示例镇人民政府2021年收到申请5件。${essay(3)}`), { 'if-match': '*' });
  t.same([...(await overviewOf('town')), ...(await overviewOf('office'))], []);
});

await t.test('a successor is compared with the sum of those it took over', async (t) => {
  const app = await county(t);
  const { call } = app;
  await printed(app, 'office', 2021, carrying(0, 1));
  await printed(app, 'town', 2021, carrying(0, 1));
  const ended = { activeTo: '2022-06-30', succeededBy: 'new' };
  await call('PUT', '/v1/agencies/new', {
    name: '示例新区管委会',
    level: 'county',
    kind: 'office',
    activeFrom: '2022-07-01',
  });
  await call('PUT', report('new', 2022), wuyangWith(carrying(2, 0)));
  await call('PATCH', '/v1/agencies/office', ended);
  t.same(await failing(app, 'requests.carriedIn'), ['new 2022'], 'one carried out 1');
  await call('PATCH', '/v1/agencies/town', ended);
  t.same(await failing(app, 'requests.carriedIn'), [], 'both together 2');
  await printed(app, 'town', 2021, carrying(0, 0));
  t.same(await failing(app, 'requests.carriedIn'), ['new 2022'], 'what they hand in later is seen by who took over');
});

await t.test('a takeover leaves the reports of earlier years as they were', async (t) => {
  const app = await county(t);
  const { call, service } = app;
  for (const id of ['office', 'town']) {
    await printed(app, id, 2021, carrying(0, 1));
    await printed(app, id, 2022, carrying(1, 2));
  }
  await call('PUT', report('office', 2023), wuyangWith(carrying(2, 0)));
  const before = await call('GET', report('office', 2022));
  t.match(before.json(), { verdict: 'consistent' });
  const written = await service.store.lastEvent();
  const passing = { name: '示例街道办事处', level: 'township', kind: 'street', activeTo: '2022-03-01' };
  await call('PUT', '/v1/agencies/street', { ...passing, succeededBy: 'town' });
  await printed(app, 'street', 2021, carrying(0, 0));
  await call('PATCH', '/v1/agencies/town', { activeTo: '2023-06-30', succeededBy: 'office' });
  const { items } = (await call('GET', `/v1/events?after=${written}`)).json<{ items: { resource: object }[] }>();
  const told = items.map(({ resource }) => resource);
  t.notOk(
    told.some((resource) => 'year' in resource && resource.year === 2022),
    'what the town took over counts for it',
  );
  const after = await call('GET', report('office', 2022));
  t.same([after.body, after.headers.etag], [before.body, before.headers.etag]);
  t.same(await failing(app, 'requests.carriedIn'), ['office 2023'], 'together they carried out 4');
  await call('DELETE', report('office', 2023), undefined, { 'if-match': '*' });
  const prefilled = (await call('POST', `${report('office', 2023)}/prefill`)).json<typeof wuyang>();
  t.match(prefilled.sections, { requests: { carriedIn: { natural: 4, total: 4 } } });
});

await t.test('what was taken over and taken over again is still compared', async (t) => {
  const app = await county(t);
  const { call } = app;
  await printed(app, 'office', 2021, carrying(0, 1));
  await call('PUT', report('town', 2022), wuyangWith(carrying(2, 0)));
  for (const id of ['passing', 'town']) {
    const agency = { name: `示例${id}`, level: 'county', kind: 'office', activeFrom: '2022-03-01' };
    await call('PUT', `/v1/agencies/${id}`, agency);
  }
  await call('PATCH', '/v1/agencies/passing', { activeTo: '2022-06-30', succeededBy: 'town' });
  t.same(await failing(app, 'requests.carriedIn'), [], 'nothing to compare with');
  await call('PATCH', '/v1/agencies/office', { activeTo: '2022-03-01', succeededBy: 'passing' });
  t.same(await failing(app, 'requests.carriedIn'), ['town 2022'], 'the first carried out 1');
  await printed(app, 'office', 2021, carrying(0, 2));
  t.same(await failing(app, 'requests.carriedIn'), [], 'what it corrects is seen by the last');
  await printed(app, 'office', 2021, carrying(0, 1));
  await call('PATCH', '/v1/agencies/passing', { succeededBy: null });
  t.same(await failing(app, 'requests.carriedIn'), [], 'the line is cut');
});

await t.test('a part of those taken over is not taken for the whole, and who is missing is told', async (t) => {
  const app = await county(t);
  const { call } = app;
  await call('PATCH', '/v1/agencies/town', { activeTo: '2022-06-30', succeededBy: 'office' });
  await printed(app, 'town', 2021, carrying(0, 1));
  await call('PUT', report('office', 2021), wuyangWith(carrying(0, 1)));
  await call('PUT', report('office', 2022), wuyangWith(carrying(2, 0)));
  const told = async (year: number) => {
    const { findings, notAssessable } = (await call('GET', `${report('office', year)}/check`)).json<Check>();
    const ours = ({ rule, at }: { rule: string; at: string }) => rule === 'requests.carriedIn' && at === 'total';
    return { fails: findings.some(ours), reason: notAssessable.find(ours)?.reason };
  };
  t.match(await told(2022), { fails: false, reason: /1 个机关没有报送（示例县人民政府办公室）/ });
  await printed(app, 'office', 2021, carrying(0, 1));
  t.same(await told(2022), { fails: false, reason: undefined }, 'both together 2');
  await printed(app, 'town', 2022, carrying(0, 2));
  await printed(app, 'office', 2022, carrying(2, 1));
  await call('PUT', report('office', 2023), wuyangWith(carrying(1, 0)));
  t.same(await told(2023), { fails: false, reason: undefined }, 'one that had ended counts no more');
});

await t.test('two agencies do not take over from each other', async (t) => {
  const { call } = await county(t);
  t.equal((await call('PATCH', '/v1/agencies/town', { succeededBy: 'office' })).statusCode, 200);
  const response = await call('PATCH', '/v1/agencies/office', { succeededBy: 'town' });
  t.equal(response.statusCode, 422);
  t.match(response.json(), { errors: [{ pointer: '/succeededBy', detail: /最终又由本机关接续/ }] });
});

await t.test('a new name is told wherever the old one was, and what it hid is found', async (t) => {
  const app = await county(t);
  const { call } = app;
  const text = (name: string) => wuyangWith({ overview: { text: essayOf(name) }, improvements: { text: '无' } });
  await call('PUT', report('office', 2021), text('示例县人民政府办公室'));
  await call('PUT', report('town', 2021), text('示例镇人民政府'));
  t.same(await failing(app, 'report.similarity'), ['office 2021', 'town 2021']);
  const check = async () => call('GET', `${report('office', 2021)}/check`);
  const before = (await check()).headers.etag;
  await call('PATCH', '/v1/agencies/town', { name: '示例新镇人民政府' });
  const after = await check();
  t.not(after.headers.etag, before);
  t.notMatch(after.body, /与示例镇人民政府/);
  await call('PATCH', '/v1/agencies/town', { name: '示例镇人民政府' });
  t.same(await failing(app, 'report.similarity'), ['office 2021', 'town 2021']);
  t.match((await check()).body, /与示例镇人民政府2021年度报告/);
});

await t.test('who asks what has changed is told of verdicts that turned', async (t) => {
  const app = await county(t);
  const { call } = app;
  await printed(app, 'office', 2021, carrying(0, 1));
  await call('PUT', report('office', 2022), wuyangWith(carrying(1, 0)));
  const { updatedAt } = (await call('GET', report('office', 2022))).json<{ updatedAt: string }>();
  app.tick();
  await printed(app, 'office', 2021, carrying(0, 0));
  const { items } = (await call('GET', `/v1/reports?years=2022&updatedAfter=${updatedAt}`)).json<{ items: object[] }>();
  t.match(items, [{ agencyId: 'office', year: 2022, verdict: 'inconsistent' }]);
});

await t.test('what last year’s form had no cell for is said so, and nobody is asked to fill it in', async (t) => {
  const { call } = await county(t);
  await call('PUT', '/v1/years/2020', {});
  await call('PUT', report('office', 2020), { asPrinted: true, sections: {} });
  await call('PUT', report('office', 2021), wuyang);
  const { notAssessable } = (await call('GET', `${report('office', 2021)}/check`)).json<Check>();
  const fees = notAssessable.filter(({ at }) => at === 'disclosure.fees.amount');
  t.match(fees, [{ rule: 'disclosure.feeUnit', reason: /上年度的表样没有/, missing: [] }, { rule: 'report.swing' }]);
  t.match(
    notAssessable.find(({ rule }) => rule === 'disclosure.stock'),
    { reason: /另一版表样/ },
  );
});

await t.test('what is published is judged anew as well, while a correction is under way', async (t) => {
  const app = await county(t);
  const { call, anonymous, service } = app;
  await printed(app, 'office', 2021, carrying(0, 0));
  await call('PUT', report('office', 2022), wuyangWith(carrying(0, 0)));
  const key = { agencyId: 'office', year: 2022 };
  await service.store.changeReport(key, ({ report: stored }) => ({
    ...(stored && {
      write: { ...publish(stored, '2023-03-01T00:00:00.000Z'), status: 'draft' as const },
      deed: testDeed,
    }),
    result: () => undefined,
  }));
  await call('PUT', report('office', 2022), wuyangWith(carrying(1, 0)), { 'if-match': '*' });
  const verdicts = async () => [
    (await call('GET', report('office', 2022))).json<{ verdict: string }>().verdict,
    (await anonymous('GET', report('office', 2022))).json<{ verdict: string }>().verdict,
  ];
  t.same(await verdicts(), ['inconsistent', 'consistent']);
  const tag = (await anonymous('GET', report('office', 2022))).headers.etag;
  await printed(app, 'office', 2021, carrying(0, 1));
  t.same(await verdicts(), ['consistent', 'inconsistent']);
  t.not((await anonymous('GET', report('office', 2022))).headers.etag, tag);
  const { items } = (await anonymous('GET', '/v1/reports?verdict=inconsistent')).json<{ items: object[] }>();
  t.match(items, [{ agencyId: 'office', year: 2022, errors: 1 }]);
});

/** One write to one report of the county, or to one of its agencies. */
const write = fc.record({
  agency: fc.constantFrom('county', 'office', 'town'),
  year: fc.constantFrom(2021, 2022, 2023),
  asPrinted: fc.boolean(),
  carriedIn: fc.integer({ min: 0, max: 2 }),
  carriedOut: fc.integer({ min: 0, max: 2 }),
  text: fc.integer({ min: 1, max: 3 }),
  vertical: fc.option(fc.boolean(), { nil: undefined, freq: 4 }),
  remove: fc.boolean(),
});

await t.test('whatever is written in whatever order, what lists tell is what the checks tell', async (t) => {
  const agree = async (writes: (typeof write extends fc.Arbitrary<infer W> ? W : never)[]) => {
    const teardowns: (() => unknown)[] = [];
    const app = await county({ teardown: (act: () => unknown) => void teardowns.push(act) });
    try {
      for (const { agency, year, asPrinted, carriedIn, carriedOut, text, vertical, remove } of writes) {
        if (vertical !== undefined) await app.call('PATCH', `/v1/agencies/${agency}`, { vertical });
        if (remove) await app.call('DELETE', report(agency, year), undefined, { 'if-match': '*' });
        const sections = { ...carrying(carriedIn, carriedOut), overview: { text: essay(text) } };
        await app.call('PUT', report(agency, year), { ...wuyangWith(sections), asPrinted }, { 'if-match': '*' });
      }
      return await listsAgree(app);
    } finally {
      for (const act of teardowns) await act();
    }
  };
  const run = await fc.check(fc.asyncProperty(fc.array(write, { minLength: 2, maxLength: 12 }), agree), {
    numRuns: 15,
  });
  t.notOk(run.failed, fc.defaultReportMessage(run) ?? 'they agree');
});

interface Listed {
  readonly agencyId: string;
  readonly year: number;
  readonly verdict: string;
  readonly errors: number;
  readonly warnings: number;
}

async function listsAgree(app: TestApp): Promise<boolean> {
  const { items } = (await app.call('GET', '/v1/reports')).json<{ items: Listed[] }>();
  for (const { agencyId, year, verdict, errors, warnings } of items) {
    const check = (await app.call('GET', `${report(agencyId, year)}/check`)).json<Check>();
    const warned = check.findings.filter(({ severity }) => severity === 'warning').length;
    if (check.verdict !== verdict || warned !== warnings || check.findings.length - warned !== errors) return false;
    for (const { rule } of check.findings) {
      if (!(await failing(app, rule)).includes(`${agencyId} ${year}`)) return false;
    }
  }
  return items.length > 0;
}
