import { daysFrom } from './calendar.ts';
import { expectedOf, type Expected, type Standing } from './standing.ts';
import type { Year } from './year.ts';

/** Of those not yet due, who is reminded: whose date is within so many days. */
const remindedWithin = 14;

/** An agency that has not handed in, and how it is reached. */
export interface Reminder
  extends Pick<Standing, 'agencyId' | 'name' | 'status' | 'contact'>, Pick<Expected, 'dueOn' | 'overdue'> {
  /** From today to the due date; negative where that is past. */
  readonly daysLeft: number;
}

export interface Reminders {
  readonly year: number;
  readonly under?: string;
  /** The day in China the dates were held against. */
  readonly day: string;
  readonly within: number;
  readonly items: readonly Reminder[];
}

/** Whom to call: who has not handed in and is overdue, longest first, then whoever is due next; nobody before the year is open. */
export function remindersOf(year: Year, standings: readonly Standing[], today: string, under?: string): Reminders {
  const expected = year.status === 'planned' ? [] : expectedOf(year, standings, today);
  const items = expected
    .filter(({ standing }) => !standing.handedIn)
    .map((one) => reminderOf(one, today))
    .filter(({ daysLeft }) => daysLeft <= remindedWithin)
    .sort((one, other) => one.daysLeft - other.daysLeft || (one.agencyId < other.agencyId ? -1 : 1));
  const asked = { year: year.year, ...(under !== undefined && { under }) };
  return { ...asked, day: today, within: remindedWithin, items };
}

function reminderOf({ standing, dueOn, overdue }: Expected, today: string): Reminder {
  const { agencyId, name, status, contact } = standing;
  return {
    agencyId,
    name,
    ...(status !== undefined && { status }),
    dueOn,
    overdue,
    daysLeft: daysFrom(today, dueOn),
    ...(contact !== undefined && { contact }),
  };
}
