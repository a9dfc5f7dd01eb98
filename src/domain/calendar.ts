/** China keeps one time, UTC+8, all year. */
const offset = 8 * 60 * 60 * 1_000;

/** The day it is in China at a time, ISO 8601: what due dates and terms of office go by. */
export function dayInChina(time: Date): string {
  return new Date(time.getTime() + offset).toISOString().slice(0, 10);
}

/** A time in UTC; `undefined` for what is none: a leap second is well formed, but no time a clock here can tell. */
export function momentFrom(text: string): string | undefined {
  const time = new Date(text);
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString();
}
