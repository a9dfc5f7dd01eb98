import t from 'tap';
import type { Call } from '../support/app.ts';
import { testApp } from '../support/app.ts';
import { wuyang } from '../support/wuyang.ts';

const statuses = ['draft', 'submitted', 'returned', 'accepted', 'published'] as const;
type Status = (typeof statuses)[number];

/** What becomes of a report in each status by each act, written down; `-` is refused. */
const usual = `
act      draft      submitted  returned   accepted   published
write    draft      -          returned   -          -
delete   gone       -          -          -          -
submit   submitted  -          submitted  -          -
return   -          returned   -          returned   -
accept   -          accepted   -          -          -
publish  -          -          -          published  -
reopen   -          -          -          -          draft
`;

/** Of a report as printed: nobody has to review it. */
const asPrinted = usual.replace(/^publish.*$/m, 'publish  published  published  published  published  -');

/** How a report gets into a status, from draft. */
const way: Readonly<Record<Status, readonly string[]>> = {
  draft: [],
  submitted: ['submit'],
  returned: ['submit', 'return'],
  accepted: ['submit', 'accept'],
  published: ['submit', 'accept', 'publish'],
};

function rowsOf(table: string): (readonly [act: string, outcomes: readonly string[]])[] {
  const [, ...lines] = table.trim().split('\n');
  return lines.map((line) => line.split(/ +/)).map(([act = '', ...outcomes]) => [act, outcomes]);
}

/** Does something with a report, and tells its status then. */
async function outcomeOf(call: Call, report: string, act: string): Promise<string> {
  const force = { 'if-match': '*' };
  const reason = act === 'return' || act === 'reopen' ? { reason: '请核对' } : {};
  const response =
    act === 'write'
      ? await call('PATCH', report, { phone: '0000-2' }, force)
      : act === 'delete'
        ? await call('DELETE', report, undefined, force)
        : await call('POST', `${report}/${act}`, reason);
  if (response.statusCode === 204) return 'gone';
  const { status, code } = response.json<{ status: unknown; code?: string }>();
  return code === 'report-state' || code === 'report-handed-in' ? '-' : String(code ?? status);
}

for (const [name, table, printed] of [
  ['a report', usual, false],
  ['a report as printed', asPrinted, true],
] as const) {
  await t.test(`${name}: every act in every status`, async (t) => {
    const { call } = await testApp(t);
    await call('PUT', '/v1/years/2021', {});
    for (const [act, outcomes] of rowsOf(table)) {
      t.equal(outcomes.length, statuses.length);
      for (const [place, status] of statuses.entries()) {
        const id = `${act}-${status}`;
        await call('PUT', `/v1/agencies/${id}`, { name: `${act}${status}局`, level: 'county', kind: 'department' });
        const report = `/v1/agencies/${id}/reports/2021`;
        await call('PUT', report, { ...wuyang, asPrinted: printed });
        for (const step of way[status]) await outcomeOf(call, report, step);
        t.match((await call('GET', report)).json(), { status, asPrinted: printed }, `${id} before`);
        t.equal(await outcomeOf(call, report, act), outcomes[place], id);
      }
    }
  });
}
