import type { Database } from 'better-sqlite3';
import type { Verdict } from '../domain/check.ts';
import type { PastReport, RevisionSummary, StoredRevision } from '../domain/history.ts';
import type { ReportKey } from '../domain/report.ts';
import type { PageOf, ReadScope } from '../domain/store.ts';

/** What was recorded of a report since it was made; of one that was removed and made again, since then. */
const record = `
  record AS (
    SELECT *
    FROM events
    WHERE agency_id = :agencyId AND year = :year AND kind IN ('report', 'waiver') AND sequence > coalesce((
      SELECT max(sequence)
      FROM events
      WHERE agency_id = :agencyId AND year = :year AND kind = 'report' AND state IS NULL
    ), 0)
  )`;

const isPublished = "json_extract(state, '$.status') = 'published'";

/** The events that tell how a report was, or how what anybody could read of it was. */
const tells: Readonly<Record<ReadScope, string>> = { all: 'TRUE', published: isPublished };

/** How each revision came to be, and when it became public. */
const lives = `
  made AS (
    SELECT revision_after AS revision, min(sequence), act, reason
    FROM record
    WHERE revision_after IS NOT revision_before
    GROUP BY revision_after
  ),
  published AS (
    SELECT revision_after AS revision, min(sequence), json_extract(state, '$.publishedAt') AS at
    FROM record
    WHERE ${isPublished}
    GROUP BY revision_after
  )`;

const summary = `
  v.revision, v.created_at AS at, v.actor, m.act, a.verdict, a.errors, a.warnings, p.at AS published,
  CASE
    WHEN p.revision IS NULL THEN m.reason
    ELSE (
      SELECT reason
      FROM made
      WHERE revision <= v.revision AND reason IS NOT NULL
      ORDER BY revision DESC
      LIMIT 1
    )
  END AS reason,
  i.file_name, i.sha256, i.imported_at, c.consolidated_at`;

const revisions = (scope: ReadScope) => `
  FROM reports AS r
  JOIN revisions AS v ON v.report_id = r.id
  JOIN assessments AS a ON a.report_id = v.report_id AND a.revision = v.revision
  LEFT JOIN made AS m ON m.revision = v.revision
  ${scope === 'published' ? '' : 'LEFT'} JOIN published AS p ON p.revision = v.revision
  LEFT JOIN imports AS i ON i.report_id = v.report_id AND i.revision = v.revision
  LEFT JOIN consolidations AS c ON c.report_id = v.report_id AND c.revision = v.revision
  WHERE r.agency_id = :agencyId AND r.year = :year`;

interface SummaryRow {
  readonly revision: number;
  readonly at: string;
  readonly actor: string | null;
  readonly act: string | null;
  readonly reason: string | null;
  readonly verdict: Verdict;
  readonly errors: number;
  readonly warnings: number;
  readonly published: string | null;
  readonly file_name: string | null;
  readonly sha256: string | null;
  readonly imported_at: string | null;
  readonly consolidated_at: string | null;
}

interface RevisionRow extends SummaryRow {
  readonly head: string | null;
  readonly content: string;
  readonly edition: string;
  /** What the origin is told with besides. */
  readonly in_full: string | null;
}

type Values = Record<string, unknown>;

/** Reports as they were. */
export function historyStore(database: Database) {
  const each = <Row>(sql: (scope: ReadScope) => string) => ({
    all: database.prepare<Values, Row>(sql('all')),
    published: database.prepare<Values, Row>(sql('published')),
  });
  const list = each<SummaryRow>(
    (scope) => `
    WITH ${record}, ${lives}
    SELECT ${summary}
    ${revisions(scope)} AND v.revision < :after
    ORDER BY v.revision DESC
    LIMIT :limit`,
  );
  const one = each<RevisionRow>(
    (scope) => `
    WITH ${record}, ${lives}
    SELECT ${summary}, v.content, r.edition,
      CASE
        WHEN i.provenance IS NOT NULL THEN '{"provenance":' || i.provenance || '}'
        WHEN c.contributors IS NOT NULL THEN '{"contributors":' || c.contributors || '}'
      END AS in_full, (
      SELECT state
      FROM record
      WHERE revision_after = v.revision AND ${tells[scope]}
      ORDER BY sequence DESC
      LIMIT 1
    ) AS head
    ${revisions(scope)} AND v.revision = :revision`,
  );
  const at = each<PastReport>(
    (scope) => `
    WITH ${record}
    SELECT e.state AS head, v.content
    FROM record AS e
    JOIN reports AS r ON r.agency_id = e.agency_id AND r.year = e.year
    JOIN revisions AS v ON v.report_id = r.id AND v.revision = e.revision_after
    WHERE e.at <= :time AND ${tells[scope]}
    ORDER BY e.sequence DESC
    LIMIT 1`,
  );
  return {
    revisions: (key: ReportKey, scope: ReadScope, { after, limit }: PageOf<number>): RevisionSummary[] =>
      list[scope]
        .all({ ...key, after: after ?? Number.MAX_SAFE_INTEGER, limit })
        .map((row) => fromSummaryRow(row, scope)),
    revision: (key: ReportKey, scope: ReadScope, revision: number): StoredRevision | undefined => {
      const row = one[scope].get({ ...key, revision });
      return row && fromRevisionRow(row, key, scope);
    },
    at: (key: ReportKey, scope: ReadScope, time: string) => at[scope].get({ ...key, time }),
  };
}

/** Who wrote it, and from which file, is not for the public. */
function fromSummaryRow(row: SummaryRow, scope: ReadScope): RevisionSummary {
  const { revision, at, actor, act, reason, verdict, errors, warnings, published } = row;
  return {
    revision,
    at,
    ...(actor !== null && scope === 'all' && { by: actor }),
    ...(act !== null && { act }),
    ...(reason !== null && { reason }),
    verdict,
    errors,
    warnings,
    ...(published !== null && { published }),
    ...(scope === 'all' && originOf(row)),
  };
}

function originOf(row: SummaryRow): Pick<RevisionSummary, 'origin'> {
  const { file_name: fileName, sha256, imported_at: importedAt, consolidated_at: consolidatedAt } = row;
  if (consolidatedAt !== null) return { origin: { kind: 'consolidation', consolidatedAt } };
  if (fileName === null || sha256 === null || importedAt === null) return {};
  return { origin: { kind: 'import', fileName, sha256, importedAt } };
}

function fromRevisionRow(row: RevisionRow, { agencyId, year }: ReportKey, scope: ReadScope): StoredRevision {
  const { head, content, edition, in_full: originInFull, revision, verdict, at } = row;
  // What was written over before there was a record had been a draft: nothing else could be written over.
  const draft = { agencyId, year, edition, status: 'draft', revision, verdict, updatedAt: at };
  return {
    summary: fromSummaryRow(row, scope),
    edition,
    head: head ?? JSON.stringify(draft),
    content,
    ...(originInFull !== null && { originInFull }),
  };
}
