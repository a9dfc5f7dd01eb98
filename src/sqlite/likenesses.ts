import type { Database } from 'better-sqlite3';
import type { Likeness } from '../domain/assessed.ts';
import type { Signature } from '../domain/likeness.ts';
import type { ReportState } from '../domain/report.ts';
import { signatureBytes, signatureFromBytes } from '../domain/similarity.ts';
import type { BandStore } from './bands.ts';

/** What reports' narratives are compared by, and what they were found to resemble. */
export function likenessStore(database: Database, bands: BandStore) {
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
  const { signed, replaceSignatures } = signatureStatements(database, bands);
  return {
    of: (id: number) => of.all(id),
    save(id: number, before: ReportState | undefined, { year, likenesses, signatures }: ReportState): void {
      if (before && before.likenesses.length > 0) removeLikenesses.run(id);
      for (const likeness of likenesses) insertLikeness.run({ id, ...likeness });
      if (signatures) replaceSignatures(id, year, before ? signed(id) : [], signatures);
    },
    /** Before a report is removed: its signatures would go with it unnoticed. */
    removeSignatures: (id: number, year: number) => replaceSignatures(id, year, signed(id), []),
  };
}

interface SignatureRow {
  readonly section: string;
  readonly signature: Buffer;
}

function signatureStatements(database: Database, bands: BandStore) {
  const stored = database.prepare<[number], SignatureRow>(
    'SELECT section, signature FROM signatures WHERE report_id = ? ORDER BY section',
  );
  const removeSignature = database.prepare('DELETE FROM signatures WHERE report_id = ? AND section = ?');
  const insertSignature = database.prepare('INSERT INTO signatures (report_id, section, signature) VALUES (?, ?, ?)');
  return {
    signed: (id: number): Signature[] => stored.all(id).map(fromRow),
    replaceSignatures: (
      id: number,
      year: number,
      before: readonly Signature[],
      signatures: readonly Signature[],
    ): void => {
      const [gone, added] = [without(before, signatures), without(signatures, before)];
      if (gone.length === 0 && added.length === 0) return;
      bands.change(year, id, gone, added);
      for (const { section } of gone) removeSignature.run(id, section);
      for (const { section, signature } of added) insertSignature.run(id, section, signatureBytes(signature));
    },
  };
}

/** Those of some signatures that are not among others. */
function without(signatures: readonly Signature[], others: readonly Signature[]): Signature[] {
  return signatures.filter(({ section, signature }) => {
    const other = others.find((one) => one.section === section);
    return !other?.signature.every((value, place) => value === signature[place]);
  });
}

function fromRow({ section, signature }: SignatureRow): Signature {
  return { section, signature: signatureFromBytes(signature) };
}
