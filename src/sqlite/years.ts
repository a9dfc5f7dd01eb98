import type { Database } from 'better-sqlite3';
import type { PageOf, StoredYear, YearDecision } from '../domain/store.ts';
import { told, type EventStore } from './events.ts';
import { rememberedUntilWritten } from './remembered.ts';
import { yearEntry } from '../domain/event.ts';
import { dueLevels, type DatesByLevel, type Year, type YearStatus } from '../domain/year.ts';

interface YearRow {
  readonly year: number;
  readonly edition: string;
  readonly status: YearStatus;
}

interface DatesRow {
  readonly level: string;
  readonly due: string;
  readonly publish_by: string;
}

export function yearStore(database: Database, append: EventStore['append']) {
  const byYear = database.prepare<[number], YearRow>('SELECT * FROM years WHERE year = ?');
  const dates = database.prepare<[number], DatesRow>('SELECT level, due, publish_by FROM year_dates WHERE year = ?');
  const page = database.prepare<[number, number], YearRow>(
    'SELECT * FROM years WHERE year < ? ORDER BY year DESC LIMIT ?',
  );
  const reports = database.prepare<[number], number>('SELECT count(*) FROM reports WHERE year = ?').pluck();
  const extensions = database.prepare<[number], number>('SELECT count(*) FROM extensions WHERE year = ?').pluck();
  const upsert = database.prepare(`
    INSERT INTO years (year, edition, status)
    VALUES (:year, :edition, :status)
    ON CONFLICT (year) DO UPDATE SET edition = excluded.edition, status = excluded.status
  `);
  const upsertDates = database.prepare(`
    INSERT INTO year_dates (year, level, due, publish_by)
    VALUES (?, ?, ?, ?)
    ON CONFLICT (year, level) DO UPDATE SET due = excluded.due, publish_by = excluded.publish_by
  `);
  const remove = database.prepare<[number]>('DELETE FROM years WHERE year = ?');

  const fromRow = (row: YearRow): Year => {
    const rows = dates.all(row.year);
    const byLevel = (column: 'due' | 'publish_by') =>
      Object.fromEntries(
        dueLevels.map((level) => [level, rows.find((date) => date.level === level)?.[column]]),
      ) as unknown as DatesByLevel;
    return { ...row, due: byLevel('due'), publishBy: byLevel('publish_by') };
  };
  const read = (year: number): Year | undefined => {
    const row = byYear.get(year);
    return row && fromRow(row);
  };
  const remembered = rememberedUntilWritten(database, read);
  const { find } = remembered;
  const save = ({ year, edition, status, due, publishBy }: Year): void => {
    upsert.run({ year, edition, status });
    for (const level of dueLevels) upsertDates.run(year, level, due[level], publishBy[level]);
  };
  const change = <Result>(year: number, decide: (stored: StoredYear) => YearDecision<Result>): Result => {
    const decision = decide({
      stored: find(year),
      reports: reports.get(year) ?? 0,
      extensions: extensions.get(year) ?? 0,
    });
    remembered.forget();
    if (decision.write) save(decision.write);
    if (decision.remove) remove.run(year);
    if (decision.write || decision.remove) append(yearEntry(told(decision.deed), year, decision.write));
    return decision.result;
  };

  return {
    find,
    list: ({ after, limit }: PageOf<number>): Year[] => page.all(after ?? Number.MAX_SAFE_INTEGER, limit).map(fromRow),
    change,
  };
}

export type YearStore = ReturnType<typeof yearStore>;
