import type { Database } from 'better-sqlite3';
import { figuresFromBytes, type Figures } from '../domain/figures.ts';
import type { Child, Neighbours } from '../domain/neighbours.ts';
import type { ReportKey, ReportStatus } from '../domain/report.ts';

interface ChildRow {
  readonly id: string;
  readonly name: string;
  readonly vertical: number;
  readonly active_from: string | null;
  readonly active_to: string | null;
  readonly status: ReportStatus | null;
  readonly report_id: number | null;
  readonly revision: number | null;
  /** How many figures were handed in; absent where only the children themselves were asked for. */
  readonly cells?: number | null;
}

/** An agency's children, and what they have handed in for a year. */
export function childrenStore(database: Database): Pick<Neighbours, 'children' | 'childrenAlone'> {
  const children = childrenStatement(database, `, length(h.figures) / ${Float64Array.BYTES_PER_ELEMENT} AS cells`);
  const childrenAlone = childrenStatement(database, '');
  const figures = childrenFiguresStatement(database);
  return {
    children: (key) => withFigures(children.all(key), figures.get(key)),
    childrenAlone: (key) => childrenAlone.all(key).map((row) => fromChildRow(row)),
  };
}

/** A report's own row is looked at only where it has not been handed in. */
function childrenStatement(database: Database, cells: string) {
  return database.prepare<[ReportKey], ChildRow>(`
    SELECT
      a.id, a.name, a.vertical, a.active_from, a.active_to, h.report_id, h.revision,
      CASE WHEN h.report_id IS NULL THEN (
        SELECT r.status FROM reports AS r WHERE r.agency_id = a.id AND r.year = :year
      ) END AS status ${cells}
    FROM agencies AS a
    LEFT JOIN handed_in AS h ON h.agency_id = a.id AND h.year = :year
    WHERE a.parent_id = :agencyId
    ORDER BY a.id
  `);
}

/**
 * The figures of all children as one value, in the order of `childrenStatement`: as three thousand they would keep the
 * collector busy for longer than it takes to read them. SQLite strings texts together and no blobs; taken for texts, blobs
 * keep their bytes.
 */
function childrenFiguresStatement(database: Database) {
  return database
    .prepare<[ReportKey], Buffer | null>(
      `SELECT CAST(group_concat(figures, '') AS BLOB)
      FROM (
        SELECT h.figures
        FROM agencies AS a
        JOIN handed_in AS h ON h.agency_id = a.id AND h.year = :year
        WHERE a.parent_id = :agencyId
        ORDER BY a.id
      )`,
    )
    .pluck();
}

/** Gives each child its part of the figures of all. */
function withFigures(rows: readonly ChildRow[], bytes: Buffer | null | undefined): Child[] {
  const all = figuresFromBytes(bytes ?? new Uint8Array());
  let taken = 0;
  const children = rows.map((row) => {
    const cells = row.cells ?? 0;
    return fromChildRow(row, cells > 0 ? all.subarray(taken, (taken += cells)) : undefined);
  });
  if (taken !== all.length) throw new Error(`${all.length} figures for ${taken} cells`);
  return children;
}

function fromChildRow(row: ChildRow, figures?: Figures): Child {
  const { id, name, active_from: activeFrom, active_to: activeTo, status, report_id: reportId, revision } = row;
  return {
    id,
    name,
    vertical: row.vertical === 1,
    ...(activeFrom !== null && { activeFrom }),
    ...(activeTo !== null && { activeTo }),
    ...(status !== null && { status }),
    ...(reportId !== null && { reportId }),
    ...(revision !== null && { revision }),
    ...(figures && { figures }),
  };
}
