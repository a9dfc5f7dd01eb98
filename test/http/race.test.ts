import { join } from 'node:path';
import t, { type Test } from 'tap';
import { adminKey, testApp, type TestApp } from '../support/app.ts';
import { startService } from '../support/process.ts';
import { registerWuyang, wuyang, wuyangReport } from '../support/wuyang.ts';

/** An answer, be it to a request inside the process or over the network. */
interface Answer {
  readonly status: number;
  readonly tag: string;
  readonly body: unknown;
}

type Send = (method: 'GET' | 'PUT' | 'PATCH' | 'POST', path: string, body?: unknown, tag?: string) => Promise<Answer>;

type Cells = Record<string, number>;
type Requests = Readonly<{ received: Cells }>;
type Report = Readonly<{ revision: number; sections: { requests: Requests } }>;

/** Where a cell of everybody's own is found in what is read and written back as a whole. */
const ofReport = { path: wuyangReport, cells: (body: unknown) => (body as Report).sections.requests.received };
const ofSection = {
  path: `${wuyangReport}/sections/requests`,
  cells: (body: unknown) => (body as Requests).received,
};

/**
 * Reads, adds one to a cell and writes everything back, however often somebody else was faster; answers with how often
 * that was. Who writes what is there already is not refused, so two do not count in one cell.
 */
async function increment(send: Send, { path, cells }: typeof ofReport, column: string): Promise<number> {
  for (let refused = 0; ; refused++) {
    const { tag, body } = await send('GET', path);
    const own = cells(body);
    own[column] = (own[column] ?? 0) + 1;
    const { status } = await send('PUT', path, body, tag);
    if (status === 200) return refused;
    if (status !== 412) throw new Error(`${path}: ${status}`);
  }
}

function inside({ call }: Pick<TestApp, 'call'>): Send {
  return async (method, path, body, tag) => {
    const response = await call(method, path, body, tag === undefined ? {} : { 'if-match': tag });
    return { status: response.statusCode, tag: response.headers.etag as string, body: response.json() };
  };
}

function over(url: string): Send {
  return async (method, path, body, tag) => {
    const headers = {
      authorization: `Bearer ${adminKey}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(tag !== undefined && { 'if-match': tag }),
    };
    const response = await fetch(`${url}${path}`, {
      method,
      headers,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: response.status, tag: response.headers.get('etag') ?? '', body: await response.json() };
  };
}

async function withReport(t: Test) {
  const app = await testApp(t);
  await registerWuyang(app.call);
  await app.call('PUT', wuyangReport, wuyang);
  return { ...app, send: inside(app) };
}

const columns = ['natural', 'business', 'research', 'welfare', 'legal', 'otherOrg'];

/** As many cells are counted up at once; every time is found again in the end. */
async function loseNothing(t: Test, senders: readonly Send[], counted: typeof ofReport): Promise<void> {
  const times = 8;
  const [send] = senders as [Send];
  const before = (await send('GET', wuyangReport)).body as Report;
  const refused = await Promise.all(
    senders.map(async (sender, place) => {
      let sum = 0;
      for (let n = 0; n < times; n++) sum += await increment(sender, counted, columns[place] as string);
      return sum;
    }),
  );
  const after = (await send('GET', wuyangReport)).body as Report;
  const figures = ({ sections }: Report) => senders.map((_, n) => sections.requests.received[columns[n] as string]);
  t.same(
    figures(after),
    figures(before).map((figure = 0) => figure + times),
  );
  t.equal(after.revision - before.revision, senders.length * times, 'a revision for each');
  t.ok(
    refused.some((sum) => sum > 0),
    'somebody was in the way of somebody',
  );
}

await t.test('of many who change one report at once, nobody undoes what another wrote', async (t) => {
  const { send } = await withReport(t);
  await loseNothing(t, [send, send, send, send, send, send], ofReport);
});

await t.test('the same of one section', async (t) => {
  const { send } = await withReport(t);
  await loseNothing(t, [send, send, send, send], ofSection);
});

await t.test('those who write two sections at once are not in the way of each other', async (t) => {
  const { send } = await withReport(t);
  const fillIn = async (name: string) => {
    const path = `${wuyangReport}/sections/${name}`;
    let { tag } = await send('GET', path);
    for (let n = 0; n < 10; n++) {
      const answer = await send('PUT', path, { text: `${name} 第${n}稿` }, tag);
      if (answer.status !== 200) return answer.status;
      ({ tag } = answer);
    }
    return 200;
  };
  t.same(await Promise.all(['overview', 'improvements', 'other'].map(fillIn)), [200, 200, 200]);
  const { body } = await send('GET', wuyangReport);
  t.match(body, {
    revision: 31,
    sections: { overview: { text: 'overview 第9稿' }, improvements: { text: /第9稿/ }, other: { text: /第9稿/ } },
  });
});

await t.test('of two who take a step at once, one takes it', async (t) => {
  const { send, as } = await withReport(t);
  const collectors = [await as('collector'), await as('collector')].map((call) => inside({ call }));
  for (const step of ['submit', 'accept', 'publish']) {
    const answers = await Promise.all(collectors.map((collector) => collector('POST', `${wuyangReport}/${step}`, {})));
    t.same(answers.map(({ status }) => status).sort(), [200, 409], step);
  }
  const { body } = await send('GET', '/v1/events?limit=500');
  const acts = (body as { items: { act: string }[] }).items.map(({ act }) => act);
  for (const act of ['submitReport', 'acceptReport', 'publishReport']) {
    t.equal(acts.filter((one) => one === act).length, 1, act);
  }
});

await t.test('who saves while the report is handed in or given back is told what became of it', async (t) => {
  const { send, as } = await withReport(t);
  const reporter = inside({ call: await as('reporter', 'wuyang-office') });
  let phone = '';
  for (let n = 0; n < 24; n++) {
    const [step, body, to] =
      n % 2 === 0 ? (['submit', {}, 'submitted'] as const) : (['return', { reason: '请核对' }, 'returned'] as const);
    const save = () => reporter('PATCH', wuyangReport, { phone: `0395-${n}` }, '*');
    const take = () => send('POST', `${wuyangReport}/${step}`, body);
    const [saved, taken] =
      n % 4 < 2 ? await Promise.all([save(), take()]) : await Promise.all([take(), save()]).then(([a, b]) => [b, a]);
    if (!saved || !taken) throw new Error('no answer');
    t.equal(taken.status, 200, 'the step is not in the way of the save');
    if (saved.status === 200) phone = `0395-${n}`;
    else t.equal(saved.status, 409);
    t.match((await send('GET', wuyangReport)).body, { status: to, ...(phone !== '' && { phone }) });
  }
  const { items } = (await send('GET', '/v1/events?limit=500')).body as {
    items: { act: string; state: { status?: string } }[];
  };
  const into = items.filter(({ act }) => act === 'patchReport').map(({ state }) => state.status);
  t.ok(into.length > 0, 'some were saved');
  t.notOk(into.includes('submitted'), 'nothing was saved into a report handed in');
});

await t.test('what is saved from what was read before the report was given back is refused', async (t) => {
  const { send } = await withReport(t);
  await send('POST', `${wuyangReport}/submit`, {});
  const { tag } = await send('GET', wuyangReport);
  const [returned, saved] = await Promise.all([
    send('POST', `${wuyangReport}/return`, { reason: '请核对' }),
    send('PATCH', wuyangReport, { phone: '0395-1' }, tag),
  ]);
  t.equal(returned.status, 200);
  t.ok([409, 412].includes(saved.status), `${saved.status}`);
  t.notMatch((await send('GET', wuyangReport)).body, { phone: '0395-1' });
});

await t.test('all of this holds of two services on one file', async (t) => {
  const environment = { NIANBAO_DB: join(t.testdir(), 'nianbao.db'), NIANBAO_ADMIN_KEY: adminKey, LOG_LEVEL: 'info' };
  const first = over((await startService(t, environment)).url);
  const second = over((await startService(t, environment)).url);
  await first('PUT', '/v1/years/2021', {});
  await first('PUT', '/v1/agencies/wuyang-office', { name: '舞阳县人民政府办公室', level: 'county', kind: 'office' });
  await first('PUT', wuyangReport, wuyang);
  await loseNothing(t, [first, second, second, first], ofReport);
  await loseNothing(t, [first, second, second, first], ofSection);
  await first('PUT', wuyangReport, wuyang, '*');
  for (const step of ['submit', 'accept', 'publish']) {
    const answers = await Promise.all([first, second].map((send) => send('POST', `${wuyangReport}/${step}`, {})));
    t.same(answers.map(({ status }) => status).sort(), [200, 409], step);
  }
});
