import t from 'tap';
import { testApp, type TestApp } from '../support/app.ts';
import { assertProblem } from '../support/problem.ts';
import { registerWuyang, wuyang, wuyangReport } from '../support/wuyang.ts';

const ndjson = { 'content-type': 'application/x-ndjson' };
const overwrite = { ...ndjson, 'if-match': '*' };

interface Result {
  readonly line: number;
  readonly agencyId?: string;
  readonly outcome?: string;
  readonly etag?: string;
  readonly problem?: { readonly code: string };
}

type Lines = readonly (string | object)[];

/** What each line was answered with. */
async function results({ call }: TestApp, lines: Lines, headers = ndjson): Promise<Result[]> {
  const body = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n');
  const response = await call('POST', '/v1/reports/batch', body, headers);
  t.equal(response.statusCode, 200, response.body);
  t.match(response.headers['content-type'], /^application\/x-ndjson/);
  return response.body
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Result);
}

/** An application with agencies a to e beside the one of the fixture. */
async function application(options: Parameters<typeof testApp>[1] = {}): Promise<TestApp> {
  const app = await testApp(t, options);
  await registerWuyang(app.call);
  for (const id of ['a', 'b', 'c', 'd', 'e']) {
    await app.call('PUT', `/v1/agencies/${id}`, { name: `${id}局`, level: 'county', kind: 'department' });
  }
  return app;
}

const report = (agencyId: string, more: object = {}) => ({ agencyId, year: 2021, sections: wuyang.sections, ...more });

async function events({ service }: TestApp): Promise<number> {
  return service.store.lastEvent();
}

await t.test('every line is answered in its order, and stored', async (t) => {
  const app = await application();
  const found = await results(app, ['', report('c'), '  ', report('a'), report('b', { preparedBy: '张三' })]);
  t.match(found, [
    { line: 2, agencyId: 'c', year: 2021, outcome: 'created', revision: 1, verdict: 'consistent' },
    { line: 4, agencyId: 'a', outcome: 'created' },
    { line: 5, agencyId: 'b', outcome: 'created' },
  ]);
  const stored = await app.call('GET', '/v1/agencies/b/reports/2021');
  t.equal(stored.headers.etag, found[2]?.etag);
  t.match(stored.json(), { preparedBy: '张三', sections: { requests: wuyang.sections.requests } });
});
