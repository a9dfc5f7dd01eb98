import type { Agency } from './agency.ts';
import { endInChina } from './calendar.ts';
import { dueLevelOf, type Year } from './year.ts';

/** The day by which agencies of this one's level have to hand in. */
export function levelDue({ due }: Pick<Year, 'due'>, agency: Pick<Agency, 'level' | 'kind'>): string {
  return due[dueLevelOf(agency)];
}

/**
 * The day by which an agency has to hand in: its level's, or the later one it was granted. An extension never shortens:
 * where the year's own date has since been set later still, that one holds.
 */
export function dueOn(ofLevel: string, extendedTo: string | undefined): string {
  return extendedTo !== undefined && extendedTo > ofLevel ? extendedTo : ofLevel;
}

/**
 * Not handed in though the day is past; a report returned, or as yet a draft, is not handed in. For a year that is not
 * open yet nobody can hand in.
 */
export function isOverdue({ status }: Pick<Year, 'status'>, handedIn: boolean, due: string, today: string): boolean {
  return status !== 'planned' && !handedIn && today > due;
}

/** First handed in after the day, as days go in China; whatever became of the report since. */
export function wasSubmittedLate(firstSubmittedAt: string | undefined, due: string): boolean {
  return firstSubmittedAt !== undefined && firstSubmittedAt >= endInChina(due);
}
