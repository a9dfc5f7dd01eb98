import type { Database } from 'better-sqlite3';
import type { Resource } from '../domain/event.ts';
import { keyView } from '../domain/key.ts';
import type { RecordFault } from '../domain/store.ts';
import { agencyStore } from './agencies.ts';
import { fromEventRow, sha256, type EventRow } from './events.ts';
import { keyStore } from './keys.ts';
import { yearStore } from './years.ts';

/** What the record says of a resource, as far as it has been read. */
interface Recorded {
  readonly resource: Resource;
  readonly sequence: number;
  /** `null` where it is gone. */
  readonly state: string | null;
  /** The hashes of a report's contents, by revision. */
  readonly contents: Map<number, string>;
}

interface KeptRow {
  readonly agency_id: string;
  readonly year: number;
  /** JSON of what its state in the record says as well. */
  readonly kept: string;
}

interface RevisionRow {
  readonly agency_id: string;
  readonly year: number;
  readonly revision: number;
  readonly content: string;
}

const all = { limit: -1 };

/** Holds what is kept against what the record says: `note` each of its entries in order, then ask for the `faults`. */
export function comparison(database: Database) {
  const recorded = new Map<string, Recorded>();
  return {
    note(row: EventRow): void {
      const resource = resourceOf(row);
      const name = nameOf(resource);
      const contents = recorded.get(name)?.contents ?? new Map<number, string>();
      if (row.state === null) contents.clear();
      if (row.content_hash !== null && row.revision_after !== null) contents.set(row.revision_after, row.content_hash);
      recorded.set(name, { resource, sequence: row.sequence, state: row.state, contents });
    },
    *faults(): Generator<RecordFault> {
      const left = new Map(recorded);
      for (const [resource, isAsTold] of keptResources(database)) {
        const last = recorded.get(nameOf(resource));
        left.delete(nameOf(resource));
        if (!last?.state || !isAsTold(last.state)) yield unrecorded(resource, last?.sequence);
      }
      for (const { resource, sequence, state } of left.values()) if (state) yield unrecorded(resource, sequence);
      yield* revisionFaults(database, recorded);
    },
  };
}

/** What is compared: a waiver is told with the state of its report. */
function resourceOf(row: EventRow): Resource {
  const { resource } = fromEventRow(row);
  const { kind, agencyId, year } = resource;
  return kind === 'waiver' && agencyId !== undefined && year !== undefined
    ? { kind: 'report', agencyId, year }
    : resource;
}

/** A key goes by its id: which agency it is bound to is part of what is compared. */
function nameOf({ kind, agencyId, year, part }: Resource): string {
  return JSON.stringify(kind === 'key' ? [kind, part] : [kind, agencyId, year]);
}

function unrecorded(resource: Resource, sequence = 0): RecordFault {
  return { sequence, kind: 'unrecorded', resource };
}

/** Resources, and whether a state is their own. */
type Kept = Generator<[Resource, (state: string) => boolean]>;

/** Every resource there is. What a key's secrets are is not in the record, but how many there are and since when. */
function* keptResources(database: Database): Kept {
  const append = () => undefined;
  for (const agency of agencyStore(database, append).list({ today: '' }, all)) {
    yield [{ kind: 'agency', agencyId: agency.id }, (state) => state === JSON.stringify(agency)];
  }
  for (const year of yearStore(database, append).list(all)) {
    yield [{ kind: 'year', year: year.year }, (state) => state === JSON.stringify(year)];
  }
  for (const { key } of keyStore(database, () => undefined, append).list({}, all)) {
    yield [{ kind: 'key', part: key.id }, (state) => state === JSON.stringify(keyView(key))];
  }
  yield* keptRows(database, 'extension', extensions);
  yield* keptRows(database, 'report', reports);
}

const extensions = `
  SELECT agency_id, year, json_object(
    'due', due, 'reason', reason, 'grantedBy', granted_by, 'grantedAt', granted_at
  ) AS kept
  FROM extensions`;

const reports = `
  SELECT agency_id, year, json_object(
    'edition', edition, 'status', status, 'reason', reason, 'revision', revision,
    'publishedRevision', published_revision, 'verdict', verdict, 'submittedAt', submitted_at,
    'publishedAt', published_at, 'updatedAt', updated_at
  ) AS kept
  FROM reports`;

function* keptRows(database: Database, kind: Resource['kind'], sql: string): Kept {
  for (const { agency_id: agencyId, year, kept } of database.prepare<[], KeptRow>(sql).iterate()) {
    yield [{ kind, agencyId, year }, (state) => says(state, kept)];
  }
}

/** Whether a state says of everything that is kept what is kept: what it leaves out is not there. */
function says(state: string, kept: string): boolean {
  try {
    const told = JSON.parse(state) as Record<string, unknown>;
    return Object.entries(JSON.parse(kept) as object).every(([name, value]) => (told[name] ?? null) === value);
  } catch {
    // Whoever changed the record need not have left JSON there.
    return false;
  }
}

/** Contents that are not what was sealed. Those of before the record began are not in it. */
function* revisionFaults(database: Database, recorded: ReadonlyMap<string, Recorded>): Generator<RecordFault> {
  const rows = database.prepare<[], RevisionRow>(`
    SELECT r.agency_id, r.year, v.revision, v.content
    FROM reports AS r
    JOIN revisions AS v ON v.report_id = r.id
    ORDER BY r.id, v.revision
  `);
  for (const { agency_id: agencyId, year, revision, content } of rows.iterate()) {
    const resource = { kind: 'report', agencyId, year } as const;
    const { contents, sequence } = recorded.get(nameOf(resource)) ?? {};
    const [first = Infinity] = contents?.keys() ?? [];
    const isOlder = revision < first;
    if (!isOlder && contents?.get(revision) !== sha256(content)) yield { ...unrecorded(resource, sequence), revision };
  }
}
