import { join } from 'node:path';
import t from 'tap';
import { verifyFile } from '../src/cli/verify-file.ts';
import { editions } from '../src/forms/editions.ts';
import { buildRulebook } from '../src/operations/service.ts';
import { openStore } from '../src/sqlite/store.ts';
import { version } from '../src/version.ts';
import { adminKey } from './support/app.ts';
import { startService, type RunningService } from './support/process.ts';
import { asking } from './support/subjects.ts';

const kills = 3;

interface Result {
  readonly line: number;
  readonly outcome?: string;
  readonly revision?: number;
}

const rulebook = buildRulebook(editions, version);
const ids = Array.from({ length: 1_000 }, (_, n) => `agency-${n}`);

/** Writes a report of each agency; the service is killed when so many have been answered. What all were answered. */
async function writeAndKill({ url, child, ended }: RunningService, preparedBy: string, most: number) {
  const ask = asking(url);
  const items = ids.map((id) => ({ id, name: `${id}局`, level: 'county', kind: 'department' }));
  await ask('PUT', '/v1/years/2021', '{}');
  await ask('POST', '/v1/agencies/batch', JSON.stringify({ items }));
  const lines = ids.map((agencyId) => JSON.stringify({ agencyId, year: 2021, preparedBy })).join('\n');
  const ndjson = { 'content-type': 'application/x-ndjson', 'if-match': '*' };
  const response = await ask('POST', '/v1/reports/batch', lines, ndjson);
  let text = '';
  const answered = () => text.split('\n').slice(0, -1);
  try {
    for await (const part of response.body as AsyncIterable<Uint8Array>) {
      text += Buffer.from(part).toString();
      if (answered().length > most) child.kill('SIGKILL');
    }
  } catch {
    // The rest of the answer never comes.
  }
  await ended;
  return answered().map((line) => JSON.parse(line) as Result);
}

await t.test('killed in the middle of a batch, the service has every line it answered', async (t) => {
  const file = join(t.testdir(), 'nianbao.db');
  for (let life = 1; life <= kills; life++) {
    const service = await startService(t, { NIANBAO_DB: file, NIANBAO_ADMIN_KEY: adminKey, RATE_LIMIT_MAX: '0' });
    const results = await writeAndKill(service, `第${life}人`, life * 100);
    t.ok(results.length > life * 100 && results.length < ids.length, `${results.length} answered`);
    t.same((await verifyFile(rulebook, file)).faults, [], 'the file is sound');
    const store = openStore(file);
    const kept = results.map(async ({ line, outcome, revision }) => {
      const stored = await store.reportVersion({ agencyId: ids[line - 1] as string, year: 2021 }, 'all');
      return outcome !== undefined && stored?.revision === revision;
    });
    t.ok((await Promise.all(kept)).every(Boolean), 'what was answered is there');
    await store.close();
  }
});
