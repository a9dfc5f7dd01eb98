import { writeCsv } from 'hucre/csv';
import type { Column, MissingReport, Value } from '../../domain/statistics/query.ts';
import type { RowsPage } from '../../domain/statistics/statistics.ts';
import { guarded } from '../formula-guard.ts';

/** How CSV is wanted: in words or in names, and whether with a mark before it that tells Excel it is UTF-8. */
export interface CsvWanted {
  readonly headings: 'label' | 'id';
  readonly bom: boolean;
}

/**
 * Statistics as CSV (RFC 4180, UTF-8), a page of rows at a time; figures are numbers, what is not there is empty, and
 * every text is `guarded`.
 */
export function statisticsCsv(columns: readonly Column[], { headings, bom }: CsvWanted) {
  const inWords = headings === 'label';
  return {
    /** The first row. */
    heading: csv([columns.map(({ label, name }) => (inWords ? label : name))], bom),
    /** One row or more. */
    rowsOf: ({ values, length }: RowsPage): string =>
      csv(
        Array.from({ length }, (_, row) =>
          columns.map((column, place) => told(values[place]?.[row] ?? null, inWords ? column.codes : undefined)),
        ),
      ),
  };
}

/** A value as a cell of CSV; a code in words where there are `words` for it. */
function told(value: Value, words: Column['codes']): string | number | null {
  if (typeof value === 'string') return guarded(words?.[value] ?? value);
  return typeof value === 'number' || value === null ? value : guarded(namesOf(value));
}

function namesOf(missing: readonly MissingReport[]): string {
  return missing.map(({ name, year }) => `${name}（${year}）`).join('；');
}

function csv(rows: readonly (string | number | null)[][], bom = false): string {
  return `${writeCsv(rows as (string | number | null)[][], { bom })}\r\n`;
}
