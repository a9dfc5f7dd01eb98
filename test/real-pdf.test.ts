import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import t, { type Test } from 'tap';
import type { PrintedCell } from '../src/documents/printed/printed.ts';
import { readPdf } from '../src/documents/printed/read-pdf.ts';
import { formOf } from './support/forms.ts';

/** Reports as published, beside the project where somebody has them. */
const folder = join(
  process.env['REPORTS_DIR'] ?? fileURLToPath(new URL('../../shared/reports', import.meta.url)),
  'full',
);
const name = join(folder, 'hongze-2024');

if (existsSync(`${name}.pdf`)) await t.test('a report from a word processor, its tables cut by pages', readReport);
else {
  t.comment(`No published reports at ${folder}: set REPORTS_DIR to read them.`);
  t.plan(0, 'the published reports are not here');
}

async function readReport(t: Test): Promise<void> {
  const { lines } = await readPdf(readFileSync(`${name}.pdf`));
  const tables = Map.groupBy(
    lines.filter(({ kind }) => kind === 'grid'),
    ({ place }) => place.table,
  );
  const figures = [...tables.values()].map((rows) => rows.map(({ cells }) => figuresOf(cells)).filter(isFilled));
  const [disclosure, requests, disputes] = figures;

  t.equal(figures.length, 3, 'a table that goes on over a page is one');
  t.same(disclosure?.map(valuesOf), publishedRows('disclosure'));
  t.same(requests?.map(valuesOf), publishedRows('requests'));
  t.same(disputes?.map(valuesOf), [publishedRows('disputes').flat()], 'which stand side by side in print');
  const columns = new Set(requests?.map((cells) => cells.map(({ column }) => column).join()));
  t.equal(columns.size, 1, 'the figures of every row stand in the same columns');
  t.notOk(
    lines.some(({ cells }) => /^- \d -$/.test(cells[0]?.text ?? '')),
    'no page number is left',
  );
}

/** The figures of the edition's rows that are there in print, in its order. */
function publishedRows(section: string): number[][] {
  const { cells, edition } = JSON.parse(readFileSync(`${name}.expected.json`, 'utf8')) as {
    readonly edition: string;
    readonly cells: Readonly<Record<string, number | null>>;
  };
  const form = formOf(edition);
  const tables = form.tables.filter((table) => table.section === section);
  const rows = tables.flatMap(({ rows, columns }) =>
    rows.map((row) => columns.map((column) => cells[`${section}.${row.key}.${column.key}`])),
  );
  return rows.filter((row): row is number[] => row.every((figure) => typeof figure === 'number'));
}

function figuresOf(cells: readonly PrintedCell[]): PrintedCell[] {
  return cells.filter(({ text }) => /^\d+$/.test(text));
}

function isFilled(cells: readonly PrintedCell[]): boolean {
  return cells.length > 0;
}

function valuesOf(cells: readonly PrintedCell[]): number[] {
  return cells.map(({ text }) => Number(text));
}
