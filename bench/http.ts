/** The service beside the least that could answer the same: `npm run bench`, explained in README.md. */
import { mkdirSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compare, heading } from './compare.ts';
import { comparisons, read, reportCount, written } from './comparisons.ts';
import { printTable, whole } from './figures.ts';
import { adminKey, changedBody, fill, sample } from './fill.ts';
import { insertRate, makePeerDatabase } from './peers/database.ts';
import { pinAsker, startServer, type Server } from './server.ts';

/** Beside the service's own default database: a folder for temporary files may be in memory, where nothing is durable. */
const data = fileURLToPath(new URL('../data/', import.meta.url));

async function run(folder: string, running: Server[]): Promise<void> {
  const log = openSync(join(folder, 'log'), 'a');
  const start = async (command: [string, ...string[]], environment = {}) => {
    const server = await startServer({ command, environment, log });
    running.push(server);
    return server;
  };
  // A limit nobody reaches: counting is part of what is measured.
  const environment = {
    NIANBAO_DB: join(folder, 'ours.db'),
    NIANBAO_ADMIN_KEY: adminKey,
    RATE_LIMIT_MAX: '1000000000',
  };
  const ours = await start(['../src/main.ts'], environment);
  await fill(ours, reportCount);
  const samples = [];
  for (const n of [...read, ...written]) samples.push(await sample(ours, n));
  const peerFile = join(folder, 'peers.db');
  makePeerDatabase(peerFile, samples);
  const bare = await start(['peers/bare.ts', peerFile]);
  const fastify = await start(['peers/fastify.ts', peerFile]);

  const lines = [];
  const etags = samples.map(({ etag }) => etag);
  for (const comparison of comparisons({ ours, fastify, bare }, etags)) lines.push(...(await compare(comparison)));
  printTable(heading, lines);
  const bodies = written.map((n) => changedBody(n, 0));
  const inserts = insertRate(peerFile, bodies, 1_000);
  console.log(`\nThe INSERT alone, in process, durable: ${whole(inserts)}/s. busy: server / load generator.`);
}

async function main(): Promise<void> {
  pinAsker();
  mkdirSync(data, { recursive: true });
  const folder = mkdtempSync(join(data, 'bench-'));
  const running: Server[] = [];
  try {
    await run(folder, running);
  } finally {
    await Promise.all(running.map((server) => server.stop()));
    rmSync(folder, { recursive: true });
  }
}

await main();
