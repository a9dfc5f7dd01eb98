import fc from 'fast-check';
import ICAL from 'ical.js';
import { mock } from 'node:test';
import t from 'tap';
import { writeCalendar } from '../../../src/documents/writing/write-calendar.ts';
import type { ListedExtension } from '../../../src/domain/extension.ts';
import { yearFrom } from '../../../src/domain/year.ts';
import { editions } from '../../../src/forms/editions.ts';
import { holds } from '../../support/property.ts';

const year = yearFrom(2023, { due: { county: '2024-02-08' } }, editions);

const extension: ListedExtension = {
  year: 2023,
  agencyId: 'shili-housing',
  agencyName: '示例市住房和城乡建设局',
  due: '2024-02-20',
  reason: '机构改革',
  grantedBy: 'admin',
  grantedAt: '2024-01-20T08:00:00.000Z',
};

/** The events as another program reads them. */
function eventsOf(calendar: string) {
  return new ICAL.Component(ICAL.parse(calendar) as unknown[]).getAllSubcomponents('vevent').map((component) => {
    const { uid, summary, description, startDate, component: event } = new ICAL.Event(component);
    const stamp = String(event.getFirstPropertyValue('dtstamp'));
    return { uid, summary, description, start: String(startDate), allDay: startDate.isDate, stamp };
  });
}

await t.test('another program reads every date of the year and every extension', async (t) => {
  const events = eventsOf(writeCalendar(year, [extension], 'zh-CN'));
  t.equal(events.length, 11, 'five levels to hand in and to publish, and one extension');
  t.equal(new Set(events.map(({ uid }) => uid)).size, 11);
  t.ok(events.every(({ allDay }) => allDay));
  t.match(
    events.find(({ uid }) => uid === 'due-county-2023@nianbao'),
    { start: '2024-02-08', summary: '2023年度政府信息公开年报报送期限：县级政府' },
  );
  t.match(
    events.find(({ uid }) => uid === 'publishBy-county-2023@nianbao'),
    { start: '2024-03-31' },
  );
  t.match(events.at(-1), {
    uid: 'extension-shili-housing-2023@nianbao',
    start: '2024-02-20',
    summary: '2023年度政府信息公开年报延期报送期限：示例市住房和城乡建设局',
    description: '机构改革',
    stamp: '2024-01-20T08:00:00Z',
  });
});

await t.test('in English, too', async (t) => {
  const [first] = eventsOf(writeCalendar(year, [], 'en'));
  t.match(first, { uid: 'due-province-2023@nianbao', summary: 'Annual report of 2023 to be handed in: province' });
});

await t.test('lines end in CRLF and have 75 octets at most', async (t) => {
  const calendar = writeCalendar(
    year,
    [{ ...extension, reason: '因机构改革，材料移交尚未完成。'.repeat(30) }],
    'zh-CN',
  );
  t.notMatch(calendar.replaceAll('\r\n', ''), /[\r\n]/);
  const lines = calendar.split('\r\n');
  t.equal(Math.max(...lines.map((line) => Buffer.byteLength(line))) <= 75, true);
  t.ok(
    lines.some((line) => line.startsWith(' ')),
    'some were folded',
  );
});

await t.test('the same dates give the same bytes at any time', async (t) => {
  const before = writeCalendar(year, [extension], 'zh-CN');
  t.teardown(() => mock.timers.reset());
  mock.timers.enable({ apis: ['Date'], now: Date.parse('2030-01-01T00:00:00Z') });
  t.equal(writeCalendar(year, [extension], 'zh-CN'), before);
});

await t.test('whatever a name or a reason says, it is read back and makes no line of its own', async (t) => {
  const text = fc
    .string({ unit: fc.constantFrom('BEGIN:VEVENT', '\n', '\t', '\\', ';', ',', ':', '"', '局', '𠮷', ' ', 'n', 'N') })
    .map((value) => `甲${value}乙`);
  const isReadBack = (reason: string, name: string) => {
    const agencyName = name.replace(/[\n\t]/g, ' ');
    const events = eventsOf(writeCalendar(year, [{ ...extension, reason, agencyName }], 'zh-CN'));
    const { description, summary = '' } = events.at(-1) ?? {};
    return events.length === 11 && description === reason && summary.endsWith(`：${agencyName}`);
  };
  holds(t, fc.property(text, text, isReadBack));
});
