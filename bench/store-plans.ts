import type { Database } from 'better-sqlite3';
import type { ReportQuery } from '../src/domain/store.ts';
import { openDatabase } from '../src/sqlite/open.ts';
import { reportLists } from '../src/sqlite/report-lists.ts';

/** Prints how SQLite finds the reports of a verdict, those that fail a rule, and those that are overdue. */
export function printPlans(file: string): void {
  const database = openDatabase(file);
  for (const query of [{ verdict: 'inconsistent' }, { rule: 'requests.balance' }, { overdue: true }] as const) {
    for (const scope of ['all', 'published'] as const) {
      console.log(`${Object.entries(query).join().replace(',', '=')}, ${scope}:`);
      for (const line of planOf(database, { ...query, today: '' }, scope)) console.log(`  ${line}`);
    }
  }
  database.close();
}

/** The plan of the statement that the list prepares for a query. */
function planOf(database: Database, query: ReportQuery, scope: 'all' | 'published'): string[] {
  let prepared = '';
  const listening = {
    prepare: (sql: string) => {
      prepared = sql;
      return database.prepare(sql);
    },
  };
  reportLists(listening as unknown as Database)(query, scope, { limit: 50 });
  const plan = database.prepare<[Record<string, unknown>], { detail: string }>(`EXPLAIN QUERY PLAN ${prepared}`);
  return plan.all({ ...query, limit: 50 }).map(({ detail }) => detail);
}
