import { fill, type Language, type Words } from '../../domain/language.ts';
import type { Reminder, Reminders } from '../../domain/reminders.ts';
import { statusInWords } from '../../domain/report.ts';

const words = {
  title: {
    'zh-CN': '{year}年度政府信息公开工作年度报告催报名单（{day}）',
    en: 'Whom to call for the annual reports of {year} ({day})',
  },
  overdue: { 'zh-CN': '逾期未报：{count}', en: 'Overdue: {count}' },
  soon: { 'zh-CN': '{within}天内到期：{count}', en: 'Due within {within} days: {count}' },
  daysLate: { 'zh-CN': '逾期{days}天', en: '{days} days late' },
  daysLeft: { 'zh-CN': '还有{days}天', en: '{days} days left' },
  dueToday: { 'zh-CN': '今天到期', en: 'due today' },
  missing: { 'zh-CN': '未填报', en: 'not begun' },
  noContact: { 'zh-CN': '未登记联系方式', en: 'no contact registered' },
} as const satisfies Record<string, Words>;

/** Whom to call, for people: a line for each agency, its fields between tabs, under two headings. */
export function writeReminders(reminders: Reminders, language: Language): string {
  const { items, within } = reminders;
  const late = items.filter(({ overdue }) => overdue);
  const soon = items.filter(({ overdue }) => !overdue);
  const line = (item: Reminder) => lineOf(item, language);
  const lines = [
    fill(words.title, language, { year: reminders.year, day: reminders.day }),
    '',
    fill(words.overdue, language, { count: late.length }),
    ...late.map(line),
    '',
    fill(words.soon, language, { within, count: soon.length }),
    ...soon.map(line),
  ];
  return `${lines.join('\n')}\n`;
}

function lineOf({ name, dueOn, daysLeft, status, contact }: Reminder, language: Language) {
  const fields = [
    name,
    dueOn,
    daysInWords(daysLeft, language),
    (status === undefined ? words.missing : statusInWords[status])[language],
    ...contactFields(contact, language),
  ];
  return fields.map(inOneLine).join('\t');
}

/** Always the same three where something is registered, so that they stay in their columns. */
function contactFields({ name = '', phone = '', email = '' }: Reminder['contact'] = {}, language: Language): string[] {
  const fields = [name, phone, email];
  return fields.every((field) => field === '') ? [words.noContact[language]] : fields;
}

function daysInWords(daysLeft: number, language: Language): string {
  if (daysLeft === 0) return words.dueToday[language];
  return fill(daysLeft < 0 ? words.daysLate : words.daysLeft, language, { days: Math.abs(daysLeft) });
}

/** What would end a field or a line becomes a space. */
function inOneLine(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
}
