/** China keeps one time, UTC+8, all year. */
const offset = 8 * 60 * 60 * 1_000;

/** The last moment of a day (ISO 8601) in China. */
export function endOfDayInChina(day: string): Date {
  return new Date(Date.parse(`${day}T23:59:59.999Z`) - offset);
}

/** The day it is in China at a time, ISO 8601: what due dates and terms of office go by. */
export function dayInChina(time: Date): string {
  return new Date(time.getTime() + offset).toISOString().slice(0, 10);
}
