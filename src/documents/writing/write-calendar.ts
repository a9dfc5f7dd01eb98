import ical, { ICalEventTransparency, type ICalEventData } from 'ical-generator';
import type { ListedExtension } from '../../domain/extension.ts';
import { fill, type Language, type Words } from '../../domain/language.ts';
import { dueLevelInWords, dueLevels, type Year } from '../../domain/year.ts';
import { generator } from '../own-words.ts';

const words = {
  name: { 'zh-CN': '{year}年度政府信息公开年报期限', en: 'Annual reports of {year} due' },
  due: {
    'zh-CN': '{year}年度政府信息公开年报报送期限：{level}',
    en: 'Annual report of {year} to be handed in: {level}',
  },
  publishBy: {
    'zh-CN': '{year}年度政府信息公开年报公布期限：{level}',
    en: 'Annual report of {year} to be published: {level}',
  },
  extension: {
    'zh-CN': '{year}年度政府信息公开年报延期报送期限：{agencyName}',
    en: 'Annual report of {year} to be handed in, extended: {agencyName}',
  },
} as const satisfies Record<string, Words>;

/**
 * The dates of a year as iCalendar (RFC 5545): an all-day event for each level, to hand in and to publish, and for each
 * extension. The same dates give the same bytes.
 */
export function writeCalendar(year: Year, extensions: readonly ListedExtension[], language: Language): string {
  const name = fill(words.name, language, { year: year.year });
  const calendar = ical({ name, prodId: { company: generator, product: generator, language: language.toUpperCase() } });
  for (const event of [...levelEvents(year, language), ...extensions.map((one) => extensionEvent(one, language))]) {
    calendar.createEvent({ ...event, allDay: true, transparency: ICalEventTransparency.TRANSPARENT });
  }
  return calendar.toString();
}

/**
 * When a year's dates were set is not kept, and a DTSTAMP there has to be: the end of the year, which does not move, or
 * the calendar would be another at every reading.
 */
function levelEvents(year: Year, language: Language): ICalEventData[] {
  const stamp = new Date(Date.UTC(year.year + 1, 0, 1));
  return (['due', 'publishBy'] as const).flatMap((date) =>
    dueLevels.map((level) => ({
      id: `${date}-${level}-${year.year}@${generator}`,
      stamp,
      start: year[date][level],
      summary: fill(words[date], language, { year: year.year, level: dueLevelInWords[level] }),
    })),
  );
}

function extensionEvent(extension: ListedExtension, language: Language): ICalEventData {
  const { year, agencyId, agencyName, due, reason, grantedAt } = extension;
  return {
    id: `extension-${agencyId}-${year}@${generator}`,
    stamp: new Date(grantedAt),
    start: due,
    summary: fill(words.extension, language, { year, agencyName }),
    description: reason,
  };
}
