import { statSync } from 'node:fs';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';

/** The files of the database: what SQLite has not yet put into the main one is in the write-ahead log. */
const files = { main: '', wal: '-wal' } as const;

/** What is measured of the whole process, and of the database it keeps. To be called once: some of it is sampled all the time. */
export function processMetrics(database: string): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'nianbao_database_bytes',
    help: 'Size of the database file, and of its write-ahead log',
    labelNames: ['file'],
    registers: [registry],
    collect() {
      for (const [file, suffix] of Object.entries(files)) this.set({ file }, sizeOf(`${database}${suffix}`));
    },
  });
  return registry;
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
