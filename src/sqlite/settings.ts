import type { Database } from 'better-sqlite3';

/** What the program keeps for itself. */
export function settingStore(database: Database) {
  const value = database.prepare<[string], string>('SELECT value FROM settings WHERE name = ?').pluck();
  const upsert = database.prepare(`
    INSERT INTO settings (name, value)
    VALUES (?, ?)
    ON CONFLICT (name) DO UPDATE SET value = excluded.value
  `);
  return {
    get: (name: string) => value.get(name),
    save: (name: string, text: string) => void upsert.run(name, text),
  };
}
