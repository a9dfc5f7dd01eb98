/** China keeps one time, UTC+8, all year. */
const offset = 8 * 60 * 60 * 1_000;

/** The day it is in China at a time, ISO 8601: what due dates and terms of office go by. */
export function dayInChina(time: Date): string {
  return new Date(time.getTime() + offset).toISOString().slice(0, 10);
}

/** The moment a day is over in China, ISO 8601, UTC: comparable to other such times as text. */
export function endInChina(day: string): string {
  return `${day}T16:00:00.000Z`;
}

const day = 24 * 60 * 60 * 1_000;

/** How many days it is from one day to another, both ISO 8601; negative where the other is earlier. */
export function daysFrom(one: string, other: string): number {
  return (Date.parse(other) - Date.parse(one)) / day;
}

/** The time so many days after another, both ISO 8601, UTC. */
export function daysAfter(time: string, days: number): string {
  return new Date(Date.parse(time) + days * day).toISOString();
}

/** A time in UTC; `undefined` for what is none: a leap second is well formed, but no time a clock here can tell. */
export function momentFrom(text: string): string | undefined {
  const time = new Date(text);
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString();
}
