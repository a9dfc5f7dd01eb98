import type { Database } from 'better-sqlite3';

export interface Remembered<Key, Value> {
  readonly find: (key: Key) => Value;
  /** To be called before what is remembered is written on this connection. */
  readonly forget: () => void;
}

/**
 * Remembers what was read for as long as nobody commits anything on another connection: what every write looks up and
 * hardly any changes. After a write on this one nothing is remembered until its transaction is over, since it may be
 * undone.
 */
export function rememberedUntilWritten<Key, Value>(
  database: Database,
  read: (key: Key) => Value,
): Remembered<Key, Value> {
  const version = database.prepare<[], number>('PRAGMA data_version').pluck();
  const known = new Map<Key, Value>();
  let [seen, written]: [number | undefined, boolean] = [undefined, false];
  const forget = (): void => {
    known.clear();
    written = true;
  };
  return {
    find: (key) => {
      const now = version.get();
      if (now !== seen) known.clear();
      seen = now;
      written &&= database.inTransaction;
      if (written) return read(key);
      if (!known.has(key)) known.set(key, read(key));
      return known.get(key) as Value;
    },
    forget,
  };
}
