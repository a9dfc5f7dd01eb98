import { join } from 'node:path';
import type { Test } from 'tap';
import { editions } from '../../src/forms/editions.ts';
import { recheckReports } from '../../src/operations/recheck-reports.ts';
import { buildRulebook, buildService } from '../../src/operations/service.ts';
import { openStore } from '../../src/sqlite/store.ts';
import { version } from '../../src/version.ts';
import { adminKey } from './app.ts';
import { run, type RunningService } from './process.ts';
import { filled, saveAgencies, saveYears } from './store.ts';

/** Runs a command on a database; answers with what it said and its exit status. */
export async function nianbao(t: Test, file: string, ...args: string[]) {
  const program = run(t, { args: ['src/start.js', ...args], environment: { NIANBAO_DB: file } });
  const status = await program.ended;
  return { status, stdout: program.stdout().trimEnd(), stderr: program.stderr().trimEnd() };
}

export const agencies = ['a', 'b', 'c', 'd'];
export const year = 2022;

/** A database with some agencies and a year, judged by this program's rules. */
export async function registered(t: Test): Promise<string> {
  const file = join(t.testdir(), 'nianbao.db');
  const store = openStore(file);
  await recheckReports(buildService(buildRulebook(editions, version), store, () => new Date()));
  await saveAgencies(store, Object.fromEntries(agencies.map((id) => [id, {}])));
  await saveYears(store, year);
  await store.close();
  return file;
}

/** The one line about a file in which everything is as it should be. */
export const sound = (file: string) =>
  new RegExp(`^${file}: ${agencies.length} reports, last event \\d+ \\(\\w{64}\\), 0 faults$`);

export const headers = { authorization: `Bearer ${adminKey}`, 'content-type': 'application/json', 'if-match': '*' };

/** Hands in a report with another figure each time; answers with its revision. */
export async function put({ url }: RunningService, agency: string, received: number): Promise<number> {
  const body = JSON.stringify(filled('2021', { 'requests.received.natural': received }));
  const answer = await fetch(`${url}/v1/agencies/${agency}/reports/${year}`, { method: 'PUT', headers, body });
  if (!answer.ok) throw new Error(await answer.text());
  return ((await answer.json()) as { revision: number }).revision;
}
