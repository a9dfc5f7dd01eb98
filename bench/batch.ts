/** 3,000 reports at once, and how long a reader waits meanwhile: `npm run bench:batch`, explained in README.md. */
import { mkdirSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { printTable, quantile, verdictUnder } from './figures.ts';
import { adminKey, agencyId, ask, form, keyHeader, registerAgencies, reportPath, year } from './fill.ts';
import { narrativeOf } from './narratives.ts';
import { bodyOf, brokenFigures, seeded, soundFigures } from './reports.ts';
import { startServer, type Server } from './server.ts';

/** Beside the service's own default database: a folder for temporary files may be in memory, where nothing is durable. */
const data = fileURLToPath(new URL('../data/', import.meta.url));

const reports = 3_000;

/** What a whole batch shall stay under, in seconds, and 99 of 100 of those who read meanwhile, in milliseconds. */
const limits = { seconds: 3, milliseconds: 50 } as const;

/** Between two questions of the one who reads meanwhile, in milliseconds. */
const pause = 5;

/** A report of an agency with narratives of its own, other ones every turn; every other has something wrong with it. */
function line(n: number, turn: number, members: object = {}): string {
  const id = agencyId(n);
  const figures = soundFigures(form, id);
  const { sections } = bodyOf(form, n % 2 === 0 ? figures : brokenFigures(form, figures, seeded(n)));
  const random = seeded(n + turn * reports);
  const texts = {
    overview: { text: narrativeOf(random, 1_200) },
    improvements: { text: narrativeOf(random, 500) },
    other: { text: narrativeOf(random, 100) },
  };
  return `${JSON.stringify({ agencyId: id, year, sections: { ...sections, ...texts }, ...members })}\n`;
}

/** Sends all of them; answers how long it took until the last was answered. */
async function send({ port }: Server, query: string, lines: readonly string[]): Promise<number> {
  const start = performance.now();
  const answered = await new Promise<string>((resolve, reject) => {
    const sent = request({
      host: '127.0.0.1',
      port,
      method: 'POST',
      path: `/v1/reports/batch${query}`,
      headers: { ...keyHeader, 'content-type': 'application/x-ndjson', 'if-match': '*' },
    });
    sent.once('error', reject).once('response', (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part));
      response.once('end', () => resolve(text)).once('error', reject);
    });
    Readable.from(lines).pipe(sent);
  });
  const seconds = (performance.now() - start) / 1_000;
  const stored = answered.split('\n').filter((result) => /"outcome":"(created|updated)"/.test(result)).length;
  if (stored !== lines.length) throw new Error(`${stored} of ${lines.length} stored: ${answered.slice(0, 500)}`);
  return seconds;
}

/** Reads one report again and again until told to stop; answers how long each answer took, in milliseconds. */
async function read(server: Server, stop: AbortSignal): Promise<number[]> {
  const taken: number[] = [];
  while (!stop.aborted) {
    const start = performance.now();
    await (await ask(server, 'GET', reportPath(reports))).arrayBuffer();
    taken.push(performance.now() - start);
    await setTimeout(pause);
  }
  return taken;
}

async function measure(what: string, server: Server, query: string, lines: readonly string[]): Promise<string[]> {
  const stop = new AbortController();
  const cpu = server.cpuSeconds();
  const [taken, seconds] = await Promise.all([
    read(server, stop.signal),
    send(server, query, lines).finally(() => stop.abort()),
  ]);
  const p99 = quantile(taken, 0.99);
  return [
    what,
    ...[seconds.toFixed(2), `< ${limits.seconds}`, verdictUnder(seconds, limits.seconds)],
    ...[(server.cpuSeconds() - cpu).toFixed(2), String(taken.length), quantile(taken, 0.5).toFixed(1)],
    ...[
      p99.toFixed(1),
      `< ${limits.milliseconds}`,
      verdictUnder(p99, limits.milliseconds),
      Math.max(...taken).toFixed(1),
    ],
  ];
}

const heading = ['', 's', 'limit', '', 'CPU s', 'reads', 'p50 ms', 'p99 ms', 'limit', '', 'longest ms'];

async function run(folder: string): Promise<void> {
  const server = await startServer({
    command: ['../src/main.ts'],
    // More is read in a minute than one key may.
    environment: { NIANBAO_DB: join(folder, 'batch.db'), NIANBAO_ADMIN_KEY: adminKey, RATE_LIMIT_MAX: '0' },
    log: openSync(join(folder, 'log'), 'a'),
    everyCore: true,
  });
  try {
    await registerAgencies(server, reports + 1);
    await ask(server, 'PUT', reportPath(reports), '{}');
    await ask(server, 'PUT', `/v1/years/${year + 1}`, '{}');
    const lines = (turn: number, members?: object) => Array.from({ length: reports }, (_, n) => line(n, turn, members));
    const [first, second, third] = [0, 1, 2].map((turn) => lines(turn)) as [string[], string[], string[]];
    const [printed, next] = [lines(3, { asPrinted: true }), lines(4, { year: year + 1 })];
    printTable(heading, [
      await measure(`${reports} new reports`, server, '', first),
      await measure('the same, every text changed', server, '', second),
      await measure('once more, all or none', server, '?atomic=true', third),
      await measure('the same, as printed', server, '', printed),
      await measure('the next year’s, compared with them', server, '', next),
    ]);
  } finally {
    await server.stop();
  }
}

mkdirSync(data, { recursive: true });
const folder = mkdtempSync(join(data, 'bench-'));
try {
  await run(folder);
} finally {
  rmSync(folder, { recursive: true });
}
