import type { Database } from 'better-sqlite3';
import { hash as digest } from 'node:crypto';
import type { Role } from '../domain/access.ts';
import { beginning, sealedText, type Deed, type Entry, type Event, type ResourceKind } from '../domain/event.ts';
import type { EventPage, EventQuery, PageOf } from '../domain/store.ts';
import { subtree } from './agencies.ts';
import { queries, type Condition } from './query.ts';

export interface EventRow {
  readonly sequence: number;
  readonly at: string;
  readonly act: string;
  readonly kind: ResourceKind;
  readonly agency_id: string | null;
  readonly year: number | null;
  readonly part: string | null;
  readonly moved_from: string | null;
  readonly key_id: string | null;
  readonly role: Role | null;
  readonly address: string | null;
  readonly request_id: string | null;
  readonly revision_before: number | null;
  readonly revision_after: number | null;
  readonly reason: string | null;
  readonly state: string | null;
  readonly content_hash: string | null;
  readonly hash: string;
}

/** An event of a list; `inside` is 0 where it is told to those who lost the agency. */
interface ListedRow extends EventRow {
  readonly inside: number;
}

/** How much of the record is looked through at once: whoever is told of little must not hold up everybody else. */
const lookedThrough = 10_000;

/** The agency `:under`, be it there or not, or one below it. */
const within = (column: string) => `${column} = :under OR ${column} IN (${subtree})`;

/** What is told to whom: see `EventQuery`. */
const conditions: readonly Condition<EventQuery>[] = [
  ({ under }) =>
    under !== undefined &&
    `agency_id IS NULL AND kind <> 'key' OR ${within('agency_id')} OR moved_from IS NOT NULL AND (${within('moved_from')})`,
  ({ keys }) => !keys && "kind <> 'key'",
];

/** Whether what is told of is still there for who is told; most events cost nothing to tell. */
const inside = ({ under }: EventQuery) =>
  under === undefined ? '1' : `(moved_from IS NULL OR ${within('agency_id')})`;

/** The record of everything that was written. */
export function eventStore(database: Database) {
  const select = queries<ListedRow>(database);
  const last = database.prepare<[], Pick<EventRow, 'sequence' | 'hash'>>(
    'SELECT sequence, hash FROM events ORDER BY sequence DESC LIMIT 1',
  );
  const insert = database.prepare(`
    INSERT INTO events (
      sequence, at, act, kind, agency_id, year, part, moved_from, key_id, role, address, request_id,
      revision_before, revision_after, reason, state, content_hash, hash
    )
    VALUES (
      :sequence, :at, :act, :kind, :agencyId, :year, :part, :movedFrom, :keyId, :role, :address, :requestId,
      :revisionBefore, :revisionAfter, :reason, :state, :contentHash, :hash
    )
  `);
  return {
    /** Adds an entry, in the transaction of what it tells. */
    append: ({ content, ...said }: Entry): void => {
      const before = last.get();
      const sequence = (before?.sequence ?? 0) + 1;
      const event = { ...said, sequence, ...(content !== undefined && { contentHash: sha256(content) }) };
      insert.run(toRow({ ...event, hash: seal(before?.hash ?? beginning, event) }));
    },
    list(query: EventQuery, { after = 0, limit }: PageOf<number>): EventPage {
      const end = last.get()?.sequence ?? 0;
      const until = Math.min(end, after + lookedThrough);
      const where = conditions.map((condition) => condition(query));
      const rows = select(
        `SELECT *, ${inside(query)} AS inside FROM events`,
        [...where, 'sequence > :after', 'sequence <= :until'],
        'ORDER BY sequence LIMIT :limit',
      ).all({ under: query.under, after, until, limit });
      const full = rows.length === limit ? rows.at(-1)?.sequence : undefined;
      return { events: rows.map(fromListedRow), upTo: full ?? Math.max(after, until), last: end };
    },
    newest: () => last.get(),
    last: (): number => last.get()?.sequence ?? 0,
  };
}

export type EventStore = ReturnType<typeof eventStore>;

/** What a write tells of itself: nothing is written that is not told. */
export function told(deed: Deed | undefined): Deed {
  if (!deed) throw new Error('a write that tells nothing of itself');
  return deed;
}

/** An entry's hash after the hash of the entry before. */
export function seal(before: string, event: Omit<Event, 'hash'>): string {
  return sha256(sealedText(before, event));
}

export function sha256(text: string): string {
  return digest('sha256', text, 'hex');
}

function fromListedRow({ inside, ...row }: ListedRow): Event {
  return fromEventRow(inside ? row : { ...row, state: null, reason: null });
}

export function fromEventRow(row: EventRow): Event {
  const { sequence, at, act, kind, hash } = row;
  const { agency_id: agencyId, year, part, key_id: keyId, role, address, request_id: requestId } = row;
  return {
    sequence,
    at,
    act,
    ...(keyId !== null &&
      role !== null && {
        by: { keyId, role, ...(address !== null && { address }), ...(requestId !== null && { requestId }) },
      }),
    resource: {
      kind,
      ...(agencyId !== null && { agencyId }),
      ...(year !== null && { year }),
      ...(part !== null && { part }),
    },
    ...(row.moved_from !== null && { movedFrom: row.moved_from }),
    ...(row.revision_before !== null && { revisionBefore: row.revision_before }),
    ...(row.revision_after !== null && { revisionAfter: row.revision_after }),
    ...(row.reason !== null && { reason: row.reason }),
    ...(row.state !== null && { state: row.state }),
    ...(row.content_hash !== null && { contentHash: row.content_hash }),
    hash,
  };
}

export function toRow(event: Event): Record<string, string | number | null> {
  const { sequence, at, act, by, resource, movedFrom, revisionBefore, revisionAfter, reason, state } = event;
  return {
    sequence,
    at,
    act,
    kind: resource.kind,
    agencyId: resource.agencyId ?? null,
    year: resource.year ?? null,
    part: resource.part ?? null,
    movedFrom: movedFrom ?? null,
    keyId: by?.keyId ?? null,
    role: by?.role ?? null,
    address: by?.address ?? null,
    requestId: by?.requestId ?? null,
    revisionBefore: revisionBefore ?? null,
    revisionAfter: revisionAfter ?? null,
    reason: reason ?? null,
    state: state ?? null,
    contentHash: event.contentHash ?? null,
    hash: event.hash,
  };
}
