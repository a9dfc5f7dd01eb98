/** Writes and lists in a store of 15,000 reports: `npm run bench:store`, explained in README.md. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { editions } from '../src/forms/editions.ts';
import { buildRulebook, buildService } from '../src/operations/service.ts';
import { openStore } from '../src/sqlite/store.ts';
import { printTable } from './figures.ts';
import { fillStore } from './store-fill.ts';
import {
  heading,
  measureChecks,
  measureConsolidations,
  measureLists,
  measureProgress,
  measureWrites,
} from './store-lines.ts';
import { printPlans } from './store-plans.ts';

/** Beside the service's own default database: a folder for temporary files may be in memory, where nothing is durable. */
const data = fileURLToPath(new URL('../data/', import.meta.url));

async function run(file: string): Promise<void> {
  const service = buildService(buildRulebook(editions, 'bench'), openStore(file), () => new Date());
  try {
    const start = performance.now();
    await fillStore(service);
    console.log(`Filled in ${Math.round((performance.now() - start) / 1_000)} s.\n`);
    const lists = await measureLists(service);
    const progress = await measureProgress(service);
    const checks = await measureChecks(service);
    const consolidations = await measureConsolidations(service);
    const writes = await measureWrites(service);
    printTable(heading, [...writes, ...lists, ...progress, ...checks, ...consolidations]);
    console.log();
    printPlans(file);
  } finally {
    await service.store.close();
  }
}

async function main(): Promise<void> {
  mkdirSync(data, { recursive: true });
  const folder = mkdtempSync(join(data, 'bench-'));
  try {
    await run(join(folder, 'store.db'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

await main();
