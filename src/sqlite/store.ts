import type { Database } from 'better-sqlite3';
import { fileURLToPath } from 'node:url';
import type { Entry } from '../domain/event.ts';
import type { KeptReport } from '../domain/kept-report.ts';
import type { ReportKey } from '../domain/report.ts';
import type { InspectedReport, ReportChanging, ReportSurroundings, Store } from '../domain/store.ts';
import { editions } from '../forms/editions.ts';
import { allOrNone } from './all-or-none.ts';
import { commitQueue, type CommitQueue } from './commit-queue.ts';
import { agencyStore } from './agencies.ts';
import type { RememberedBands } from './bands.ts';
import { eventLists } from './event-lists.ts';
import { eventStore } from './events.ts';
import { extensionStore } from './extensions.ts';
import { figureStore } from './figure-changes.ts';
import { followerQueue } from './followers.ts';
import { saveFormRows } from './form-rows.ts';
import { historyStore } from './history.ts';
import { keyStore } from './keys.ts';
import { longCommits } from './long-commits.ts';
import { migrate } from './migrations.ts';
import { openDatabase } from './open.ts';
import { recordBaseline } from './baseline.ts';
import { replyStore } from './replies.ts';
import { reportStore, type ReportStore } from './reports.ts';
import { settingStore } from './settings.ts';
import { standingStore } from './standings.ts';
import { verifyEvents } from './verify-events.ts';
import { yearStore } from './years.ts';

/** Where the migrations of this program are. */
export const migrationsFolder = fileURLToPath(new URL('../../migrations', import.meta.url));

/**
 * The default store: one SQLite file, brought up to date on opening. Every statement is prepared here, so that a slip
 * in the SQL stops the start.
 *
 * @param busyTimeout how long to wait for another process's lock, in milliseconds.
 * @throws MigrationRefused when the file was written by a newer program.
 */
export function openStore(file: string, busyTimeout?: number): Store {
  const database = openDatabase(file, busyTimeout);
  try {
    migrate(database, migrationsFolder);
    saveFormRows(database, editions);
    return storeOn(database);
  } catch (error) {
    database.close();
    throw error;
  }
}

/** The store on a database that has every migration of this program; on one that is only read, writes are refused. */
export function storeOn(database: Database): Store {
  const remembered: RememberedBands = new Map();
  const { events, keys, agencies, years, extensions, reports } = recordedStores(database, remembered);
  const replies = replyStore(database);
  const standings = standingStore(database);
  const settings = settingStore(database);
  const ping = database.prepare('SELECT 1');
  const listEvents = eventLists(database, agencies.relation);
  const followers = followerQueue(events.last);
  const queue = commitQueue(database, followers.look);
  const { commit } = queue;
  const batches = batchStore(database, { reports, remembered, queue });

  return {
    ready: async () => void ping.get(),
    findCredential: async (hash) => keys.credential(hash),
    key: async (id) => keys.find(id),
    keys: async (query, page) => keys.list(query, page),
    changeKey: async (id, decide) => commit(() => keys.change(id, decide)),
    keepLastUse: async (id, at) => commit(() => keys.use(id, at)),
    agency: async (id) => agencies.find(id),
    relation: async (root, agencyId) => agencies.relation(root, agencyId),
    isPublic: async (agencyId) => agencies.isPublic(agencyId),
    agencies: async (query, page) => agencies.list(query, page),
    agencyNames: async (under) => agencies.names(under),
    changeAgencies: async (decide) =>
      commit(() => {
        const { result, recheck } = agencies.change(decide);
        if (recheck) reports.recheck(recheck);
        return result;
      }),
    year: async (year) => years.find(year),
    years: async (page) => years.list(page),
    changeYear: async (year, decide) => commit(() => years.change(year, decide)),
    extension: async (key) => extensions.find(key),
    extensions: async (query, page) => extensions.list(query, page),
    changeExtension: async (key, decide) => commit(() => extensions.change(key, decide)),
    standings: async (query) => standings(query),
    reportVersion: async (key, scope) => reports.version(key, scope),
    checkVersion: async (key) => reports.checkVersion(key),
    reportAnswer: async (key, scope) => reports.answer(key, scope),
    inspectReport: async <Result>(key: ReportKey, view: (stored: InspectedReport) => Result) =>
      reports.inspect(key, view) as Result,
    keptReport: async <Result>(key: ReportKey, view: (kept: KeptReport & ReportSurroundings) => Result) =>
      reports.kept(key, view) as Result,
    reports: async (query, scope, page) => reports.list(query, scope, page),
    changeReport: async (key, decide, once) => commit(() => replies.answered(once, () => reports.change(key, decide))),
    ...batches,
    events: async (listener, page) => listEvents(listener, page),
    ...historyStore(database),
    ...figureStore(database, agencies, years),
    lastEvent: async () => events.last(),
    eventAfter: async (sequence, signal) => followers.after(sequence, signal),
    verifyEvents: async () => verifyEvents(database),
    findImport: async (sha256) => reports.findImport(sha256),
    setting: async (name) => settings.get(name),
    saveSetting: async (name, value) => commit(() => settings.save(name, value)),
    // What is being committed is waited for.
    close: () => queue.alone(() => closeAll([followers, batches, database])),
  };
}

/** What is told of in the record, on one connection; where there is no record yet, it is begun. */
function recordedStores(database: Database, remembered: RememberedBands) {
  const events = eventStore(database);
  const append = (entry: Entry): void => events.append(entry);
  const agencies = agencyStore(database, append);
  const years = yearStore(database, append);
  const extensions = extensionStore(database, { agency: agencies.find, year: years.find, append });
  const reports = reportStore(database, { ...agencies, year: years.find, append }, remembered);
  const keys = keyStore(database, agencies.find, append);
  if (!database.readonly) recordBaseline(database, { keys, agencies, years, reports, events });
  return { events, keys, agencies, years, extensions, reports };
}

/** Closes one after the other: the last is what the others work with. */
async function closeAll(opened: readonly { readonly close: () => unknown }[]): Promise<void> {
  for (const one of opened) await one.close();
}

/** What the usual connection has, and others work with. */
interface BatchParts {
  readonly reports: ReportStore;
  readonly remembered: RememberedBands;
  readonly queue: CommitQueue;
}

/** What changes many reports, on connections of its own. */
function batchStore(database: Database, { reports, remembered, queue }: BatchParts) {
  // In memory there is one connection, and what it remembers of years is kept once.
  const reportsOn = (own: Database) => (own === database ? reports : recordedStores(own, remembered).reports);
  const many = longCommits(database, reportsOn, queue);
  return {
    changeOneOfMany: (key, decide) => many.commit((own) => own.change(key, decide)),
    changeReports: async (changes, signal) =>
      queue.alone(() => allOrNone(database, (own) => jobsOn(reportsOn(own), changes), signal)),
    close: many.close,
  } satisfies Pick<Store, 'changeOneOfMany' | 'changeReports'> & { close: () => Promise<void> };
}

/** What changes reports, one after the other. */
function jobsOn<Result>(reports: ReportStore, changes: readonly ReportChanging<Result>[]): (() => Result)[] {
  return changes.map(
    ({ key, decide }) =>
      () =>
        reports.change(key, decide),
  );
}
