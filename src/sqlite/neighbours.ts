import type { Database } from 'better-sqlite3';
import { figuresFromBytes } from '../domain/figures.ts';
import type { HandedIn, LookAlike, Neighbours } from '../domain/neighbours.ts';
import type { ReportKey } from '../domain/report.ts';
import { signatureFromBytes } from '../domain/similarity.ts';
import type { AgencyLookups } from './agencies.ts';
import type { BandStore } from './bands.ts';
import { childrenStore } from './children.ts';

interface HandedInRow extends ReportKey {
  readonly edition: string;
  readonly figures: Buffer;
}

const handedIn = 'SELECT h.agency_id AS agencyId, h.year, h.edition, h.figures FROM handed_in AS h';

/** What surrounds a report, read in the transaction that decides on it. */
export function neighbourStore(database: Database, agencies: AgencyLookups, bands: BandStore): Neighbours {
  const before = database.prepare<[string, number], HandedInRow>(
    `${handedIn} WHERE h.agency_id = ? AND h.year < ? ORDER BY h.year DESC`,
  );
  const contents = contentStatements(database);
  return {
    predecessors: agencies.predecessors,
    successors: agencies.successors,
    ...childrenStore(database),
    yearsOf: agencies.yearsOf,
    handedInBefore: ({ agencyId, year }) => before.all(agencyId, year).map(fromRow),
    signaturesHandedIn: signaturesHandedIn(database),
    ...contents,
    lookAlikes: lookAlikes(database, bands),
    resembling: agencies.resembling,
  };
}

function contentStatements(database: Database): Pick<Neighbours, 'contentHandedIn' | 'contentOf'> {
  const content = (revision: string) =>
    database
      .prepare<Record<string, unknown>, Buffer>(
        `SELECT CAST(v.content AS BLOB)
        FROM reports AS r
        JOIN revisions AS v ON v.report_id = r.id AND v.revision = ${revision}
        WHERE r.agency_id = :agencyId AND r.year = :year`,
      )
      .pluck();
  const [counted, current, one] = [content('r.counted_revision'), content('r.revision'), content(':revision')];
  return {
    contentHandedIn: ({ agencyId, year }) => counted.get({ agencyId, year })?.toString(),
    contentOf: ({ agencyId, year }, revision) =>
      (revision === undefined ? current.get({ agencyId, year }) : one.get({ agencyId, year, revision }))?.toString(),
  };
}

function signaturesHandedIn(database: Database): Neighbours['signaturesHandedIn'] {
  const signed = database.prepare<[string, number], { readonly section: string; readonly signature: Buffer }>(`
    SELECT s.section, s.signature
    FROM reports AS r
    JOIN signatures AS s ON s.report_id = r.id
    WHERE r.agency_id = ? AND r.year = ? AND r.counted_revision = r.revision
  `);
  return ({ agencyId, year }) =>
    signed.all(agencyId, year).map(({ section, signature }) => ({ section, signature: signatureFromBytes(signature) }));
}

interface LookAlikeRow {
  readonly agencyId: string;
  readonly agencyName: string;
  readonly section: string;
  readonly signature: Buffer;
  readonly told: number;
}

function lookAlikes(database: Database, bands: BandStore): Neighbours['lookAlikes'] {
  const idOf = database
    .prepare<[string, number], number>('SELECT id FROM reports WHERE agency_id = ? AND year = ?')
    .pluck();
  const report = database.prepare<[string, number], LookAlikeRow>(`
    SELECT
      r.agency_id AS agencyId, a.name AS agencyName, s.section, s.signature,
      EXISTS (SELECT 1 FROM likenesses AS l WHERE l.report_id = r.id AND l.section = s.section) AS told
    FROM signatures AS s
    JOIN reports AS r ON r.id = s.report_id
    JOIN agencies AS a ON a.id = r.agency_id
    WHERE s.section = ? AND s.report_id = ?
  `);
  const found = (section: string, id: number): LookAlike[] => {
    const row = report.get(section, id);
    return row ? [{ ...row, signature: signatureFromBytes(row.signature), told: row.told === 1 }] : [];
  };
  return ({ agencyId, year }, texts): LookAlike[] => {
    const own = idOf.get(agencyId, year) ?? Number.MAX_SAFE_INTEGER;
    return texts.flatMap((text) => bands.sharing(year, [text], own).flatMap((id) => found(text.section, id)));
  };
}

function fromRow({ figures, ...row }: HandedInRow): HandedIn {
  return { ...row, figures: figuresFromBytes(figures) };
}
