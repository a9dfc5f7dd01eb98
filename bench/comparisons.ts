import { rounds, type Comparison, type Side } from './compare.ts';
import { changedBody, countRevisions, firstBody, keyHeader, put, reportPath, year } from './fill.ts';
import { requestBytes, rotation, slices } from './load.ts';
import type { Server } from './server.ts';

export interface Servers {
  readonly ours: Server;
  readonly fastify: Server;
  readonly bare: Server;
}

/** Reports asked for in rotation, and as many others written to. */
const inRotation = 300;

/** Checks nobody has asked for before, in each round. */
const coldChecks = 1_000;

/** The reports that are read, those that are written to, and those whose check is asked for once. */
export const read = numbers(0, inRotation);
export const written = numbers(inRotation, inRotation);
const unchecked = numbers(2 * inRotation, (rounds + 1) * coldChecks);

/** How many reports all this takes. */
export const reportCount = 2 * inRotation + unchecked.length;

/** How often each report's content changes before its first changed content comes again. */
const turns = [1, 2, 3];

/** Everything that is compared, and with what; `etags` are those of the reports in rotation. */
export function comparisons(servers: Servers, etags: readonly string[]): Comparison[] {
  const { ours, fastify, bare } = servers;
  const reports = read.map((n) => get(reportPath(n)));
  const known = read.map((n) => get(reportPath(n), { 'if-none-match': etags[n] as string }));
  const checks = read.map((n) => get(`${reportPath(n)}/check`));
  const cold = unchecked.map((n) => get(`${reportPath(n)}/check`));
  const ourReport = rotating('our GET report', ours, reports);
  const oneRead = (requests: readonly Buffer[]) => rotating('Fastify, one read', fastify, requests);
  const fromMemory = (requests: readonly Buffer[]) => ({ side: rotating('node:http', bare, requests) });
  return [
    {
      what: 'GET report',
      ours: ourReport,
      peers: [{ side: oneRead(reports), limit: 0.85 }, fromMemory(reports)],
    },
    {
      what: 'GET report, 304',
      ours: rotating('', ours, known),
      peers: [{ side: oneRead(reports), limit: 1 }, fromMemory(known)],
    },
    {
      what: 'GET check, warm',
      ours: rotating('', ours, checks),
      peers: [{ side: ourReport, limit: 0.7 }, { side: oneRead(checks) }, fromMemory(checks)],
    },
    {
      what: 'GET check, cold',
      ours: { name: '', server: ours, next: slices(cold, coldChecks) },
      peers: [{ side: ourReport, limit: 0.45 }, { side: oneRead(checks) }, fromMemory(checks)],
    },
    writing(servers),
    checking(servers),
  ];
}

/** Every write changes the content, or it would cost nothing; that is counted afterwards. */
function writing({ ours, fastify, bare }: Servers): Comparison {
  const writes = turns.flatMap((turn) => written.map((n) => put(n, changedBody(n, turn))));
  let asked = 0;
  const next = rotation(writes);
  const counted = () => {
    asked += 1;
    return next();
  };
  return {
    what: 'PUT report',
    ours: { name: '', server: ours, next: () => counted },
    peers: [
      { side: rotating('Fastify, one INSERT', fastify, writes), limit: 0.6 },
      { side: rotating('node:http', bare, writes) },
    ],
    verify: async () => {
      const revisions = (await countRevisions(ours, written)) - written.length;
      if (revisions !== asked) throw new Error(`${asked} writes made ${revisions} revisions`);
    },
  };
}

function checking({ ours, fastify, bare }: Servers): Comparison {
  const posts = read.map((n) => {
    const body = { year, ...(JSON.parse(firstBody(n)) as object) };
    return requestBytes('POST', '/v1/check', keyHeader, JSON.stringify(body));
  });
  return {
    what: 'POST check',
    ours: rotating('', ours, posts),
    peers: [
      { side: rotating('Fastify, validate, echo', fastify, posts), limit: 0.4 },
      { side: rotating('node:http', bare, posts) },
    ],
  };
}

function rotating(name: string, server: Server, requests: readonly Buffer[]): Side {
  const next = rotation(requests);
  return { name, server, next: () => next };
}

function get(path: string, headers: Readonly<Record<string, string>> = {}): Buffer {
  return requestBytes('GET', path, { ...keyHeader, ...headers });
}

function numbers(first: number, count: number): number[] {
  return Array.from({ length: count }, (_, n) => first + n);
}
