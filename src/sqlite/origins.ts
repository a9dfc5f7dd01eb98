import type { Database } from 'better-sqlite3';
import type { ReportKey } from '../domain/report.ts';
import type { ConsolidationRecord, ImportRecord, RevisionOrigin, StoredImport } from '../domain/store.ts';

/** Where revisions come from that nobody wrote. */
export function originStore(database: Database) {
  const imports = importStatements(database);
  const consolidations = consolidationStatements(database);
  return {
    findImport: imports.find,
    lastImport: imports.lastRevision,
    save(id: number, revision: number, origin: RevisionOrigin): void {
      if (origin.kind === 'import') imports.save(id, revision, origin);
      else consolidations.save(id, revision, origin);
    },
  };
}

/** Which revisions were read from documents. */
function importStatements(database: Database) {
  const insert = database.prepare(`
    INSERT INTO imports (
      report_id, revision, sha256, file_name, media_type, blanks_are_zero, provenance, actor, imported_at
    )
    VALUES (
      :id, :revision, :sha256, :fileName, :mediaType, :blanksAreZero, :provenance, :actor, :importedAt
    )
  `);
  const bySha256 = database.prepare<[string], StoredImport>(`
    SELECT r.agency_id AS agencyId, r.year, i.imported_at AS importedAt
    FROM imports AS i
    JOIN reports AS r ON r.id = i.report_id
    WHERE i.sha256 = ?
    ORDER BY i.imported_at DESC, i.report_id DESC
    LIMIT 1
  `);
  const lastRevision = database
    .prepare<[string, number], number | null>(
      `SELECT max(i.revision)
      FROM reports AS r
      JOIN imports AS i ON i.report_id = r.id
      WHERE r.agency_id = ? AND r.year = ?`,
    )
    .pluck();
  return {
    find: (sha256: string) => bySha256.get(sha256),
    lastRevision: ({ agencyId, year }: ReportKey) => lastRevision.get(agencyId, year) ?? undefined,
    save(id: number, revision: number, record: ImportRecord): void {
      const { blanksAreZero, mediaType = null, ...rest } = record;
      insert.run({ id, revision, ...rest, mediaType, blanksAreZero: blanksAreZero ? 1 : 0 });
    },
  };
}

/** Which revisions are the sum of others. */
function consolidationStatements(database: Database) {
  const insert = database.prepare(`
    INSERT INTO consolidations (report_id, revision, contributors, actor, consolidated_at)
    VALUES (:id, :revision, :contributors, :actor, :consolidatedAt)
  `);
  return {
    save(id: number, revision: number, { contributors, actor, consolidatedAt }: ConsolidationRecord): void {
      insert.run({ id, revision, contributors: JSON.stringify(contributors), actor, consolidatedAt });
    },
  };
}
