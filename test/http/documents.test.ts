import { readXlsx } from 'hucre/xlsx';
import mammoth from 'mammoth';
import t from 'tap';
import { testApp, type Call } from '../support/app.ts';
import { assertProblem } from '../support/problem.ts';
import { registerWuyang, wuyang, wuyangReport } from '../support/wuyang.ts';

const published = '/v1/agencies/shili-housing/reports/2022';
const draft = '/v1/agencies/shili-housing/reports/2023';
const word = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const excel = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const title = '示例市住房和城乡建设局2022年政府信息公开工作年度报告';

/** Asked by everyone who changes nothing. */
const { anonymous, call } = await testApp(t, { demo: true });

/** What each format is answered as. */
const types = {
  html: 'text/html; charset=utf-8',
  docx: word,
  xlsx: excel,
  csv: 'text/csv; charset=utf-8; header=present',
  json: 'application/json; charset=utf-8',
};

const get = (call: Call, url: string, headers = {}) => call('GET', url, undefined, headers);

await t.test('what is published comes in every format without a key, without the people', async (t) => {
  const { preparedBy, phone } = (await get(call, published)).json<{ preparedBy: string; phone: string }>();
  for (const [format, type] of Object.entries(types)) {
    const answer = await get(anonymous, `${published}/document.${format}`);
    t.equal(answer.statusCode, 200, format);
    t.equal(answer.headers['content-type'], type);
    const text = await textOf(format, answer.rawPayload);
    t.match(text, '示例市住房和城乡建设局', format);
    for (const person of [preparedBy, phone]) t.notOk(text.includes(person), format);
  }
  t.match(await textOf('xlsx', (await get(call, `${published}/document.xlsx`)).rawPayload), preparedBy);
});

await t.test('a draft comes with a key only, and says that it is one', async (t) => {
  for (const format of Object.keys(types)) {
    assertProblem(t, await get(anonymous, `${draft}/document.${format}`), 401, 'key-missing');
  }
  assertProblem(t, await get(anonymous, draft, { accept: 'text/html' }), 401, 'key-missing');
  t.match((await get(call, `${draft}/document.html`)).body, '草稿');
  assertProblem(t, await get(call, '/v1/agencies/nobody/reports/2022/document.html'), 404, 'agency-not-found');
  assertProblem(t, await get(call, '/v1/agencies/shili-housing/reports/2016/document.html'), 404, 'year-not-found');
});

await t.test('a report is answered in the format its reader likes best', async (t) => {
  const type = async (accept: string) => (await get(anonymous, published, { accept })).headers['content-type'];
  const browser = 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8';
  t.equal(await type(browser), types.html);
  t.equal(await type('text/html;q=0.5, application/json'), types.json);
  t.equal(await type('text/csv, text/html;q=0.9'), types.csv);
  t.equal(await type(word), types.docx);
  t.equal(await type(excel), types.xlsx);
  for (const accept of ['*/*', '', 'application/*', 'application/json'])
    t.equal(await type(accept), types.json, accept);
  assertProblem(t, await get(anonymous, published, { accept: 'application/pdf' }), 406, 'not-acceptable');
  const byName = `${published}/document.docx`;
  t.equal((await get(anonymous, byName, { accept: browser })).statusCode, 200, 'an address names its format');
  assertProblem(t, await get(anonymous, byName, { accept: 'text/html' }), 406, 'not-acceptable');
  assertProblem(t, await get(anonymous, `${published}/document.pdf`), 400, 'request-invalid');
});

await t.test('JSON is the report as ever, and who reported', async (t) => {
  const { agencyName, ...report } = (await get(anonymous, `${published}/document.json`)).json<{ agencyName: string }>();
  t.equal(agencyName, '示例市住房和城乡建设局');
  t.same(report, (await get(anonymous, published)).json());
});

await t.test('a document known is answered 304, and has another tag in another form', async (t) => {
  const tags = new Set<unknown>();
  for (const format of Object.keys(types)) {
    const url = `${published}/document.${format}`;
    const { headers } = await get(anonymous, url);
    t.match(headers['vary'], /accept\b(?!-).*accept-language|accept-language.*accept\b(?!-)/, 'what it depends on');
    t.match(headers['vary'], 'authorization');
    const known = await get(anonymous, url, { 'if-none-match': headers.etag });
    t.same([known.statusCode, known.body], [304, ''], format);
    const isWeak = String(headers.etag).startsWith('W/');
    t.equal(isWeak, ['docx', 'xlsx'].includes(format), `${format}: a strong tag is for the very same bytes`);
    tags.add(headers.etag);
    const head = await anonymous('HEAD', url);
    t.same([head.statusCode, head.body, head.headers.etag], [200, '', headers.etag], `HEAD ${format}`);
  }
  tags.add((await get(anonymous, published)).headers.etag);
  tags.add((await get(call, `${published}/document.html`)).headers.etag);
  tags.add((await get(anonymous, `${published}/document.csv`, { 'accept-language': 'en' })).headers.etag);
  tags.add((await get(anonymous, `${published}/document.csv?bom=true`)).headers.etag);
  t.equal(tags.size, 5 + 4);
  const negotiated = await get(anonymous, published, { accept: 'text/html' });
  t.equal(negotiated.headers.etag, (await get(anonymous, `${published}/document.html`)).headers.etag, 'one document');
});

await t.test('a document changes with its report and with the name of its agency', async (t) => {
  const { call } = await testApp(t);
  await registerWuyang(call);
  await call('PUT', wuyangReport, wuyang);
  const ask = () => get(call, `${wuyangReport}/document.html`);
  const first = await ask();
  t.match(first.body, 'data-cell="disclosure.regulations.issued">0</td>');
  await call('PATCH', wuyangReport, { sections: { disclosure: { regulations: { issued: 7 } } } }, { 'if-match': '*' });
  const second = await ask();
  t.match(second.body, 'data-cell="disclosure.regulations.issued">7</td>');
  await call('PATCH', '/v1/agencies/wuyang-office', { name: '舞阳县政府办' }, { 'if-match': '*' });
  const third = await ask();
  t.match(third.body, '<h1>舞阳县政府办2021年');
  t.equal(new Set([first, second, third].map(({ headers }) => headers.etag)).size, 3);
});

await t.test('what is saved has its official name, what is shown runs nothing', async (t) => {
  const name = async (format: string) => {
    const { headers } = await get(anonymous, `${published}/document.${format}`);
    const [, kind, plain, encoded = ''] =
      /^(\w+); filename="([^"]+)"; filename\*=UTF-8''([\w%.-]+)$/.exec(String(headers['content-disposition'])) ?? [];
    return [kind, plain, decodeURIComponent(encoded)];
  };
  for (const format of ['docx', 'xlsx', 'csv']) {
    t.same(await name(format), ['attachment', `shili-housing-2022.${format}`, `${title}.${format}`]);
  }
  t.same(await name('html'), ['inline', 'shili-housing-2022.html', `${title}.html`]);
  const page = await get(anonymous, published, { accept: 'text/html' });
  t.equal(page.headers['content-security-policy'], "default-src 'none'; style-src 'unsafe-inline'");
});

await t.test('CSV has labels in the language asked for, and a BOM where asked for', async (t) => {
  const url = `${published}/document.csv`;
  t.match((await get(anonymous, url)).body, '行政许可');
  const english = await get(anonymous, url, { 'accept-language': 'en' });
  t.match(english.body, 'Administrative licences');
  t.equal(english.headers['content-language'], 'en');
  const page = await get(anonymous, `${published}/document.html`, { 'accept-language': 'en' });
  t.equal(page.headers['content-language'], 'zh-CN', 'the official document speaks Chinese');
  const bytes = (await get(anonymous, `${url}?bom=true`)).rawPayload;
  t.equal(bytes.subarray(0, 3).toString('hex'), 'efbbbf');
  const elsewhere = await get(anonymous, `${published}/document.json?bom=true`);
  assertProblem(t, elsewhere, 400, 'request-invalid');
  t.match(elsewhere.json(), { errors: [{ pointer: '/bom' }] });
});

await t.test('the blank workbook of an edition', async (t) => {
  for (const edition of ['2019', '2021']) {
    const answer = await get(anonymous, `/v1/forms/${edition}/template.xlsx`);
    t.equal(answer.headers['content-type'], excel);
    t.match(answer.headers['content-disposition'], `attachment; filename="nianbao-${edition}.xlsx"`);
    t.match(await textOf('xlsx', answer.rawPayload), '机关名称');
    t.match(answer.headers.etag, /^W\//, 'other bytes each time');
    const known = await get(anonymous, `/v1/forms/${edition}/template.xlsx`, { 'if-none-match': answer.headers.etag });
    t.equal(known.statusCode, 304);
  }
  assertProblem(t, await get(anonymous, '/v1/forms/1999/template.xlsx'), 404, 'form-not-found');
});

/** What a reader finds written in a document. */
async function textOf(format: string, bytes: Buffer): Promise<string> {
  if (format === 'docx') return (await mammoth.extractRawText({ buffer: bytes })).value;
  if (format === 'xlsx') return JSON.stringify((await readXlsx(bytes)).sheets.map(({ rows }) => rows));
  return bytes.toString();
}
