import Database from 'better-sqlite3';
import { figuresOf } from '../src/cli/demo-figures.ts';
import type { CheckedForm } from '../src/domain/compile.ts';
import { figureBytes } from '../src/domain/figures.ts';
import type { Actor } from '../src/domain/event.ts';
import { contentFrom } from '../src/domain/report.ts';
import { editionOf } from '../src/domain/year.ts';
import { putAgencies } from '../src/operations/put-agencies.ts';
import { putYear } from '../src/operations/put-year.ts';
import { formOf, type Service } from '../src/operations/service.ts';
import { bodyOf } from './reports.ts';

export const years = [2019, 2020, 2021, 2022, 2023] as const;
export const counties = 30;

/** As many agencies as a batch may register. */
const batch = 5_000;

/** How many reports differ from each other in a year; the others are like one of them. */
const kinds = 300;

const by: Actor = { keyId: 'bench', role: 'admin' };

/**
 * Fills a store with departments of 30 counties and five years of published reports, written past the operations: what
 * is measured is how they are read.
 */
export async function fillStatistics(service: Service, file: string, departments: number): Promise<void> {
  await registerAgencies(service, departments);
  for (const year of years) await putYear(service, { year, conditions: {}, act: 'putYear', by }, {});
  const database = new Database(file);
  try {
    const insert = inserts(database);
    for (const year of years) {
      const form = formOf(service, editionOf(year, service.editions).id);
      const reports = Array.from({ length: kinds }, (_, n) => reportOf(form, n, year));
      database.transaction(() => {
        for (let n = 0; n < departments; n++) {
          insert({ agencyId: agencyId(n), year, edition: form.edition.id, ...(reports[n % kinds] as Content) });
        }
      })();
    }
  } finally {
    database.close();
  }
}

interface Content {
  readonly content: string;
  readonly figures: Uint8Array;
}

export const agencyId = (n: number) => `bench-${String(n).padStart(5, '0')}`;
export const countyId = (n: number) => `county-${String(n).padStart(2, '0')}`;

async function registerAgencies(service: Service, departments: number): Promise<void> {
  const city = { id: 'city', name: '示例市人民政府', level: 'prefecture', kind: 'government' } as const;
  const governments = Array.from({ length: counties }, (_, n) => {
    return {
      id: countyId(n),
      name: `示例${n}县人民政府`,
      level: 'county',
      kind: 'government',
      parentId: 'city',
    } as const;
  });
  await putAgencies(service, { act: 'putAgencies', by }, [city, ...governments]);
  for (let first = 0; first < departments; first += batch) {
    const items = Array.from({ length: Math.min(batch, departments - first) }, (_, n) => {
      const parentId = countyId((first + n) % counties);
      return {
        id: agencyId(first + n),
        name: `第${first + n}局`,
        level: 'county',
        kind: 'department',
        parentId,
      } as const;
    });
    await putAgencies(service, { act: 'putAgencies', by }, items);
  }
}

function reportOf(form: CheckedForm, n: number, year: number): Content {
  const agency = { id: agencyId(n), name: '', level: 'county', kind: 'department', activity: 8 } as const;
  const { content, figures } = contentFrom(
    form,
    bodyOf(
      form,
      figuresOf(agency, year, () => form),
    ),
  );
  return { content: JSON.stringify(content), figures: figureBytes(figures) };
}

function inserts(database: Database.Database) {
  const report = database
    .prepare<Record<string, unknown>, number>(
      `INSERT INTO reports (
        agency_id, year, edition, status, revision, published_revision, counted_revision, version, check_version,
        published_version, published_verdict, verdict, errors, warnings, updated_at, figures, facts, answer
      )
      VALUES (
        :agencyId, :year, :edition, 'published', 1, 1, 1, 1, 1, 1, 'consistent', 'consistent', 0, 0, '2024-01-01',
        :figures, '{}', CAST(:content AS BLOB)
      )
      RETURNING id`,
    )
    .pluck();
  const revision = database.prepare(`
    INSERT INTO revisions (report_id, revision, content, figures, created_at)
    VALUES (:id, 1, :content, :figures, '2024-01-01')
  `);
  const handedIn = database.prepare(`
    INSERT INTO handed_in (report_id, agency_id, year, edition, revision, figures)
    VALUES (:id, :agencyId, :year, :edition, 1, :figures)
  `);
  return (row: Record<string, unknown>): void => {
    const id = report.get(row);
    revision.run({ id, content: row['content'], figures: row['figures'] });
    handedIn.run({
      id,
      agencyId: row['agencyId'],
      year: row['year'],
      edition: row['edition'],
      figures: row['figures'],
    });
  };
}
