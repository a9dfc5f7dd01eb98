import type { Database } from 'better-sqlite3';
import { agencyEntry, keyEntry, reportEntry, yearEntry, type Deed } from '../domain/event.ts';
import type { AgencyStore } from './agencies.ts';
import type { EventStore } from './events.ts';
import type { KeyStore } from './keys.ts';
import type { ReportStore } from './reports.ts';
import type { YearStore } from './years.ts';

interface Recorded {
  readonly keys: KeyStore;
  readonly agencies: AgencyStore;
  readonly years: YearStore;
  readonly reports: ReportStore;
  readonly events: EventStore;
}

const all = { limit: -1 };

/**
 * Begins the record of a database that was filled before there was one: with what is there, so that whoever follows
 * the record from its beginning knows everything.
 */
export function recordBaseline(database: Database, { keys, agencies, years, reports, events }: Recorded): void {
  if (events.last() > 0) return;
  const now = database.prepare<[], string>("SELECT strftime('%Y-%m-%dT%H:%M:%fZ', 'now')").pluck().get() as string;
  const deed: Deed = { act: 'beginRecord', at: now };
  database
    .transaction(() => {
      // Another process may have begun it while this one waited.
      if (events.last() > 0) return;
      for (const { key } of keys.list({}, all)) events.append(keyEntry(deed, key));
      for (const year of years.list(all)) events.append(yearEntry(deed, year.year, year));
      for (const agency of agencies.list({ today: '' }, all)) {
        events.append(agencyEntry(deed, agency.id, undefined, agency));
      }
      for (const { agencyId, year } of reports.list({ today: '' }, 'all', all)) {
        const key = { agencyId, year };
        events.append(reportEntry(deed, key, undefined, reports.find(key).report));
      }
    })
    .immediate();
}
