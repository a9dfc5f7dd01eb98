import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import t from 'tap';
import { editions } from '../../src/forms/editions.ts';
import { testApp } from '../support/app.ts';
import { wuyang } from '../support/wuyang.ts';

interface FormAnswer {
  sections: { key: string; label: string; blocks?: { rows: { key: string; label?: string }[] }[] }[];
  cells: { address: string; label: string; unit?: string; totals?: string[] }[];
}

const { anonymous } = await testApp(t);

const form = async (edition: string, language = 'zh-CN') =>
  (await anonymous('GET', `/v1/forms/${edition}`, undefined, { 'accept-language': language })).json<FormAnswer>();

await t.test('the editions there are, with the years they are for', async (t) => {
  t.match((await anonymous('GET', '/v1/forms')).json(), {
    items: [
      { id: '2019', years: { first: 2019, last: 2020 }, notice: '国办公开办函〔2019〕60号' },
      { id: '2021', years: { first: 2021 }, notice: '国办公开办函〔2021〕30号' },
    ],
  });
});

await t.test('the form of 2021 in official words, cells in permanent order', async (t) => {
  const { sections, cells } = await form('2021');
  t.same(
    sections.map(({ label }) => label),
    [
      '总体情况',
      '主动公开政府信息情况',
      '收到和处理政府信息公开申请情况',
      '政府信息公开行政复议、行政诉讼情况',
      '存在的主要问题及改进情况',
      '其他需要报告的事项',
    ],
  );
  t.equal(cells.length, 200);
  t.match(cells[9], { address: 'disclosure.fees.amount', unit: '万元' });
  const total = cells.find(({ address }) => address === 'requests.concluded.total');
  t.same(total?.totals, ['requests.outcomes.total', 'requests.concluded.applicants']);
  t.equal(cells.filter(({ totals }) => totals).length, 25 + 6 + 3);
});

await t.test('the form of 2019 where it differs', async (t) => {
  const { cells } = await form('2019');
  const addresses = cells.map(({ address }) => address);
  t.equal(addresses.length, 198);
  for (const address of [
    'disclosure.procurement.amount',
    'disclosure.otherServices.itemsChange',
    'requests.closedOther.total',
  ]) {
    t.ok(addresses.includes(address), address);
  }
  t.notOk(addresses.includes('requests.closedFeeUnpaid.total'));
  t.equal(cells.find(({ address }) => address === 'requests.closedOther.natural')?.label, '三（六）其他处理·自然人');
});

await t.test('labels in English on request, keys the same', async (t) => {
  const [zh, en] = [await form('2021'), await form('2021', 'en')];
  t.same(
    en.cells.map(({ address }) => address),
    zh.cells.map(({ address }) => address),
  );
  t.equal(en.sections[0]?.label, 'Overview');
  t.notMatch(JSON.stringify(en.cells), /[\u4e00-\u9fff]{5}/);
});

await t.test('every rule is told with its basis and what it compares at each place', async (t) => {
  const { items } = (await anonymous('GET', '/v1/forms/2021/rules')).json<{
    items: {
      id: string;
      basis: { text: string };
      thresholds?: object;
      instances: { at: string; severity: string; expression: string }[];
    }[];
  }>();
  const counts = Object.fromEntries(items.map(({ id, instances }) => [id, instances.length]));
  t.match(counts, {
    'requests.balance': 7,
    'requests.outcomes': 7,
    'requests.applicants': 25,
    'disputes.total': 3,
    'disclosure.inForce': 2,
    'requests.backlog': 1,
    'requests.carriedIn': 7,
    'disclosure.stock': 2,
    'disputes.pendingCarried': 3,
    'report.complete': 6,
    'report.swing': 10,
    'consolidated.sum': 200,
  });
  t.equal(items.length, 35);
  t.match(items[0]?.basis.text, /第一项加第二项之和，等于第三项加第四项之和/);
  t.match(items[0]?.instances[0]?.expression, /^一、本年新收政府信息公开申请数量 ＋ /);
  const carriedIn = items.find(({ id }) => id === 'requests.carriedIn');
  t.same(
    carriedIn?.instances.map(({ at, severity }) => (severity === 'errorWaivable' ? at : '')).filter(Boolean),
    ['total'],
    'a rule may be stricter in one place',
  );
  t.match(items.find(({ id }) => id === 'requests.backlog')?.thresholds, { share: 0.2, least: 30 });
});

await t.test('a form known is answered 304, each language with its own tag', async (t) => {
  const tag = async (language: string) =>
    (await anonymous('GET', '/v1/forms/2021', undefined, { 'accept-language': language })).headers.etag as string;
  const known = { 'if-none-match': await tag('en'), 'accept-language': 'en' };
  t.equal((await anonymous('GET', '/v1/forms/2021', undefined, known)).statusCode, 304);
  t.equal((await anonymous('GET', '/v1/forms/2021', undefined, { 'if-none-match': await tag('en') })).statusCode, 200);
});

await t.test('the JSON Schema stands alone and says what the service says', async (t) => {
  for (const { id } of editions) {
    const response = await anonymous('GET', `/v1/forms/${id}/schema`);
    t.match(response.headers['content-type'], /application\/schema\+json/);
    const ajv = new Ajv2020({ allErrors: true, strict: false });
    addFormats.default(ajv);
    const validate = ajv.compile(response.json<object>());
    t.ok(validate({ sections: { requests: { received: { natural: 2 } } } }));
    t.notOk(validate({ sections: { requests: { received: { natural: -2 } } } }));
    t.notOk(validate({ sections: { nope: {} } }));
    t.equal(validate(wuyang), id === '2021', 'a whole report fits its own edition only');
  }
});
