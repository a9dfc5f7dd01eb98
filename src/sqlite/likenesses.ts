import type { Database } from 'better-sqlite3';
import type { Likeness } from '../domain/assessed.ts';
import type { Signature } from '../domain/likeness.ts';
import type { ReportState } from '../domain/report.ts';
import { signatureBytes } from '../domain/similarity.ts';

/** What reports' narratives are compared by, and what they were found to resemble. */
export function likenessStore(database: Database) {
  const of = database.prepare<[number], Likeness>(`
    SELECT l.section, o.agency_id AS agencyId, o.year, l.share
    FROM likenesses AS l
    JOIN reports AS o ON o.id = l.other_id
    WHERE l.report_id = ?
    ORDER BY l.share DESC, o.year DESC, o.agency_id
  `);
  const removeLikenesses = database.prepare('DELETE FROM likenesses WHERE report_id = ?');
  const insertLikeness = database.prepare(`
    INSERT INTO likenesses (report_id, section, other_id, share)
    SELECT :id, :section, id, :share
    FROM reports
    WHERE agency_id = :agencyId AND year = :year
  `);
  const saveSignatures = signatureStatements(database);
  return {
    of: (id: number) => of.all(id),
    save(id: number, { likenesses, signatures }: ReportState): void {
      removeLikenesses.run(id);
      for (const likeness of likenesses) insertLikeness.run({ id, ...likeness });
      if (signatures) saveSignatures(id, signatures);
    },
  };
}

function signatureStatements(database: Database) {
  const stored = database.prepare<[number], { section: string; signature: Buffer }>(
    'SELECT section, signature FROM signatures WHERE report_id = ? ORDER BY section',
  );
  const removeSignatures = database.prepare('DELETE FROM signatures WHERE report_id = ?');
  const removeBands = database.prepare('DELETE FROM signature_bands WHERE report_id = ?');
  const insertSignature = database.prepare('INSERT INTO signatures (report_id, section, signature) VALUES (?, ?, ?)');
  const insertBands = database.prepare(`
    INSERT OR IGNORE INTO signature_bands (band, report_id)
    SELECT value, ?
    FROM json_each(?)
  `);
  const isStored = (id: number, signatures: readonly Signature[]): boolean => {
    const before = new Map(stored.all(id).map(({ section, signature }) => [section, signature]));
    return (
      before.size === signatures.length &&
      signatures.every(({ section, signature }) => before.get(section)?.equals(signatureBytes(signature)))
    );
  };
  // Most writes leave the texts alone, and their bands are many rows.
  return (id: number, signatures: readonly Signature[]): void => {
    if (isStored(id, signatures)) return;
    removeSignatures.run(id);
    removeBands.run(id);
    for (const { section, signature, bands } of signatures) {
      insertSignature.run(id, section, signatureBytes(signature));
      insertBands.run(id, JSON.stringify(bands));
    }
  };
}
