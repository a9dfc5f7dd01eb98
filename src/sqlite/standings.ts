import type { Database } from 'better-sqlite3';
import type { Agency } from '../domain/agency.ts';
import type { ReportStatus } from '../domain/report.ts';
import type { Standing } from '../domain/standing.ts';
import type { SubtreeOfYear } from '../domain/store.ts';

interface StandingRow {
  readonly id: string;
  readonly name: string;
  readonly level: Agency['level'];
  readonly kind: Agency['kind'];
  readonly vertical: number;
  readonly contact: string | null;
  readonly active_from: string | null;
  readonly active_to: string | null;
  readonly branch: string | null;
  readonly status: ReportStatus | null;
  readonly handed_in: number;
  readonly first_submitted_at: string | null;
  readonly extended_to: string | null;
}

/**
 * How every agency's report of a year stands. `INDEXED BY`: all that is asked of a report is in that index, and its row
 * is long.
 */
export function standingStore(database: Database) {
  const rows = database.prepare<{ year: number; under: string | null }, StandingRow>(`
    WITH RECURSIVE tree (id, branch) AS (
      SELECT id, CASE WHEN :under IS NULL THEN id END
      FROM agencies
      WHERE id = :under OR (:under IS NULL AND parent_id IS NULL)
      UNION
      SELECT c.id, coalesce(tree.branch, c.id)
      FROM agencies AS c
      JOIN tree ON c.parent_id = tree.id
    )
    SELECT a.id, a.name, a.level, a.kind, a.vertical, a.contact, a.active_from, a.active_to, tree.branch, r.status,
      r.counted_revision IS NOT NULL AS handed_in, r.first_submitted_at, e.due AS extended_to
    FROM tree
    CROSS JOIN agencies AS a ON a.id = tree.id
    LEFT JOIN reports AS r INDEXED BY reports_year ON r.year = :year AND r.agency_id = a.id
    LEFT JOIN extensions AS e ON e.year = :year AND e.agency_id = a.id
    ORDER BY a.id
  `);
  return ({ year, under }: SubtreeOfYear): Standing[] => rows.all({ year, under: under ?? null }).map(fromRow);
}

function fromRow(row: StandingRow): Standing {
  const { id, name, level, kind, branch, status } = row;
  return {
    agencyId: id,
    name,
    level,
    kind,
    vertical: row.vertical === 1,
    handedIn: row.handed_in === 1,
    ...(branch !== null && { branch }),
    ...(row.contact !== null && { contact: JSON.parse(row.contact) as NonNullable<Standing['contact']> }),
    ...(row.active_from !== null && { activeFrom: row.active_from }),
    ...(row.active_to !== null && { activeTo: row.active_to }),
    ...(status !== null && { status }),
    ...(row.first_submitted_at !== null && { firstSubmittedAt: row.first_submitted_at }),
    ...(row.extended_to !== null && { extendedTo: row.extended_to }),
  };
}
