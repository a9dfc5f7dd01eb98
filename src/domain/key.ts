import { may, relationOf, type Principal, type Role } from './access.ts';
import type { FindAgency } from './agency.ts';
import { momentFrom } from './calendar.ts';
import type { Fault } from './problem.ts';

/** What opens a key. Times are ISO 8601, UTC. */
export interface KeySecret {
  /** The SHA-256 of what the holder sends, in hexadecimal: enough to know it again, not to use it. */
  readonly hash: string;
  readonly createdAt: string;
  /** From when on it opens nothing, since another took its place. */
  readonly expiresAt?: string;
}

/** An API key: what somebody may do, and for how long. */
export interface Key {
  readonly id: string;
  readonly name?: string;
  readonly role: Role;
  /** The agency it is bound to, with everything below it; absent where it is bound to none. */
  readonly agencyId?: string;
  readonly createdAt: string;
  /** The key it was issued with; absent where the program made it. */
  readonly createdBy?: string;
  readonly expiresAt?: string;
  readonly revokedAt?: string;
  /** The latest first, two at most; none of a key that was revoked. */
  readonly secrets: readonly KeySecret[];
}

/** What a caller says of a key to be issued. */
export interface KeyInput {
  readonly id?: string;
  readonly name?: string;
  readonly role: Role;
  readonly agencyId?: string;
  readonly expiresAt?: string;
}

/** A key as it is told of: its secrets by their times alone. */
export type KeyView = Omit<Key, 'secrets'> & { readonly secrets: readonly Omit<KeySecret, 'hash'>[] };

type Loose<Type> = { readonly [Member in keyof Type]: Type[Member] | undefined };
type KeyParts = Loose<Partial<Key>> & Pick<Key, 'id' | 'role' | 'createdAt' | 'secrets'>;

/** A key of its parts, members in one order, so that equal keys have equal JSON. */
export function keyFrom({
  id,
  name,
  role,
  agencyId,
  createdAt,
  createdBy,
  expiresAt,
  revokedAt,
  secrets,
}: KeyParts): Key {
  return {
    id,
    ...(name !== undefined && { name }),
    role,
    ...(agencyId !== undefined && { agencyId }),
    createdAt,
    ...(createdBy !== undefined && { createdBy }),
    ...(expiresAt !== undefined && { expiresAt }),
    ...(revokedAt !== undefined && { revokedAt }),
    secrets: secrets.map((secret) => ({ hash: secret.hash, ...shownSecret(secret) })),
  };
}

/** A key without what opens it. */
export function keyView({ secrets, ...key }: Key): KeyView {
  return { ...key, secrets: secrets.map(shownSecret) };
}

function shownSecret({ createdAt, expiresAt }: KeySecret): Omit<KeySecret, 'hash'> {
  return { createdAt, ...(expiresAt !== undefined && { expiresAt }) };
}

/**
 * A key with a new secret. The one before goes on working until a time, so that its holder can change over; older ones
 * are gone.
 */
export function rotated(key: Key, fresh: KeySecret, oldValidUntil: string): Key {
  const [{ expiresAt, ...last } = fresh] = key.secrets;
  const until = expiresAt !== undefined && expiresAt < oldValidUntil ? expiresAt : oldValidUntil;
  const old = { ...last, expiresAt: until };
  return { ...key, secrets: until > fresh.createdAt && key.secrets.length > 0 ? [fresh, old] : [fresh] };
}

/** Until when the secret before works beside the new one; absent where it has ended or there is none. */
export function changesOverUntil({ secrets: [, before] }: Key, now: string): string | undefined {
  return before?.expiresAt !== undefined && before.expiresAt > now ? before.expiresAt : undefined;
}

/** A key that opens nothing any more; it is told of for ever, since the record of events refers to it. */
export function revoked(key: Key, at: string): Key {
  return key.revokedAt === undefined ? keyFrom({ ...key, revokedAt: at, secrets: [] }) : key;
}

/** Whether a key lets its holder mend everything at any time: of those a city must keep one. */
export function isLastingAdmin({ role, agencyId, expiresAt, revokedAt }: Key): boolean {
  return role === 'admin' && agencyId === undefined && expiresAt === undefined && revokedAt === undefined;
}

/** Whether an admin has to do with keys that are bound to this agency, or to none. */
export function reachesKeysOf(by: Principal, agencyId: string | undefined, find: FindAgency): boolean {
  return may(
    by,
    'issueKey',
    relationOf(by.agencyId, agencyId, (id) => find(id)?.parentId),
  );
}

/** Ids the program itself writes under: the record would not tell a key of that name from it. */
const reserved = ['admin', 'cli', 'demo'];

/** What forbids to issue a key. */
export function keyFaults(key: Key, by: Principal, find: FindAgency): Fault[] {
  return [
    ...(reserved.includes(key.id) ? [{ pointer: '/id', params: { id: key.id }, detail: reservedId }] : []),
    ...agencyFaults(key, by, find),
    ...expiryFaults(key.expiresAt, key.createdAt, '/expiresAt'),
  ];
}

function agencyFaults({ role, agencyId }: Key, by: Principal, find: FindAgency): Fault[] {
  const pointer = '/agencyId';
  if (agencyId === undefined && role === 'reporter') return [{ pointer, detail: nobodysReporter }];
  if (reachesKeysOf(by, agencyId, find) && (agencyId === undefined || find(agencyId))) return [];
  if (agencyId === undefined) return [{ pointer, params: { root: by.agencyId ?? '' }, detail: boundIssuer }];
  return [{ pointer, params: { agencyId }, detail: notReached }];
}

/** What is wrong with the time something ends at: it is none, or not after `now`. */
export function expiryFaults(time: string | undefined, now: string, pointer: string): Fault[] {
  if (time === undefined) return [];
  const moment = momentFrom(time);
  if (moment === undefined) return [{ pointer, params: { time }, detail: noTime }];
  return moment > now ? [] : [{ pointer, params: { time }, detail: past }];
}

const reservedId = {
  'zh-CN': '“{id}”是保留字，不能作密钥的代码。',
  en: '“{id}” is reserved and cannot be a key’s id.',
};
const nobodysReporter = {
  'zh-CN': '填报人（reporter）的密钥须指明机关。',
  en: 'A reporter’s key needs the agency it reports for.',
};
const boundIssuer = {
  'zh-CN': '这个密钥只能在“{root}”及其下级的范围内发放密钥，须指明机关。',
  en: 'This key issues keys within “{root}” only: name an agency.',
};
const notReached = {
  'zh-CN': '没有登记机关“{agencyId}”，或者它不在这个密钥可以发放的范围内。',
  en: 'No agency “{agencyId}” is registered, or this key issues none for it.',
};
const noTime = { 'zh-CN': '“{time}”不是可用的时间。', en: '“{time}” is not a time that can be used.' };
const past = {
  'zh-CN': '{time} 已经过去；要立即停用，请撤销密钥。',
  en: '{time} is over; revoke the key to end it now.',
};
