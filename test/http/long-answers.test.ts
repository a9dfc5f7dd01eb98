import { once } from 'node:events';
import { get } from 'node:http';
import t from 'tap';
import { adminKey, testApp } from '../support/app.ts';
import { assertProblem } from '../support/problem.ts';
import { watchReadings } from '../support/readings.ts';
import { received } from '../support/statistics-rows.ts';

await t.test('of long answers only so many are sent at once, and short ones are given meanwhile', async (t) => {
  const { app, call, service } = await testApp(t, { demo: true });
  const agencies = Array.from({ length: 1_000 }, (_, n) => {
    return { id: `agency-${n}`, name: `第${n}局`, level: 'county', kind: 'department' };
  });
  t.equal((await call('POST', '/v1/agencies/batch', { items: agencies })).statusCode, 200);
  const given = Promise.withResolvers<void>();
  // Three are refused, two are short, and then one client goes.
  watchReadings(service, ({ released }) => released === 6 && given.resolve());
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  const wide = '/v1/statistics?cells=*&indicators=*&with=blank,change,fraction&groupBy=year,agency&years=2019-2023';
  /** Asks for a long answer and takes no more of it than its head. */
  const begin = async () => {
    const headers = { authorization: `Bearer ${adminKey}` };
    const request = get(`${url}${wide}&format=csv`, { headers, agent: false });
    t.match(await once(request, 'response'), [{ statusCode: 200 }]);
    return request;
  };
  const first = await begin();
  const others = await Promise.all(Array.from({ length: 7 }, begin));

  for (const besides of ['format=csv', 'format=columns&limit=4000', 'limit=4000']) {
    const refused = await call('GET', `${wide}&${besides}`);
    assertProblem(t, refused, 503, 'statistics-busy');
    t.equal(refused.headers['retry-after'], '1');
    t.notOk(refused.headers['content-disposition'], 'it is no file');
  }
  t.equal((await call('GET', `/v1/statistics?cells=${received}&groupBy=agency`)).statusCode, 200);
  t.equal((await call('GET', `${wide}&limit=1`)).statusCode, 200, 'one row of it is short');

  first.destroy();
  await given.promise;
  others.push(await begin());
  for (const request of others) request.destroy();
});
