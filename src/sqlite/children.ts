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
    children: (key) => withFigures(children.all(key), figures.get(key) as FiguresOfMany),
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

/** The figures of many reports, one after the other, and whose they are in that order. */
interface FiguresOfMany {
  readonly ids: string;
  readonly figures: Buffer | null;
}

/**
 * The figures of all children as one value: as three thousand they would keep the collector busy for longer than it
 * takes to read them. SQLite strings texts together and no blobs; taken for texts, blobs keep their bytes.
 */
function childrenFiguresStatement(database: Database) {
  return database.prepare<[ReportKey], FiguresOfMany>(`
    SELECT json_group_array(a.id) AS ids, CAST(group_concat(h.figures, '') AS BLOB) AS figures
    FROM agencies AS a
    JOIN handed_in AS h ON h.agency_id = a.id AND h.year = :year
    WHERE a.parent_id = :agencyId
  `);
}

/** Gives each child its part of the figures of all. */
function withFigures(rows: readonly ChildRow[], { ids, figures }: FiguresOfMany): Child[] {
  const all = figuresFromBytes(figures ?? new Uint8Array());
  const cellsOf = new Map(rows.map(({ id, cells }) => [id, cells ?? 0]));
  const figuresOf = new Map<string, Figures>();
  let taken = 0;
  for (const id of JSON.parse(ids) as string[]) {
    figuresOf.set(id, all.subarray(taken, (taken += cellsOf.get(id) ?? 0)));
  }
  if (taken !== all.length) throw new Error(`${all.length} figures for ${taken} cells`);
  return rows.map((row) => fromChildRow(row, figuresOf.get(row.id)));
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
