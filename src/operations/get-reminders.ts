import { writeReminders } from '../documents/writing/write-reminders.ts';
import { dayInChina } from '../domain/calendar.ts';
import type { Language } from '../domain/language.ts';
import { remindersOf } from '../domain/reminders.ts';
import type { SubtreeOfYear } from '../domain/store.ts';
import { findStandings } from './find-standings.ts';
import type { Service } from './service.ts';

/** What the list of whom to call comes as, the usual first. */
export const reminderTypes = ['text/plain', 'application/json'] as const;

export interface RemindersWanted extends SubtreeOfYear {
  readonly type: (typeof reminderTypes)[number];
  readonly language: Language;
}

/**
 * Whom to call for a year's reports, as text or as JSON.
 *
 * @throws Problem `year-not-found`, `agency-not-found`.
 */
export async function getReminders(service: Service, wanted: RemindersWanted): Promise<string> {
  const { year, standings } = await findStandings(service, wanted);
  const reminders = remindersOf(year, standings, dayInChina(service.now()), wanted.under);
  return wanted.type === 'text/plain' ? writeReminders(reminders, wanted.language) : JSON.stringify(reminders);
}
