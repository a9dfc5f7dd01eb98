import type { ReportQuery } from '../src/domain/store.ts';
import { checkReport } from '../src/operations/check-report.ts';
import { getProgress } from '../src/operations/get-progress.ts';
import { getReminders } from '../src/operations/get-reminders.ts';
import { consolidationTag, getConsolidation } from '../src/operations/get-consolidation.ts';
import type { Service } from '../src/operations/service.ts';
import { quantile, verdictUnder } from './figures.ts';
import { timesOf, type Taken } from './rate.ts';
import {
  agencyId,
  changedReport,
  copying,
  drafts,
  firstReport,
  lastYear,
  parentId,
  printed,
  put,
} from './store-fill.ts';

export const heading = ['', 'times', 'p50 ms', 'p99 ms', 'limit', '', 'CPU ms'];

/** In milliseconds: what 99 of 100 shall stay under. */
const limits = { write: 20, list: 5, check: 5, parentCheck: 50, progress: 20, consolidation: 15 } as const;

const asked = 200;

/** Writes of one report of 3,000, each durable before the next begins. */
export async function measureWrites(service: Service): Promise<string[][]> {
  const lines: string[][] = [];
  const write = async (what: string, numbers: readonly number[], change: 'figures' | 'text' | 'copied' | 'first') => {
    const inputs = numbers.map((n) => ({
      key: { agencyId: agencyId(n), year: lastYear },
      input: change === 'first' ? firstReport(service, n, lastYear) : changedReport(service, n, change),
    }));
    lines.push(line(what, await timesOf(inputs, ({ key, input }) => put(service, key, input)), limits.write));
  };
  const [ownText, copied] = [drafts.filter((n) => !copying.includes(n)), drafts.filter((n) => copying.includes(n))];
  await write('PUT a draft, figures changed', ownText, 'figures');
  await write('PUT a draft, text changed', ownText, 'text');
  await write('PUT a draft, text that 100 copied', ownText.slice(0, 100), 'copied');
  await write('PUT a draft that was copied, figures changed', copied, 'figures');
  await write('PUT a draft that was copied, text changed', copied, 'text');
  await write('PUT as printed, figures changed, parent judged anew', printed.slice(0, asked), 'figures');
  await write('PUT as printed, text changed, parent judged anew', printed.slice(0, asked), 'text');
  return lines;
}

/** First pages of lists. */
export async function measureLists(service: Service): Promise<string[][]> {
  const lines: string[][] = [];
  for (const [what, query] of Object.entries(listed)) {
    for (const limit of [50, 500]) {
      const read = () => service.store.reports({ ...query, today: '2024-06-01' }, 'all', { limit });
      const found = (await read()).length;
      const taken = await timesOf(Array.from({ length: asked }), read);
      lines.push(line(`${what}, ${limit} (${found} found)`, taken, limits.list));
    }
  }
  return lines;
}

const listed: Readonly<Record<string, Partial<ReportQuery>>> = {
  'reports?verdict=consistent': { verdict: 'consistent' },
  'reports?verdict=inconsistent': { verdict: 'inconsistent' },
  'reports?rule=requests.balance': { rule: 'requests.balance' },
  'reports?rule=report.similarity': { rule: 'report.similarity' },
  'reports?rule=requests.backlog': { rule: 'requests.backlog' },
  'reports?rule=report.complete': { rule: 'report.complete' },
  'reports?rule=requests.balance&years=2023': {
    rule: 'requests.balance',
    years: [{ first: lastYear, last: lastYear }],
  },
  'reports?under=': { under: parentId },
  'reports?years=2019-2020': { years: [{ first: 2019, last: 2020 }] },
  'reports?years=2023': { years: [{ first: lastYear, last: lastYear }] },
  'reports?overdue=true': { overdue: true },
  'reports?overdue=false': { overdue: false },
};

/** How far the last year has come, of all 3,000 agencies. */
export async function measureProgress(service: Service): Promise<string[][]> {
  const query = { year: lastYear, under: parentId };
  const reminders = { ...query, type: 'text/plain', language: 'zh-CN', contacts: true } as const;
  const progress = await warmTimesOf(async () => JSON.stringify(await getProgress(service, query)));
  return [
    line('progress of everybody', progress, limits.progress),
    line('reminders of everybody', await warmTimesOf(() => getReminders(service, reminders)), limits.progress),
  ];
}

/** Checks nobody has asked for before: the cache of answers is in front of this. */
export async function measureChecks(service: Service): Promise<string[][]> {
  const check = (id: string) =>
    checkReport(service, { agencyId: id, year: lastYear }, { language: 'zh-CN', mayName: () => true });
  const ordinary = Array.from({ length: asked }, (_, n) => agencyId(7 * n));
  const parents = Array.from({ length: 50 }, () => parentId);
  return [
    line('check of an agency, cold', await timesOf(ordinary, check), limits.check),
    line('check of the parent, cold', await timesOf(parents, check), limits.parentCheck),
  ];
}

/** What 3,000 children come to: again and again, and each time after one of them has been written. */
export async function measureConsolidations(service: Service): Promise<string[][]> {
  const query = { key: { agencyId: parentId, year: lastYear }, cells: [], language: 'zh-CN' } as const;
  const oneCell = { ...query, cells: ['requests.received.total'] };
  const all = () => getConsolidation(service, query);
  return [
    line('GET consolidation', await warmTimesOf(all), limits.consolidation),
    line(
      'GET consolidation, one cell',
      await warmTimesOf(() => getConsolidation(service, oneCell)),
      limits.consolidation,
    ),
    line('GET consolidation, 304', await warmTimesOf(() => consolidationTag(service, query)), limits.consolidation),
    line('GET consolidation, a child just written', await afterWrites(service, all), limits.consolidation),
  ];
}

/** Times of work that is done after each of some writes, which are not counted. */
async function afterWrites(service: Service, work: () => Promise<unknown>): Promise<Taken> {
  const taken: Taken[] = [];
  for (const n of printed.slice(asked)) {
    await put(service, { agencyId: agencyId(n), year: lastYear }, changedReport(service, n, 'figures'));
    taken.push(await timesOf([n], work));
  }
  return {
    milliseconds: taken.flatMap(({ milliseconds }) => milliseconds),
    cpu: taken.reduce((sum, { cpu }) => sum + cpu, 0) / taken.length,
  };
}

/** Times of work that has been done as often before. */
async function warmTimesOf(work: () => Promise<unknown>): Promise<Taken> {
  const times = Array.from({ length: asked });
  await timesOf(times, work);
  return timesOf(times, work);
}

function line(what: string, { milliseconds, cpu }: Taken, limit: number): string[] {
  const p99 = quantile(milliseconds, 0.99);
  const figures = [quantile(milliseconds, 0.5), p99].map((time) => time.toFixed(2));
  return [what, String(milliseconds.length), ...figures, `< ${limit}`, verdictUnder(p99, limit), cpu.toFixed(2)];
}
