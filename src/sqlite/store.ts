import type { Database } from 'better-sqlite3';
import { fileURLToPath } from 'node:url';
import type { ReportKey } from '../domain/report.ts';
import type { InspectedReport, Store } from '../domain/store.ts';
import { commitQueue } from './commit-queue.ts';
import { agencyStore } from './agencies.ts';
import { extensionStore } from './extensions.ts';
import { keyStore } from './keys.ts';
import { migrate } from './migrations.ts';
import { openDatabase } from './open.ts';
import { reportStore } from './reports.ts';
import { settingStore } from './settings.ts';
import { standingStore } from './standings.ts';
import { yearStore } from './years.ts';

const migrationsFolder = fileURLToPath(new URL('../../migrations', import.meta.url));

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
    return storeOn(database);
  } catch (error) {
    database.close();
    throw error;
  }
}

function storeOn(database: Database): Store {
  const agencies = agencyStore(database);
  const years = yearStore(database);
  const reports = reportStore(database, { ...agencies, year: years.find });
  const extensions = extensionStore(database, { agency: agencies.find, year: years.find });
  const standings = standingStore(database);
  const settings = settingStore(database);
  const keys = keyStore(database);
  const ping = database.prepare('SELECT 1');
  const commit = commitQueue(database);

  return {
    ready: async () => void ping.get(),
    findKey: async (hash) => keys.find(hash),
    hasKey: async (id) => keys.has(id),
    saveKey: async (key) => commit(() => keys.save(key)),
    agency: async (id) => agencies.find(id),
    agencies: async (query, page) => agencies.list(query, page),
    agencyNames: async () => agencies.names(),
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
    reports: async (query, scope, page) => reports.list(query, scope, page),
    changeReport: async (key, decide) => commit(() => reports.change(key, decide)),
    findImport: async (sha256) => reports.findImport(sha256),
    setting: async (name) => settings.get(name),
    saveSetting: async (name, value) => commit(() => settings.save(name, value)),
    close: async () => void database.close(),
  };
}
