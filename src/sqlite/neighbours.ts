import type { Database } from 'better-sqlite3';
import { figuresFromBytes } from '../domain/figures.ts';
import type { HandedIn, LookAlike, Neighbours } from '../domain/neighbours.ts';
import { bandsOfTexts } from '../domain/likeness.ts';
import type { ReportKey } from '../domain/report.ts';
import { signatureFromBytes } from '../domain/similarity.ts';
import type { AgencyLookups } from './agencies.ts';
import { childrenStore } from './children.ts';

interface HandedInRow extends ReportKey {
  readonly edition: string;
  readonly figures: Buffer;
}

/**
 * How many look-alikes one band gives on either side of a report: a text everybody copied is told of by a few of them,
 * and everybody by others, so that no report has to be judged anew with very many.
 */
const perSide = 4;

const handedIn = 'SELECT h.agency_id AS agencyId, h.year, h.edition, h.figures FROM handed_in AS h';

/** What surrounds a report, read in the transaction that decides on it. */
export function neighbourStore(database: Database, agencies: AgencyLookups): Neighbours {
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
    ...contents,
    lookAlikes: lookAlikes(database),
    resembling: agencies.resembling,
  };
}

function contentStatements(database: Database): Pick<Neighbours, 'contentHandedIn' | 'contentOf'> {
  const content = (revision: string) =>
    database
      .prepare<Record<string, unknown>, string>(
        `SELECT v.content
        FROM reports AS r
        JOIN revisions AS v ON v.report_id = r.id AND v.revision = ${revision}
        WHERE r.agency_id = :agencyId AND r.year = :year`,
      )
      .pluck();
  const [counted, current, one] = [content('r.counted_revision'), content('r.revision'), content(':revision')];
  return {
    contentHandedIn: ({ agencyId, year }) => counted.get({ agencyId, year }),
    contentOf: ({ agencyId, year }, revision) =>
      revision === undefined ? current.get({ agencyId, year }) : one.get({ agencyId, year, revision }),
  };
}

interface LookAlikeRow {
  readonly agencyId: string;
  readonly agencyName: string;
  readonly section: string;
  readonly signature: Buffer;
  readonly told: number;
}

function lookAlikes(database: Database): Neighbours['lookAlikes'] {
  const idOf = database
    .prepare<[string, number], number>('SELECT id FROM reports WHERE agency_id = ? AND year = ?')
    .pluck();
  const shared = database
    .prepare<[string, number], number>(
      `SELECT b.value
      FROM json_each(?) AS b
      WHERE EXISTS (SELECT 1 FROM signature_bands WHERE band = b.value AND report_id <> ?)`,
    )
    .pluck();
  const inBand = (condition: string) =>
    database
      .prepare<[number, number], number>(
        `SELECT report_id
        FROM signature_bands
        WHERE band = ? AND ${condition}
        LIMIT ${perSide}`,
      )
      .pluck();
  const before = inBand('report_id < ? ORDER BY report_id DESC');
  const after = inBand('report_id > ? ORDER BY report_id');
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
    // Most texts share no band with any other: one question tells, for all texts of a report.
    const common = new Set(shared.all(JSON.stringify(bandsOfTexts(texts, year)), own));
    return texts.flatMap((text) => {
      const bands = common.size === 0 ? [] : bandsOfTexts([text], year).filter((band) => common.has(band));
      const ids = new Set([before, after].flatMap((side) => bands.flatMap((band) => side.all(band, own))));
      return [...ids].flatMap((id) => found(text.section, id));
    });
  };
}

function fromRow({ figures, ...row }: HandedInRow): HandedIn {
  return { ...row, figures: figuresFromBytes(figures) };
}
