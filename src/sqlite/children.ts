import type { Database } from 'better-sqlite3';
import type { Figures } from '../domain/figures.ts';
import type { Child, Neighbours } from '../domain/neighbours.ts';
import type { ReportKey, ReportStatus } from '../domain/report.ts';
import { rememberedFigures } from './handed-in.ts';

interface ChildRow {
  readonly id: string;
  readonly name: string;
  readonly vertical: number;
  readonly active_from: string | null;
  readonly active_to: string | null;
  readonly report_id: number | null;
  readonly revision: number | null;
  readonly stamp: number | null;
  readonly status: ReportStatus | null;
}

/** An agency's children, and what they have handed in for a year. */
export function childrenStore(database: Database): Pick<Neighbours, 'children' | 'childrenAlone'> {
  const rows = childrenStatement(database);
  const figuresOf = rememberedFigures(database);
  return {
    children: (key) =>
      rows.all(key).map((row) => {
        const { report_id: reportId, stamp } = row;
        return fromChildRow(row, reportId === null || stamp === null ? undefined : figuresOf({ reportId, stamp }));
      }),
    childrenAlone: (key) => rows.all(key).map((row) => fromChildRow(row)),
  };
}

/** `INDEXED BY`: all that is asked is in those indexes, and a row with its figures is long. */
function childrenStatement(database: Database) {
  return database.prepare<[ReportKey], ChildRow>(`
    SELECT
      a.id, a.name, a.vertical, a.active_from, a.active_to, h.report_id, h.revision, h.stamp,
      CASE WHEN h.report_id IS NULL THEN (
        SELECT r.status FROM reports AS r INDEXED BY reports_year WHERE r.year = :year AND r.agency_id = a.id
      ) END AS status
    FROM agencies AS a INDEXED BY agencies_parent
    LEFT JOIN handed_in AS h INDEXED BY handed_in_year ON h.year = :year AND h.agency_id = a.id
    WHERE a.parent_id = :agencyId
    ORDER BY a.id
  `);
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
