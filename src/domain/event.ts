import type { Principal } from './access.ts';
import type { Agency } from './agency.ts';
import type { Extension, ExtensionKey } from './extension.ts';
import { keyView, type Key } from './key.ts';
import { headOf, type ReportKey, type ReportState } from './report.ts';
import type { Year } from './year.ts';

/** Who does something: the holder of a key, from where, in which request. */
export interface Actor extends Principal {
  /** The address the request came from. */
  readonly address?: string;
  readonly requestId?: string;
}

/** Who wants what done. */
export interface Order {
  /** The operation, by its id. */
  readonly act: string;
  readonly by: Actor;
}

/** What a decision to write says of itself, so that what became of it can be told. */
export interface Deed {
  /** The operation, by its id. */
  readonly act: string;
  /** Absent where the program did it by itself. */
  readonly by?: Pick<Actor, 'keyId' | 'role' | 'address' | 'requestId'>;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly reason?: string;
  /** The rule and place of a waiver (`rule/at`), where it is about one. */
  readonly part?: string;
}

export const resourceKinds = ['agency', 'year', 'extension', 'report', 'waiver', 'key'] as const;
export type ResourceKind = (typeof resourceKinds)[number];

/** What an event is about: `part` is the id of a key, or the rule and place of a waiver (`rule/at`). */
export interface Resource {
  readonly kind: ResourceKind;
  readonly agencyId?: string;
  readonly year?: number;
  readonly part?: string;
}

/** One entry of the record: everything that was ever written, in order. Nothing in it is changed or removed. */
export interface Event extends Omit<Deed, 'part'> {
  /** 1, 2, 3, … without a gap. */
  readonly sequence: number;
  readonly resource: Resource;
  /** The parent an agency had before, where it was moved or removed: those above it there learn of it as well. */
  readonly movedFrom?: string;
  readonly revisionBefore?: number;
  readonly revisionAfter?: number;
  /** The resource after it, JSON (of a report the head, its content is that of the revision); absent where it is gone. */
  readonly state?: string;
  /** SHA-256 of the content of the revision it made, where it made one, in hexadecimal. */
  readonly contentHash?: string;
  /** SHA-256 of the entry before and of this one, in hexadecimal. */
  readonly hash: string;
}

/** An event before it has its place in the record; `content` is that of the revision it made. */
export interface Entry extends Omit<Event, 'sequence' | 'hash' | 'contentHash'> {
  readonly content?: string;
}

/** What an entry's hash is made of: everything it says, in one order, after the hash of the entry before. */
export function sealedText(before: string, event: Omit<Event, 'hash'>): string {
  const { sequence, at, act, by, resource, movedFrom, revisionBefore, revisionAfter, reason, state } = event;
  const { kind, agencyId, year, part } = resource;
  return JSON.stringify([
    before,
    sequence,
    at,
    act,
    [kind, agencyId ?? null, year ?? null, part ?? null],
    movedFrom ?? null,
    [by?.keyId ?? null, by?.role ?? null, by?.address ?? null, by?.requestId ?? null],
    [revisionBefore ?? null, revisionAfter ?? null],
    reason ?? null,
    state ?? null,
    event.contentHash ?? null,
  ]);
}

/** Whom an event is told to. */
export interface Listener {
  /** The agency it is bound to; absent where it is bound to none. */
  readonly under?: string;
  /** Whether keys are told of. */
  readonly keys: boolean;
}

/**
 * How much of an event is told: everything of what is at or below the listener's agency now, and of what belongs to
 * none; of an agency that was moved away or removed from there, that it is gone.
 */
export function toldTo(
  { under, keys }: Listener,
  { resource: { kind, agencyId }, movedFrom }: Pick<Event, 'resource' | 'movedFrom'>,
  isWithin: (agencyId: string) => boolean,
): 'everything' | 'departure' | 'nothing' {
  if (kind === 'key' && !keys) return 'nothing';
  if (under === undefined) return 'everything';
  if (agencyId === undefined) return kind === 'key' ? 'nothing' : 'everything';
  if (isWithin(agencyId)) return 'everything';
  return movedFrom !== undefined && isWithin(movedFrom) ? 'departure' : 'nothing';
}

/** What the first entry follows. */
export const beginning = '0'.repeat(64);

/** What is told of a report that was written, or of one that was removed (`after` absent). */
export function reportEntry(
  { part, ...deed }: Deed,
  { agencyId, year }: ReportKey,
  before: ReportState | undefined,
  after: ReportState | undefined,
): Entry {
  return {
    ...deed,
    resource: { kind: part === undefined ? 'report' : 'waiver', agencyId, year, ...(part !== undefined && { part }) },
    ...(before && { revisionBefore: before.revision }),
    ...(after && { revisionAfter: after.revision, state: JSON.stringify(headOf(after)) }),
    ...(after && after.revision !== before?.revision && { content: after.content }),
  };
}

/** The same of an agency. */
export function agencyEntry(
  deed: Deed,
  agencyId: string,
  before: Agency | undefined,
  after: Agency | undefined,
): Entry {
  const movedFrom = before?.parentId;
  return {
    ...deed,
    resource: { kind: 'agency', agencyId },
    ...(movedFrom !== undefined && after?.parentId !== movedFrom && { movedFrom }),
    ...(after && { state: JSON.stringify(after) }),
  };
}

/** The same of a reporting year. */
export function yearEntry(deed: Deed, year: number, after: Year | undefined): Entry {
  return { ...deed, resource: { kind: 'year', year }, ...(after && { state: JSON.stringify(after) }) };
}

/** The same of an extension. */
export function extensionEntry(deed: Deed, { agencyId, year }: ExtensionKey, after: Extension | undefined): Entry {
  return {
    ...deed,
    resource: { kind: 'extension', agencyId, year },
    ...(after && { state: JSON.stringify(after) }),
  };
}

/** The same of a key; nothing in it opens anything. */
export function keyEntry(deed: Deed, key: Key): Entry {
  const { id: part, agencyId } = key;
  return {
    ...deed,
    resource: { kind: 'key', ...(agencyId !== undefined && { agencyId }), part },
    state: JSON.stringify(keyView(key)),
  };
}
