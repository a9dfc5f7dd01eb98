/** Statistics beside SQL on the same data: `npm run bench:statistics`, explained in README.md. */
import Database from 'better-sqlite3';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { select } from '../src/domain/expression.ts';
import type { Indicator } from '../src/domain/indicator.ts';
import { FigureMatrix } from '../src/domain/statistics/figure-matrix.ts';
import { editions } from '../src/forms/editions.ts';
import { openStatistics, type StatisticsRequest } from '../src/operations/open-statistics.ts';
import { buildRulebook, buildService, type Service } from '../src/operations/service.ts';
import { openStore } from '../src/sqlite/store.ts';
import { median, printTable, quantile, verdictUnder, whole } from './figures.ts';
import { forms } from './reports.ts';
import { fillStatistics, years } from './statistics-fill.ts';
import { timesOf } from './rate.ts';

/** Beside the service's own default database: a folder for temporary files may be in memory. */
const data = fileURLToPath(new URL('../data/', import.meta.url));

const rounds = 50;
const sqlRounds = 3;

/** The ten whose formulas have no sums in them but of cells: SQL can say them in one line. */
const indicators = (editions.at(-1)?.indicators ?? []).filter(({ denominator }) => denominator).slice(0, 10);

/** Every published report beside its content. */
const published = `
  FROM reports AS r
  JOIN revisions AS v ON v.report_id = r.id AND v.revision = r.published_revision`;

interface Line {
  readonly name: string;
  readonly request: Pick<StatisticsRequest, 'cells' | 'indicators' | 'years' | 'groupBy'>;
  readonly sql: string;
  /** In milliseconds, of 15,000 reports and of 150,000. */
  readonly limits: readonly [number, number | undefined];
}

const lastYear = { first: 2023, last: 2023 };
const received = 'requests.received.total';

const lines: readonly Line[] = [
  {
    name: 'one cell by year',
    request: { cells: [received], indicators: [], groupBy: ['year'] },
    sql: `SELECT r.year, count(*), sum(${inJson(received)}) ${published} GROUP BY r.year`,
    limits: [2, 10],
  },
  {
    name: 'all cells of one year, one group',
    request: { cells: ['*'], indicators: [], years: [lastYear], groupBy: [] },
    sql: `SELECT ${allCells()} ${published} WHERE r.year = 2023`,
    limits: [2, undefined],
  },
  {
    name: 'ten indicators by county, five years',
    request: { cells: [], indicators: indicators.map(({ id }) => id), groupBy: ['parent', 'year'] },
    sql: `SELECT a.parent_id, r.year, ${indicators.map(ratio).join(', ')} ${published}
      JOIN agencies AS a ON a.id = r.agency_id GROUP BY a.parent_id, r.year`,
    limits: [5, undefined],
  },
];

async function run(file: string, departments: number, size: 0 | 1): Promise<void> {
  const service = buildService(buildRulebook(editions, 'bench'), openStore(file), () => new Date());
  const reports = departments * years.length;
  try {
    const start = performance.now();
    await fillStatistics(service, file, departments);
    console.log(`${whole(reports)} reports, filled in ${Math.round((performance.now() - start) / 1_000)} s.\n`);
    await measureLoad(service, reports);
    const database = new Database(file, { readonly: true });
    try {
      const table: string[][] = [];
      for (const line of lines) table.push(await lineOf(service, database, line, line.limits[size]));
      table.push(await unchangedLine(service));
      printTable(['', 'p50 ms', 'p99 ms', 'CPU ms', 'limit', '', 'SQL ms', 'SQL / ours'], table);
    } finally {
      database.close();
    }
  } finally {
    await service.store.close();
  }
}

/** How long it takes to have everything in memory, and how much of that it takes. */
async function measureLoad(service: Service, reports: number): Promise<void> {
  globalThis.gc?.();
  const before = memory();
  await service.figures();
  globalThis.gc?.();
  const bytes = (memory() - before) / reports;
  const times: number[] = [];
  const widths = new Map(forms.map(({ edition, cells }) => [edition.id, cells.length]));
  for (let round = 0; round < sqlRounds; round++) {
    const start = performance.now();
    await service.store.figureChanges(undefined, (changes) => new FigureMatrix(widths).apply(changes));
    times.push(performance.now() - start);
  }
  const limit = 150 * (reports / 15_000);
  printTable(
    ['', '', 'limit', ''],
    [
      ['load, ms', median(times).toFixed(0), `< ${limit}`, verdictUnder(median(times), limit)],
      ['memory, bytes a report', whole(bytes), '< 2,500', verdictUnder(bytes, 2_500)],
    ],
  );
  console.log();
}

function memory(): number {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

async function lineOf(
  service: Service,
  database: Database.Database,
  { name, request, sql }: Line,
  limit: number | undefined,
): Promise<string[]> {
  await timesOf(Array.from({ length: rounds }), () => answer(service, request));
  const ours = await timesOf(Array.from({ length: rounds }), () => answer(service, request));
  const statement = database.prepare(sql);
  const beside = await timesOf(Array.from({ length: sqlRounds }), async () => statement.all());
  const [p50, other] = [median(ours.milliseconds), median(beside.milliseconds)];
  return [
    name,
    ...[p50, quantile(ours.milliseconds, 0.99), ours.cpu].map((figure) => figure.toFixed(2)),
    ...[limit === undefined ? '' : `< ${limit}`, verdictUnder(p50, limit)],
    ...[other.toFixed(0), (other / p50).toFixed(0)],
  ];
}

/** A query up to the text of its rows. */
async function answer(service: Service, request: Line['request']): Promise<number> {
  const reader = { scope: 'published' } as const;
  const open = await openStatistics(service, { ...request, consolidated: 'include', with: [], reader });
  try {
    const { head, page } = open.answer('zh-CN');
    return JSON.stringify([head, page({ limit: 5_000 })]).length;
  } finally {
    open.release();
  }
}

/** What a caller costs who has the answer already: the version of what it would be made of. */
async function unchangedLine(service: Service): Promise<string[]> {
  const reader = { scope: 'published' } as const;
  const request = { ...(lines[0] as Line).request, consolidated: 'include', with: [], reader } as const;
  const { milliseconds, cpu } = await timesOf(Array.from({ length: rounds }), async () => {
    (await openStatistics(service, request)).release();
  });
  return [
    'the same again, 304',
    ...[median(milliseconds), quantile(milliseconds, 0.99), cpu].map((figure) => figure.toFixed(2)),
  ];
}

function inJson(cell: string): string {
  return `json_extract(v.content, '$.sections.${cell}')`;
}

function allCells(): string {
  const { cells } = forms.at(-1) as (typeof forms)[number];
  return cells.map(({ address }) => `sum(${inJson(address)})`).join(', ');
}

function ratio({ numerator, denominator = [] }: Indicator): string {
  const side = (selectors: readonly string[]) => selectors.flatMap(cellsNamed).join(' + ');
  return `1.0 * sum(${side(numerator)}) / nullif(sum(${side(denominator)}), 0)`;
}

/** As SQL: the cells of the latest form a selector names. */
function cellsNamed(selector: string): string[] {
  const form = forms.at(-1) as (typeof forms)[number];
  return select(form, selector).map(({ cell, sign }) => `${sign < 0 ? '-' : ''}${inJson(cell.address)}`);
}

async function main(): Promise<void> {
  mkdirSync(data, { recursive: true });
  for (const [size, departments] of [3_000, 30_000].entries()) {
    const folder = mkdtempSync(join(data, 'bench-'));
    try {
      await run(join(folder, 'statistics.db'), departments, size as 0 | 1);
      console.log();
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
}

await main();
