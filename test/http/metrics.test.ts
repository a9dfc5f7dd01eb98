import t from 'tap';
import { adminKey, testApp, type Call } from '../support/app.ts';
import { issueKey } from '../support/keys.ts';

/** The lines of what is measured that are about one thing. */
async function measured(call: Call, name: string): Promise<string[]> {
  const { body } = await call('GET', '/metrics');
  return body.split('\n').filter((line) => line.startsWith(name));
}

await t.test('requests are told apart by the pattern of their address, not by what it names', async (t) => {
  const { call, anonymous } = await testApp(t);
  for (const id of ['first-bureau', 'second-bureau']) await call('GET', `/v1/agencies/${id}?member=${id}`);
  for (const path of ['/v1/nothing', '/v2/nothing']) await anonymous('GET', path);
  await call('POST', '/v1/years');
  const counts = await measured(call, 'nianbao_http_request_duration_seconds_count');
  t.same(counts, [
    'nianbao_http_request_duration_seconds_count{method="GET",route="/v1/agencies/:agencyId",status="4xx"} 2',
    'nianbao_http_request_duration_seconds_count{method="GET",route="none",status="4xx"} 2',
    'nianbao_http_request_duration_seconds_count{method="POST",route="/v1/years",status="4xx"} 1',
  ]);
  const all = await call('GET', '/metrics');
  t.match(all.headers, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8', 'cache-control': 'no-store' });
  t.notMatch(all.body, new RegExp(`bureau|member|${adminKey}`));
});

await t.test('a key that reads and is bound to no agency will do', async (t) => {
  const app = await testApp(t);
  const held = await issueKey(app, { keyId: 'prometheus', role: 'reader' });
  const scraper = 'application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.3,*/*;q=0.1';
  t.equal((await held.call('GET', '/metrics', undefined, { accept: scraper })).statusCode, 200);
});

await t.test('whoever waits for events is counted while it does', async (t) => {
  const app = await testApp(t);
  /** Asks until there are so many. */
  const readersAre = async (count: number) => {
    while ((await measured(app.call, 'nianbao_event_readers'))[0] !== `nianbao_event_readers ${count}`) continue;
  };
  await readersAre(0);
  const { latest } = (await app.call('GET', '/v1/events?limit=500')).json<{ latest: number }>();
  const waiting = app.call('GET', `/v1/events?after=${latest}&wait=60`);
  await readersAre(1);
  await app.call('PUT', '/v1/years/2023', {});
  t.equal((await waiting).statusCode, 200);
  await readersAre(0);
});
