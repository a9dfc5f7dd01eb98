import type { Database } from 'better-sqlite3';
import type { Agency } from '../domain/agency.ts';
import { extensionEntry } from '../domain/event.ts';
import type { Extension, ExtensionKey, ListedExtension } from '../domain/extension.ts';
import type { ExtensionDecision, PageOf, StoredExtension, SubtreeOfYear } from '../domain/store.ts';
import type { Year } from '../domain/year.ts';
import { subtree } from './agencies.ts';
import { told, type EventStore } from './events.ts';
import { queries } from './query.ts';

/** What extensions look up elsewhere, and where they tell what happened. */
export interface ExtensionLookups {
  readonly agency: (id: string) => Agency | undefined;
  readonly year: (year: number) => Year | undefined;
  readonly append: EventStore['append'];
}

const columns = `
  e.year, e.agency_id AS agencyId, e.due, e.reason, e.granted_by AS grantedBy, e.granted_at AS grantedAt`;

/** The later due dates granted to single agencies. */
export function extensionStore(database: Database, lookups: ExtensionLookups) {
  const select = queries<ListedExtension>(database);
  const byKey = database.prepare<[ExtensionKey], Extension>(`
    SELECT ${columns}
    FROM extensions AS e
    WHERE e.year = :year AND e.agency_id = :agencyId
  `);
  const upsert = database.prepare<[Extension]>(`
    INSERT INTO extensions (year, agency_id, due, reason, granted_by, granted_at)
    VALUES (:year, :agencyId, :due, :reason, :grantedBy, :grantedAt)
    ON CONFLICT (year, agency_id) DO UPDATE SET
      due = excluded.due, reason = excluded.reason, granted_by = excluded.granted_by, granted_at = excluded.granted_at
  `);
  const remove = database.prepare<[ExtensionKey]>(
    'DELETE FROM extensions WHERE year = :year AND agency_id = :agencyId',
  );

  return {
    find: (key: ExtensionKey): Extension | undefined => byKey.get(key),
    list(query: SubtreeOfYear, { after, limit }: PageOf<string>): ListedExtension[] {
      const where = [
        'e.year = :year',
        query.under !== undefined && `+e.agency_id IN (${subtree})`,
        after !== undefined && 'e.agency_id > :after',
      ];
      const from = `SELECT ${columns}, a.name AS agencyName FROM extensions AS e CROSS JOIN agencies AS a ON a.id = e.agency_id`;
      return select(from, where, 'ORDER BY e.agency_id LIMIT :limit').all({ ...query, after, limit });
    },
    change<Result>(key: ExtensionKey, decide: (stored: StoredExtension) => ExtensionDecision<Result>): Result {
      const { year, agencyId } = key;
      const decision = decide({
        year: lookups.year(year),
        agency: lookups.agency(agencyId),
        extension: byKey.get(key),
      });
      if (decision.write) upsert.run(decision.write);
      if (decision.remove) remove.run(key);
      if (decision.write || decision.remove) lookups.append(extensionEntry(told(decision.deed), key, decision.write));
      return decision.result;
    },
  };
}
