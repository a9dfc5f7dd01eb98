import type { Database } from 'better-sqlite3';
import { beginning } from '../domain/event.ts';
import type { ReportKey } from '../domain/report.ts';
import type { RecordCheck, RecordFault } from '../domain/store.ts';
import { fromEventRow, seal, type EventRow } from './events.ts';

/**
 * Reads the whole record of events and tells where it is not what was sealed: an entry that was changed or removed,
 * one that was taken from the end, a report that was changed past it.
 */
export function verifyEvents(database: Database): RecordCheck {
  const rows = database.prepare<[], EventRow>('SELECT * FROM events ORDER BY sequence');
  const faults: RecordFault[] = [];
  let [events, sequence, hash] = [0, 0, beginning];
  for (const row of rows.iterate()) {
    for (let missing = sequence + 1; missing < row.sequence; missing++) {
      faults.push({ sequence: missing, kind: 'missing' });
    }
    // What follows a gap was sealed after an entry that is gone: only its own place can be told.
    const broken = row.sequence === sequence + 1 && row.hash !== seal(hash, row.sequence, fromEventRow(row));
    if (broken) faults.push({ sequence: row.sequence, kind: 'changed' });
    [events, sequence, hash] = [events + 1, row.sequence, row.hash];
  }
  faults.push(...takenFromTheEnd(database, sequence), ...unrecorded(database));
  return { events, ...(events > 0 && { last: { sequence, hash } }), faults };
}

/** SQLite keeps the greatest number it ever gave out. */
function takenFromTheEnd(database: Database, last: number): RecordFault[] {
  const given =
    database.prepare<[], number>("SELECT seq FROM sqlite_sequence WHERE name = 'events'").pluck().get() ?? 0;
  return Array.from({ length: Math.max(0, given - last) }, (_, n) => ({ sequence: last + 1 + n, kind: 'missing' }));
}

interface Unrecorded extends ReportKey {
  readonly sequence: number | null;
}

/** Reports that are not what their last event says, or of which there is none. */
function unrecorded(database: Database): RecordFault[] {
  const rows = database.prepare<[], Unrecorded>(`
    SELECT r.agency_id AS agencyId, r.year, e.sequence
    FROM reports AS r
    LEFT JOIN events AS e ON e.sequence = (
      SELECT max(l.sequence)
      FROM events AS l
      WHERE l.agency_id = r.agency_id AND l.year = r.year AND l.kind IN ('report', 'waiver')
    )
    WHERE e.state IS NULL
      OR json_extract(e.state, '$.revision') <> r.revision
      OR json_extract(e.state, '$.status') <> r.status
      OR json_extract(e.state, '$.updatedAt') <> r.updated_at
      OR json_extract(e.state, '$.publishedRevision') IS NOT r.published_revision
  `);
  return rows.all().map(({ sequence, ...report }) => ({ sequence: sequence ?? 0, kind: 'unrecorded', report }));
}
