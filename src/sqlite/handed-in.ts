import type { Database } from 'better-sqlite3';
import type { ReportState } from '../domain/report.ts';

/** The figures others go by: those of the counted revision of each report that has one. */
export function handedInStore(database: Database) {
  const upsert = database.prepare(`
    INSERT INTO handed_in (report_id, agency_id, year, edition, revision, figures)
    SELECT :id, :agencyId, :year, :edition, revision, figures
    FROM revisions
    WHERE report_id = :id AND revision = :countedRevision
    ON CONFLICT (report_id) DO UPDATE SET
      edition = excluded.edition, revision = excluded.revision, figures = excluded.figures
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
