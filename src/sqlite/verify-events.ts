import type { Database } from 'better-sqlite3';
import { beginning, type Event } from '../domain/event.ts';
import type { RecordCheck, RecordFault } from '../domain/store.ts';
import { DatabaseRefused, openToRead } from './open.ts';
import { fromEventRow, seal, type EventRow } from './events.ts';
import { comparison } from './record-comparison.ts';

/** An entry as it was noted down elsewhere. */
export type KnownEntry = Pick<Event, 'sequence' | 'hash'>;

/** Enough to see what happened. */
const mostFaults = 100;

/**
 * Reads the whole record of events, as of one moment, and tells where it is not what was sealed: an entry that was
 * changed or removed, one that was taken from the end, what was changed past it. `known` is an entry that has to be
 * there: whoever can write the file can make the record anew, but not so that an old hash comes out.
 */
export function verifyEvents(database: Database, known?: KnownEntry): RecordCheck {
  return database.transaction((): RecordCheck => {
    const record = new RecordReading(database, known);
    const faults: RecordFault[] = [];
    let faultCount = 0;
    for (const fault of record.faults()) {
      faultCount += 1;
      if (faults.length < mostFaults) faults.push(fault);
    }
    const { events, last } = record;
    return { events, ...(events > 0 && { last }), faults, faultCount };
  })();
}

/**
 * The same of a database file, which may be in use; nothing is written to it.
 *
 * @throws DatabaseRefused where the file is no database with a record, or is damaged.
 */
export function verifyRecordIn(file: string, known?: KnownEntry): RecordCheck {
  const database = openToRead(file);
  try {
    return verifyEvents(database, known);
  } catch (error) {
    const { message } = error as Error;
    throw new DatabaseRefused(
      `The record of ${file} cannot be read: ${message}. Where an older version wrote the file, start this one on it first.`,
      { cause: error },
    );
  } finally {
    database.close();
  }
}

/** One walk through the record, and how far it has come. */
class RecordReading {
  events = 0;
  last: KnownEntry = { sequence: 0, hash: beginning };
  readonly #database: Database;
  readonly #known: KnownEntry | undefined;
  #knownFound = false;

  constructor(database: Database, known: KnownEntry | undefined) {
    this.#database = database;
    this.#known = known;
  }

  *faults(): Generator<RecordFault> {
    const kept = comparison(this.#database);
    const rows = this.#database.prepare<[], EventRow>('SELECT * FROM events ORDER BY sequence');
    for (const row of rows.iterate()) {
      yield* this.#follow(row);
      kept.note(row);
    }
    if (this.#known && !this.#knownFound) yield { sequence: this.#known.sequence, kind: 'unexpected' };
    yield* this.#takenFromTheEnd();
    yield* kept.faults();
  }

  *#follow(row: EventRow): Generator<RecordFault> {
    const { sequence, hash } = row;
    const next = this.last.sequence + 1;
    // What follows a gap was sealed after an entry that is gone: only its own place can be told.
    if (sequence > next) yield missing(next, sequence - 1);
    else if (sequence < next || hash !== seal(this.last.hash, fromEventRow(row))) yield { sequence, kind: 'changed' };
    if (sequence === this.#known?.sequence && hash === this.#known.hash) this.#knownFound = true;
    this.events += 1;
    if (sequence >= next) this.last = { sequence, hash };
  }

  /** SQLite keeps the greatest number it ever gave out. */
  *#takenFromTheEnd(): Generator<RecordFault> {
    const given = this.#database
      .prepare<[], number>("SELECT seq FROM sqlite_sequence WHERE name = 'events'")
      .pluck()
      .get();
    if (given !== undefined && given > this.last.sequence) yield missing(this.last.sequence + 1, given);
  }
}

function missing(first: number, until: number): RecordFault {
  return { sequence: first, kind: 'missing', ...(until > first && { until }) };
}
