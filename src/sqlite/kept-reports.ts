import type { Database } from 'better-sqlite3';
import type { Verdict } from '../domain/check.ts';
import { figuresFromBytes } from '../domain/figures.ts';
import type { KeptReport, KeptRevision } from '../domain/kept-report.ts';
import type { ReportKey } from '../domain/report.ts';

interface RevisionRow {
  readonly revision: number;
  readonly content: string;
  readonly figures: Buffer;
  readonly verdict: Verdict | null;
  readonly errors: number;
  readonly warnings: number;
  /** The rules it fails, a JSON array. */
  readonly failed: string;
}

/** What is kept of a report beside its state. */
export function keptStatements(database: Database): (key: ReportKey) => Omit<KeptReport, 'report'> {
  const revisions = database.prepare<[string, number], RevisionRow>(`
    SELECT
      v.revision, v.content, v.figures, a.verdict, a.errors, a.warnings,
      (
        SELECT json_group_array(f.rule)
        FROM failed_rules AS f
        WHERE f.report_id = v.report_id AND f.revision = v.revision
      ) AS failed
    FROM reports AS r
    JOIN revisions AS v ON v.report_id = r.id
    LEFT JOIN assessments AS a ON a.report_id = v.report_id AND a.revision = v.revision
    WHERE r.agency_id = ? AND r.year = ?
    ORDER BY v.revision
  `);
  const handedIn = database
    .prepare<[string, number], Buffer>('SELECT figures FROM handed_in WHERE agency_id = ? AND year = ?')
    .pluck();
  const publishedVerdict = database
    .prepare<[string, number], Verdict | null>('SELECT published_verdict FROM reports WHERE agency_id = ? AND year = ?')
    .pluck();
  return ({ agencyId, year }) => {
    const figures = handedIn.get(agencyId, year);
    const verdict = publishedVerdict.get(agencyId, year) ?? undefined;
    return {
      revisions: revisions.all(agencyId, year).map(fromRow),
      ...(figures && { handedIn: figuresFromBytes(figures) }),
      ...(verdict && { publishedVerdict: verdict }),
    };
  };
}

function fromRow({ revision, content, figures, verdict, errors, warnings, failed }: RevisionRow): KeptRevision {
  const kept = { revision, content, figures: figuresFromBytes(figures) };
  if (verdict === null) return kept;
  return { ...kept, assessment: { verdict, errors, warnings, failed: JSON.parse(failed) as string[] } };
}
