import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { endOfDayInChina } from '../domain/calendar.ts';
import { Problem } from '../domain/problem.ts';
import type { ReadScope } from '../domain/store.ts';
import type { ReadAs } from '../operations/read-report.ts';

/** The query parameter of what can be read as it was. */
export const asOf = Type.Optional(
  Type.String({
    maxLength: 40,
    description: 'As it was at this time (ISO 8601), or at the end of this day in China',
  }),
);

/** How a report is to be read, by what its caller may have and asks for. */
export function readAs({ query, scope }: FastifyRequest): ReadAs {
  const { asOf } = query as { asOf?: string };
  return { scope: scope as ReadScope, ...(asOf !== undefined && { asOf: momentOf(asOf) }) };
}

/**
 * A moment in UTC: a time, or the last one of a day in China.
 *
 * @throws Problem `request-invalid` for what is neither.
 */
function momentOf(text: string): string {
  const day = text.slice(0, 10);
  const time = text === day ? endOfDayInChina(day) : new Date(text);
  if (isDay(day) && wellFormed.test(text) && !Number.isNaN(time.getTime())) return time.toISOString();
  const detail = {
    'zh-CN': '“{text}”不是可用的时间；应为 2024-03-31 或 2024-03-31T08:00:00Z 这样的日期或时间。',
    en: '“{text}” is not a time that can be used; write 2024-03-31 or 2024-03-31T08:00:00Z.',
  };
  throw new Problem('request-invalid', { faults: [{ in: 'query', pointer: '/asOf', params: { text }, detail }] });
}

/** A time needs its zone: without one, JavaScript takes that of the machine. */
const wellFormed = /^[\d-]{10}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/i;

/** Whether there is such a day: JavaScript takes 31 February for the 3rd of March. */
function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
