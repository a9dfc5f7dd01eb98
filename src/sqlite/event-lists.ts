import type { Database } from 'better-sqlite3';
import type { Relation } from '../domain/access.ts';
import { toldTo, type Event, type Listener, type Resource } from '../domain/event.ts';
import type { EventPage, PageOf } from '../domain/store.ts';
import { fromEventRow, type EventRow } from './events.ts';

/** What is needed of an entry to know whether it is told. */
interface Place {
  readonly sequence: number;
  readonly kind: Resource['kind'];
  readonly agencyId: string | null;
  readonly movedFrom: string | null;
}

/** How much of the record is looked through at once: whoever is told of little must not hold up everybody else. */
const lookedThrough = 5_000;

/** Lists of events. */
export function eventLists(database: Database, relation: (root: string, agencyId: string) => Relation) {
  const last = database.prepare<[], number>('SELECT max(sequence) FROM events').pluck();
  const places = database.prepare<{ after: number; until: number }, Place>(`
    SELECT sequence, kind, agency_id AS agencyId, moved_from AS movedFrom
    FROM events
    WHERE sequence > :after AND sequence <= :until
    ORDER BY sequence
  `);
  const entry = database.prepare<[number], EventRow>('SELECT * FROM events WHERE sequence = ?');

  return database.transaction((listener: Listener, { after = 0, limit }: PageOf<number>): EventPage => {
    const end = last.get() ?? 0;
    const until = Math.min(end, after + lookedThrough);
    const isWithin = reach(listener, relation);
    const events: Event[] = [];
    for (const place of places.iterate({ after, until })) {
      const told = toldTo(listener, spoken(place), isWithin);
      if (told === 'nothing') continue;
      const row = entry.get(place.sequence) as EventRow;
      events.push(fromEventRow(told === 'everything' ? row : { ...row, state: null, reason: null }));
      if (events.length === limit) return { events, upTo: place.sequence, last: end };
    }
    return { events, upTo: Math.max(after, until), last: end };
  });
}

/** Whether agencies are at or below a listener's own, each looked up once. */
function reach({ under = '' }: Listener, relation: (root: string, agencyId: string) => Relation) {
  const known = new Map<string, boolean>();
  return (agencyId: string): boolean => {
    const isWithin = known.get(agencyId) ?? relation(under, agencyId) !== 'outside';
    known.set(agencyId, isWithin);
    return isWithin;
  };
}

function spoken({ kind, agencyId, movedFrom }: Place): Pick<Event, 'resource' | 'movedFrom'> {
  return {
    resource: { kind, ...(agencyId !== null && { agencyId }) },
    ...(movedFrom !== null && { movedFrom }),
  };
}
