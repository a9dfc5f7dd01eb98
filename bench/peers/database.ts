import { openDatabase } from '../../src/sqlite/open.ts';

/** An answer of ours that the peers are to give as well. */
export interface Sample {
  readonly agencyId: string;
  readonly year: number;
  readonly report: Buffer;
  readonly check?: Buffer;
}

/** Makes the file the peers read and write, opened the way ours is. */
export function makePeerDatabase(file: string, samples: readonly Sample[]): void {
  const database = openDatabase(file);
  for (const table of ['reports', 'checks']) {
    database.exec(`
      CREATE TABLE ${table} (
        agency_id TEXT NOT NULL,
        year INTEGER NOT NULL,
        answer BLOB NOT NULL,
        UNIQUE (agency_id, year)
      ) STRICT
    `);
  }
  database.exec('CREATE TABLE written (agency_id TEXT NOT NULL, year INTEGER NOT NULL, body BLOB NOT NULL) STRICT');
  const insert = (table: string) =>
    database.prepare<[string, number, Buffer]>(`INSERT INTO ${table} (agency_id, year, answer) VALUES (?, ?, ?)`);
  const [report, check] = [insert('reports'), insert('checks')];
  database.transaction(() => {
    for (const sample of samples) {
      report.run(sample.agencyId, sample.year, sample.report);
      if (sample.check) check.run(sample.agencyId, sample.year, sample.check);
    }
  })();
  database.close();
}

/** Durable inserts a second with nothing around them. */
export function insertRate(file: string, bodies: readonly string[], milliseconds: number): number {
  const database = openDatabase(file);
  const insert = database.prepare<[string, number, Buffer]>(
    'INSERT INTO written (agency_id, year, body) VALUES (?, ?, ?)',
  );
  const bytes = bodies.map((body) => Buffer.from(body));
  const start = performance.now();
  let count = 0;
  while (performance.now() - start < milliseconds) insert.run('agency', 2021, bytes[count++ % bytes.length] as Buffer);
  const seconds = (performance.now() - start) / 1_000;
  database.close();
  return count / seconds;
}
