import type { Database } from 'better-sqlite3';
import { figuresFromBytes, type Figures } from '../domain/figures.ts';
import type { ReportState } from '../domain/report.ts';

/** The figures others go by: those of the counted revision of each report that has one. */
export function handedInStore(database: Database) {
  const upsert = database.prepare(`
    INSERT INTO handed_in (report_id, agency_id, year, edition, revision, figures, stamp)
    SELECT :id, :agencyId, :year, :edition, revision, figures, random() >> 11
    FROM revisions
    WHERE report_id = :id AND revision = :countedRevision
    ON CONFLICT (report_id) DO UPDATE SET
      edition = excluded.edition, revision = excluded.revision, figures = excluded.figures, stamp = excluded.stamp
  `);
  const remove = database.prepare<[number]>('DELETE FROM handed_in WHERE report_id = ?');
  return {
    /** Keeps what counts now, where that is another revision than `before`. */
    save(id: number, before: number | undefined, { agencyId, year, edition, countedRevision }: ReportState): void {
      if (countedRevision === before) return;
      if (countedRevision === undefined) remove.run(id);
      else upsert.run({ id, agencyId, year, edition, countedRevision });
    },
  };
}

/** Of how many reports figures are remembered at most: some 16 MB. A sum of more reports than that reads them all anew. */
const mostRemembered = 10_000;

/** A report that has been handed in, and the stamp its figures have now. */
interface Stamped {
  readonly reportId: number;
  readonly stamp: number;
}

/**
 * The figures of reports that have been handed in, to be looked at and not changed. Each is read once and remembered:
 * three thousand are five megabytes, and reading them takes longer than adding them up and keeps the collector busy.
 * They are known by their stamp: a revision's number will not do, since a write that is undone leaves it to the next.
 */
export function rememberedFigures(database: Database): (report: Stamped) => Figures {
  const read = database.prepare<[number], Buffer>('SELECT figures FROM handed_in WHERE report_id = ?').pluck();
  const remembered = new Map<number, { readonly stamp: number; readonly figures: Figures }>();
  return ({ reportId, stamp }) => {
    const known = remembered.get(reportId);
    if (known?.stamp === stamp) return known.figures;
    const figures = figuresFromBytes(read.get(reportId) as Buffer);
    remembered.delete(reportId);
    remembered.set(reportId, { stamp, figures });
    if (remembered.size > mostRemembered) remembered.delete(remembered.keys().next().value as number);
    return figures;
  };
}
