import { mock } from 'node:test';
import t, { type Test } from 'tap';
import { testApp, type Call, type TestApp } from '../support/app.ts';
import { assertProblem } from '../support/problem.ts';

/** Lets minutes pass without waiting for them: windows go by the system's clock. */
function clock(t: Test): { readonly pass: (seconds: number) => void } {
  mock.timers.enable({ apis: ['Date'], now: 0 });
  t.teardown(() => mock.timers.reset());
  return { pass: (seconds) => mock.timers.tick(seconds * 1_000) };
}

async function statuses(ask: () => ReturnType<Call>, times: number): Promise<number[]> {
  const seen = [];
  for (let n = 0; n < times; n += 1) seen.push((await ask()).statusCode);
  return seen;
}

/** Asks with a key of its own. */
async function withKey({ call, anonymous }: TestApp): Promise<() => ReturnType<Call>> {
  const { key } = (await call('POST', '/v1/keys', { role: 'reader' })).json<{ key: string }>();
  return () => anonymous('GET', '/v1/years', undefined, { authorization: `Bearer ${key}` });
}

await t.test('a key that asks too often waits for its minute to end', async (t) => {
  const { pass } = clock(t);
  const { call } = await testApp(t, { rateLimit: 3 });
  const ask = () => call('GET', '/v1/years');
  t.same(await statuses(ask, 3), [200, 200, 200]);
  pass(20);
  const refused = await ask();
  assertProblem(t, refused, 429, 'too-many-requests');
  t.equal(refused.headers['retry-after'], '40');
  pass(39.999);
  t.same(await statuses(ask, 1), [429], 'asking in vain does not lengthen it, nor end it');
  pass(0.001);
  t.same(await statuses(ask, 4), [200, 200, 200, 429]);
});

await t.test('keys and addresses are counted each for itself', async (t) => {
  clock(t);
  const app = await testApp(t, { rateLimit: 2 });
  const own = await withKey(app);
  t.same(await statuses(own, 3), [200, 200, 429]);
  t.same(await statuses(() => app.call('GET', '/v1/years'), 2), [200, 429], 'it had issued the key');
  t.same(await statuses(() => app.anonymous('GET', '/v1/forms'), 3), [200, 200, 429]);
  const elsewhere = await app.app.inject({ url: '/v1/forms', remoteAddress: '192.0.2.7' });
  t.equal(elsewhere.statusCode, 200);
});

await t.test('what costs nothing to ask is counted as well: what is refused, what is not there', async (t) => {
  clock(t);
  for (const [url, status] of [
    ['/v1/agencies', 401],
    ['/v1/nothing', 404],
    ['/docs/', 200],
  ] as const) {
    const { anonymous } = await testApp(t, { rateLimit: 1 });
    t.same(await statuses(() => anonymous('GET', url), 2), [status, 429], url);
  }
});

await t.test('whoever keeps the service running is never refused, and nobody is without a limit', async (t) => {
  clock(t);
  const limited = await testApp(t, { rateLimit: 1 });
  for (const url of ['/healthz', '/readyz'])
    t.same(await statuses(() => limited.anonymous('GET', url), 3), [200, 200, 200], url);
  const free = await testApp(t, { rateLimit: 0 });
  t.same(new Set(await statuses(() => free.anonymous('GET', '/v1/forms'), 50)), new Set([200]));
});

await t.test('whoever tries keys nobody holds is slowed down; good keys from there go on', async (t) => {
  const { pass } = clock(t);
  const app = await testApp(t);
  const own = await withKey(app);
  let tried = 0;
  const guess = () => {
    const key = `nb_guess-${(tried += 1)}`;
    const authorization = tried % 2 ? `Bearer ${key}` : `Basic ${Buffer.from(`:${key}`).toString('base64')}`;
    return app.anonymous('GET', '/v1/years', undefined, { authorization });
  };
  t.same(new Set(await statuses(guess, 10)), new Set([401]));
  const refused = await guess();
  assertProblem(t, refused, 429, 'too-many-requests');
  t.equal(refused.headers['retry-after'], '60');
  t.same(await statuses(own, 20), Array(20).fill(200), 'a portal behind the same proxy');
  t.same(await statuses(() => app.anonymous('GET', '/v1/forms'), 1), [200], 'and whoever has no key');
  const elsewhere = { url: '/v1/years', remoteAddress: '192.0.2.7', headers: { authorization: 'Bearer nb_guess' } };
  t.equal((await app.app.inject(elsewhere)).statusCode, 401, 'another address has its own ten');
  pass(60);
  t.same(await statuses(guess, 1), [401], 'a minute later');
});

await t.test('an address is what the connection says, or a proxy that is trusted', async (t) => {
  clock(t);
  const from = (address: string) => ({ url: '/v1/forms', headers: { 'x-forwarded-for': address } });
  const direct = await testApp(t, { rateLimit: 1 });
  await direct.app.inject(from('192.0.2.1'));
  t.equal((await direct.app.inject(from('192.0.2.2'))).statusCode, 429, 'anybody may say anything');
  const behind = await testApp(t, { rateLimit: 1, trustProxy: true });
  await behind.app.inject(from('192.0.2.1'));
  t.equal((await behind.app.inject(from('192.0.2.2'))).statusCode, 200);
  t.equal((await behind.app.inject(from('192.0.2.1'))).statusCode, 429);
  await behind.app.inject(from('2001:db8::1'));
  t.equal((await behind.app.inject(from('2001:db8::2'))).statusCode, 429, 'whoever has one has the whole /64');
});
