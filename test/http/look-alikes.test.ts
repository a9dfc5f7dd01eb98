import t, { type Test } from 'tap';
import type { Check } from '../../src/domain/check.ts';
import { testApp, type Call, type TestApp } from '../support/app.ts';
import { wuyangWith } from '../support/wuyang.ts';

const names = { county: '示例县人民政府', office: '示例县人民政府办公室', town: '示例镇人民政府' } as const;

const essay = Array.from({ length: 30 }, (_, n) => `第${n}项工作由第${n * 7}组负责落实并检查结果。`).join('');

const report = (agency: string, year = 2023) => `/v1/agencies/${agency}/reports/${year}`;

/** An office and a town of a county, both of which have written the same. */
async function copied(t: Pick<Test, 'teardown'>): Promise<TestApp> {
  const app = await testApp(t);
  const { call } = app;
  await call('PUT', '/v1/years/2023', {});
  const items = [
    { id: 'county', name: names.county, level: 'county', kind: 'government' },
    { id: 'office', name: names.office, level: 'county', kind: 'office', parentId: 'county' },
    { id: 'town', name: names.town, level: 'township', kind: 'township', parentId: 'county' },
  ];
  await call('POST', '/v1/agencies/batch', { items });
  for (const agency of ['office', 'town']) await call('PUT', report(agency), text(essay));
  return app;
}

const text = (overview: string) => wuyangWith({ overview: { text: overview }, improvements: { text: '无' } });

/** What a caller is told of the text of the town, and under which tag. */
async function told(call: Call, language = 'zh-CN'): Promise<{ message: string | undefined; tag: string }> {
  const response = await call('GET', `${report('town')}/check`, undefined, { 'accept-language': language });
  const { findings } = response.json<Check>();
  const message = findings.find(({ rule }) => rule === 'report.similarity')?.message;
  return { message, tag: response.headers.etag as string };
}

/** Has the report of the office published. */
async function publish({ call }: TestApp): Promise<void> {
  for (const step of ['submit', 'accept', 'publish'])
    t.equal((await call('POST', `${report('office')}/${step}`)).statusCode, 200, step);
}

await t.test('whoever may not read the other report is told that there is one, not whose', async (t) => {
  const app = await copied(t);
  const reporter = await app.as('reporter', 'town');
  const collector = await app.as('collector', 'county');
  t.match((await told(reporter)).message, /^“一、总体情况”与另一单位2023年度报告（100% 相同）文字雷同/);
  t.match((await told(reporter, 'en')).message, /the report of another agency of 2023 \(100 % the same\)/);
  t.match((await told(collector)).message, new RegExp(`与${names.office}2023年度报告`));
  t.match((await told(app.call)).message, new RegExp(`与${names.office}2023年度报告`));
  t.match((await told(reporter)).message, /另一单位/, 'also where others have asked before');
  t.equal((await app.anonymous('GET', `${report('town')}/check`)).statusCode, 401);
  const said = [
    await reporter('GET', `${report('town')}/check`),
    await reporter('GET', '/v1/reports?rule=report.similarity'),
    await reporter('GET', '/v1/events'),
    await reporter('POST', `${report('town')}/submit`),
  ];
  for (const { body } of said) t.notMatch(body, /office|人民政府办公室/);
});

await t.test('who is told otherwise has another tag, and the tag gives nobody away', async (t) => {
  const app = await copied(t);
  const [reporter, collector] = [await app.as('reporter', 'town'), await app.as('collector', 'county')];
  const [narrow, wide] = [await told(reporter), await told(collector)];
  t.not(narrow.tag, wide.tag);
  t.equal((await told(app.call)).tag, wide.tag);
  const ask = (call: Call, tag: string) => call('GET', `${report('town')}/check`, undefined, { 'if-none-match': tag });
  t.equal((await ask(reporter, wide.tag)).statusCode, 200);
  t.equal((await ask(reporter, narrow.tag)).statusCode, 304);
  await app.call('PUT', report('town'), text('本年度没有需要说明的情况。'), { 'if-match': '*' });
  t.equal((await told(reporter)).tag, (await told(collector)).tag, 'where nobody is left out they are the same');
});

await t.test('what is published anybody may know, unless it is being corrected', async (t) => {
  const app = await copied(t);
  const reporter = await app.as('reporter', 'town');
  const before = await told(reporter);
  await publish(app);
  const published = await told(reporter);
  t.match(published.message, new RegExp(`与${names.office}2023年度报告`));
  t.not(published.tag, before.tag);
  await app.call('POST', `${report('office')}/reopen`, { reason: '文字有误。' });
  t.match((await told(reporter)).message, /另一单位/, 'what stands there now is a draft');
});

await t.test('its own report of last year an agency is told of by its year', async (t) => {
  const app = await copied(t);
  await app.call('PUT', '/v1/years/2022', {});
  await app.call('PUT', report('town', 2022), { ...text(essay), asPrinted: true });
  t.match(
    (await told(await app.as('reporter', 'town'))).message,
    /另一单位2023年度报告.*本机关2022年度报告|本机关2022年度报告.*另一单位2023年度报告/,
  );
});

await t.test('last year’s text is the one that was handed in, whatever a correction under way says', async (t) => {
  const app = await copied(t);
  const { call } = app;
  const [handedIn, corrected] = [essay.replaceAll('工作', '事项'), essay.replaceAll('落实', '研究')];
  await call('PUT', '/v1/years/2022', {});
  await call('PUT', report('town', 2022), text(handedIn));
  for (const step of ['submit', 'accept', 'publish']) await call('POST', `${report('town', 2022)}/${step}`);
  await call('POST', `${report('town', 2022)}/reopen`, { reason: '文字有误。' });
  t.equal((await call('PUT', report('town', 2022), text(corrected), { 'if-match': '*' })).statusCode, 200);
  await call('PUT', report('town'), text(handedIn), { 'if-match': '*' });
  t.match((await told(call)).message, /本机关2022年度报告（100% 相同）/);
  await call('PUT', report('town'), text(corrected), { 'if-match': '*' });
  t.notMatch((await told(call)).message ?? '', /本机关2022年度报告（100% 相同）/);
});
