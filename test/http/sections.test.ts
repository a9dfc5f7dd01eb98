import t, { type Test } from 'tap';
import { testApp } from '../support/app.ts';
import { assertProblem, pointers } from '../support/problem.ts';
import { registerWuyang, wuyang, wuyangReport } from '../support/wuyang.ts';

const section = (key: string) => `${wuyangReport}/sections/${key}`;

async function withReport(t: Test) {
  const app = await testApp(t);
  await registerWuyang(app.call);
  await app.call('PUT', wuyangReport, wuyang);
  return app;
}

await t.test('every section is read and written back at its own address', async (t) => {
  const { call } = await withReport(t);
  for (const [key, content] of Object.entries(wuyang.sections)) {
    const read = await call('GET', section(key));
    t.same(read.json(), content, key);
    t.equal((await call('PUT', section(key), read.body)).statusCode, 200, 'unchanged, so without If-Match');
  }
  t.match((await call('GET', wuyangReport)).json(), { revision: 1 });
});

await t.test('two people fill in two sections: each has its own tag', async (t) => {
  const { call } = await withReport(t);
  const tagOf = async (key: string) => (await call('GET', section(key))).headers.etag as string;
  const [other, improvements] = [await tagOf('other'), await tagOf('improvements')];
  const write = (key: string, tag: string) => call('PUT', section(key), { text: '已改。' }, { 'if-match': tag });
  t.equal((await write('other', other)).statusCode, 200);
  t.equal((await write('improvements', improvements)).statusCode, 200, 'the other’s write is no conflict');
  t.not(await tagOf('other'), other);
  const stale = await call('PUT', section('other'), { text: '又改。' }, { 'if-match': other });
  assertProblem(t, stale, 412, 'precondition-failed');
  assertProblem(t, await call('PUT', section('other'), { text: '又改。' }), 428, 'precondition-required');
  t.match((await call('GET', wuyangReport)).json(), { revision: 3 });
});

await t.test('a section known is answered 304', async (t) => {
  const { call } = await withReport(t);
  const { headers } = await call('GET', section('disputes'));
  const known = await call('GET', section('disputes'), undefined, { 'if-none-match': headers.etag as string });
  t.equal(known.statusCode, 304);
});

await t.test('PATCH merges into a section, DELETE blanks it', async (t) => {
  const { call } = await withReport(t);
  const patch = { reconsideration: { upheld: 1, total: 1 }, directLitigation: null };
  const patched = await call('PATCH', section('disputes'), patch, { 'if-match': '*' });
  t.match(patched.json(), {
    reconsideration: { upheld: 1, corrected: 0, total: 1 },
    directLitigation: { upheld: null, total: null },
    litigationAfterReconsideration: { total: 0 },
  });
  t.equal((await call('DELETE', section('overview'), undefined, { 'if-match': '*' })).statusCode, 204);
  t.same((await call('GET', section('overview'))).json(), { text: null });
});

await t.test('the faults of a section are told from the section', async (t) => {
  const { call } = await withReport(t);
  const response = await call('PUT', section('requests'), { received: { natural: -1 }, nope: {} }, { 'if-match': '*' });
  t.same(pointers(assertProblem(t, response, 400, 'request-invalid')).sort(), ['/nope', '/received/natural']);
});

await t.test('a section that is not there, of a report that is and one that is not', async (t) => {
  const { call } = await withReport(t);
  for (const method of ['GET', 'PUT', 'PATCH', 'DELETE'] as const) {
    assertProblem(
      t,
      await call(method, section('petitions'), method === 'GET' ? undefined : {}),
      404,
      'section-not-found',
    );
  }
  await call('PUT', '/v1/years/2022', {});
  const none = '/v1/agencies/wuyang-office/reports/2022/sections/other';
  assertProblem(t, await call('PUT', none, { text: '无' }), 404, 'report-not-found');
  assertProblem(t, await call('GET', none), 404, 'report-not-found');
});
