import type { Database } from 'better-sqlite3';
import { headOf, type ReportKey } from '../domain/report.ts';
import type { ReadScope, ReportAnswer } from '../domain/store.ts';
import { fromHeadRow, type HeadRow, type StateRow } from './report-rows.ts';

/** A report's row with its current content, as far as an answer tells of them. */
type AnswerRow = HeadRow & Pick<StateRow, 'id' | 'version' | 'verdict' | 'content'>;

/** What readers of a report are answered with. */
export function answerStatements(database: Database) {
  const current = database.prepare<[string, number], AnswerRow>(`
    SELECT
      r.id, r.agency_id, r.year, r.edition, r.status, r.reason, r.revision, r.published_revision, r.version, r.verdict,
      r.submitted_at, r.published_at, r.updated_at, CAST(v.content AS BLOB) AS content
    FROM reports AS r
    JOIN revisions AS v ON v.report_id = r.id AND v.revision = r.revision
    WHERE r.agency_id = ? AND r.year = ?
  `);
  const published = database.prepare<[string, number], ReportAnswer>(`
    SELECT id, published_revision AS revision, 'p' || published_version AS version, published_answer AS answer
    FROM reports
    WHERE agency_id = ? AND year = ? AND published_revision IS NOT NULL
  `);
  return ({ agencyId, year }: ReportKey, scope: ReadScope): ReportAnswer | undefined => {
    if (scope === 'published') return published.get(agencyId, year);
    const row = current.get(agencyId, year);
    return row && { id: row.id, revision: row.revision, version: row.version, answer: answerBytes(row) };
  };
}

/** `reportAnswer` of bytes: the content need not become a text on its way to the reader. */
function answerBytes(row: AnswerRow): Buffer {
  const head = headOf({ ...fromHeadRow(row), assessment: row });
  return Buffer.concat([Buffer.from(`${JSON.stringify(head).slice(0, -1)},`), row.content.subarray(1)]);
}
