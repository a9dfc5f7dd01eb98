import type { Database } from 'better-sqlite3';
import { hash as digest } from 'node:crypto';
import type { Role } from '../domain/access.ts';
import { beginning, sealedText, type Deed, type Entry, type Event, type ResourceKind } from '../domain/event.ts';
import { utf8Of } from './utf8.ts';

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

/** The record of everything that was written. */
export function eventStore(database: Database) {
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
      const event = { ...said, sequence, ...(content !== undefined && { contentHash: sha256(utf8Of(content)) }) };
      insert.run(toRow({ ...event, hash: seal(before?.hash ?? beginning, event) }));
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

export function sha256(text: string | Buffer): string {
  return digest('sha256', text, 'hex');
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

function toRow(event: Event): Record<string, string | number | null> {
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
