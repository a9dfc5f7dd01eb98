/** Why something in a document did not become part of the report; `UnreadReason` says what each means. */
export const unreadReasons = [
  'not-found',
  'not-a-figure',
  'ambiguous',
  'conflict',
  'unit-unknown',
  'other-edition',
  'outside',
] as const;

/** Why a file is not read at all; `RefusalReason` says what each means. */
export const refusalReasons = [
  'empty',
  'unsupported',
  'encrypted',
  'damaged',
  'too-large',
  'unsafe',
  'no-text-layer',
  'timed-out',
  'out-of-memory',
] as const;

/** Why a document that was read is not written without a person looking at it. */
export const obstacleCodes = [
  'repeated',
  'agency-uncertain',
  'year-unknown',
  'year-not-registered',
  'no-tables',
  'no-figures',
  'other-edition',
  'unread',
  'not-printed',
  'blank',
  'blank-not-zero',
  'content-refused',
  'report-exists',
] as const;

export type ObstacleCode = (typeof obstacleCodes)[number];
