import { load, requestBytes } from './load.ts';
import type { Sample } from './peers/database.ts';
import { bodyOf, brokenFigures, forms, seeded, soundFigures } from './reports.ts';
import type { Server } from './server.ts';

export const adminKey = 'bench-key-0123456789-abcdefghijklmnop';

/** Sent to every side with every request. */
export const keyHeader = { authorization: `Bearer ${adminKey}` };

/** The year of every report, on the newest form. */
export const year = 2021;
export const form = forms.at(-1) as (typeof forms)[number];

export const reportPath = (n: number) => `/v1/agencies/${agencyId(n)}/reports/${year}`;

/** As many agencies as a batch may register. */
const batch = 5_000;

/** A report as it is first written; every third has something wrong with it. */
export function firstBody(n: number): string {
  const figures = soundFigures(form, agencyId(n));
  return JSON.stringify(bodyOf(form, n % 3 === 0 ? brokenFigures(form, figures, seeded(n)) : figures));
}

/** Another content than the first and than that of other turns. */
export function changedBody(n: number, turn: number): string {
  const figures = brokenFigures(form, soundFigures(form, agencyId(n)), seeded(n + 100_000 * turn));
  const body = bodyOf(form, figures);
  return JSON.stringify({ ...body, preparedBy: `第${turn}次填报` });
}

/** The request that writes a report over whatever there is. */
export function put(n: number, body: string): Buffer {
  return requestBytes('PUT', reportPath(n), { ...keyHeader, 'if-match': '*' }, body);
}

/** Fills our server over its API with this many reports. */
export async function fill(server: Server, reports: number): Promise<void> {
  await registerAgencies(server, reports);
  let next = 0;
  await load(server.port, () => (next < reports ? put(next, firstBody(next++)) : undefined));
}

/** Registers as many agencies as will report, and the year. */
export async function registerAgencies(server: Server, reports: number): Promise<void> {
  for (let first = 0; first < reports; first += batch) {
    const items = Array.from({ length: Math.min(batch, reports - first) }, (_, n) => {
      return { id: agencyId(first + n), name: `机关${first + n}`, level: 'county', kind: 'department' };
    });
    await ask(server, 'POST', '/v1/agencies/batch', JSON.stringify({ items }));
  }
  await ask(server, 'PUT', `/v1/years/${year}`, '{}');
}

/** What our server answers about a report. */
export async function sample(server: Server, n: number): Promise<Sample & { readonly etag: string }> {
  const report = await ask(server, 'GET', reportPath(n));
  const check = await ask(server, 'GET', `${reportPath(n)}/check`);
  return {
    agencyId: agencyId(n),
    year,
    etag: report.headers.get('etag') ?? '',
    report: Buffer.from(await report.arrayBuffer()),
    check: Buffer.from(await check.arrayBuffer()),
  };
}

/** How many revisions reports have together. */
export async function countRevisions(server: Server, reports: readonly number[]): Promise<number> {
  let count = 0;
  for (const n of reports) {
    const { revision } = (await (await ask(server, 'GET', reportPath(n))).json()) as { revision: number };
    count += revision;
  }
  return count;
}

/** @throws Error at an answer that is not a success. */
export async function ask(server: Server, method: string, path: string, body?: string): Promise<Response> {
  const response = await fetch(`http://127.0.0.1:${server.port}${path}`, {
    method,
    headers: { ...keyHeader, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body }),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return response;
}

export function agencyId(n: number): string {
  return `bench-${String(n).padStart(5, '0')}`;
}
