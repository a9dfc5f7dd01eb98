import type { Database } from 'better-sqlite3';
import { figuresFromBytes } from '../domain/figures.ts';
import type { ReportKey } from '../domain/report.ts';
import {
  bases,
  type FigureChanges,
  type Registry,
  type ReportFigures,
  type RevisionFigures,
} from '../domain/statistics/figure-changes.ts';
import type { Store } from '../domain/store.ts';
import type { AgencyStore } from './agencies.ts';
import type { YearStore } from './years.ts';

/** A page of everything. */
const all = { limit: -1 };

/** The revision each basis goes by, and the figures of each revision once. */
interface FigureRow extends ReportKey {
  readonly edition: string;
  readonly current: number | null;
  readonly handedIn: number | null;
  readonly published: number | null;
  readonly currentFigures: Buffer | null;
  readonly handedInFigures: Buffer | null;
  readonly publishedFigures: Buffer | null;
}

/** A row of `handed_in` is short, others are long: figures are read from those only where they are of another revision. */
const columns = `
  coalesce(h.edition, r.edition, '') AS edition, r.revision AS current, h.revision AS handedIn,
  r.published_revision AS published, h.figures AS handedInFigures,
  CASE WHEN r.revision IS NOT h.revision THEN r.figures END AS currentFigures,
  CASE WHEN r.published_revision <> r.revision AND r.published_revision IS NOT h.revision THEN (
    SELECT v.figures FROM revisions AS v WHERE v.report_id = r.id AND v.revision = r.published_revision
  ) END AS publishedFigures`;

/**
 * What statistics go by. `INDEXED BY`: which revisions those are is in that index. `NOT INDEXED`: few events are looked
 * at, the last ones.
 */
export function figureStore(
  database: Database,
  agencies: Pick<AgencyStore, 'list'>,
  years: Pick<YearStore, 'list'>,
): Pick<Store, 'figureChanges'> {
  const lastEvent = database.prepare<[], number>('SELECT coalesce(max(sequence), 0) FROM events').pluck();
  const registryChange = database.prepare<[number]>(`
    SELECT 1
    FROM events NOT INDEXED
    WHERE sequence > ? AND kind IN ('agency', 'year')
    LIMIT 1
  `);
  const every = database.prepare<[], FigureRow>(`
    SELECT r.agency_id AS agencyId, r.year, ${columns}
    FROM reports AS r INDEXED BY reports_year
    LEFT JOIN handed_in AS h ON h.report_id = r.id
  `);
  const changed = database.prepare<[number], FigureRow>(`
    SELECT e.agency_id AS agencyId, e.year, ${columns}
    FROM (
      SELECT DISTINCT agency_id, year
      FROM events NOT INDEXED
      WHERE sequence > ? AND kind IN ('report', 'waiver')
    ) AS e
    LEFT JOIN reports AS r ON r.agency_id = e.agency_id AND r.year = e.year
    LEFT JOIN handed_in AS h ON h.report_id = r.id
  `);
  const registry = (): Registry => ({ agencies: agencies.list({ today: '' }, all), years: years.list(all) });

  const read = database.transaction((after: number | undefined, view: (changes: FigureChanges) => unknown) => {
    const last = lastEvent.get() ?? 0;
    const isWhole = after === undefined || after > last;
    const { reports, end } = lasting(isWhole ? every.iterate() : changed.iterate(after));
    try {
      const hasRegistry = isWhole || registryChange.get(after) !== undefined;
      return view({ last, ...(hasRegistry && { registry: registry() }), reports });
    } finally {
      end();
    }
  });
  return { figureChanges: async (after, view) => read(after, view) as ReturnType<typeof view> };
}

/** Reports that are made of rows as they are walked, until what may look at them has returned. */
function lasting(rows: IterableIterator<FigureRow>) {
  let hasEnded = false;
  const reports: Iterable<ReportFigures> = {
    *[Symbol.iterator]() {
      for (const row of rows) yield fromRow(row);
      if (hasEnded) throw new Error('figures were walked after the view of them had returned');
    },
  };
  const end = (): void => {
    hasEnded = true;
    rows.return?.();
  };
  return { reports, end };
}

/** The bases by the places they have in `bases`, every combination once: all reports share these lists. */
const combinations = Array.from({ length: 2 ** bases.length }, (_, places) =>
  bases.filter((_basis, place) => (places >> place) % 2 === 1),
);

function fromRow(row: FigureRow): ReportFigures {
  const { agencyId, year, edition, current, handedIn, published } = row;
  const revisions: RevisionFigures[] = [];
  const add = (revision: number | null, bytes: Buffer | null) => {
    if (!bytes) return;
    const places =
      Number(revision === current) + 2 * Number(revision === handedIn) + 4 * Number(revision === published);
    revisions.push({ bases: combinations[places] ?? [], figures: figuresFromBytes(bytes) });
  };
  add(current, row.currentFigures);
  add(handedIn, row.handedInFigures);
  add(published, row.publishedFigures);
  return { agencyId, year, edition, revisions };
}
