import t from 'tap';
import { writeReminders } from '../../../src/documents/writing/write-reminders.ts';
import type { Reminder, Reminders } from '../../../src/domain/reminders.ts';

const housing: Reminder = {
  agencyId: 'housing',
  name: '示例市住房和城乡建设局',
  status: 'draft',
  dueOn: '2024-01-31',
  overdue: true,
  daysLeft: -1,
  contact: { name: '示例一', email: 'one@shili.example' },
};

const water: Reminder = { agencyId: 'water', name: '示例市水利局', dueOn: '2024-02-01', overdue: false, daysLeft: 0 };
const sport: Reminder = { ...water, agencyId: 'sport', name: '示例市体育局', dueOn: '2024-02-04', daysLeft: 3 };

function reminders(items: readonly Reminder[]): Reminders {
  return { year: 2023, day: '2024-02-01', within: 14, items };
}

await t.test('a line for each agency, its fields between tabs', async (t) => {
  t.equal(
    writeReminders(reminders([housing, water, sport]), 'zh-CN'),
    [
      '2023年度政府信息公开工作年度报告催报名单（2024-02-01）',
      '',
      '逾期未报：1',
      '示例市住房和城乡建设局\t2024-01-31\t逾期1天\t草稿\t示例一\t\tone@shili.example',
      '',
      '14天内到期：2',
      '示例市水利局\t2024-02-01\t今天到期\t未填报\t未登记联系方式',
      '示例市体育局\t2024-02-04\t还有3天\t未填报\t未登记联系方式',
      '',
    ].join('\n'),
  );
});

await t.test('in English, too', async (t) => {
  const text = writeReminders(reminders([housing, water]), 'en');
  t.match(text, 'Overdue: 1\n');
  t.match(text, '\t1 days late\ta draft\t');
  t.match(text, '\tdue today\tnot begun\tno contact registered\n');
});

await t.test('nothing in the data ends a field or a line', async (t) => {
  const hostile = '甲\t乙\n丙\r\n丁\u2028戊\u0085己\u000b庚';
  const contact = { name: hostile, phone: hostile, email: hostile };
  const text = writeReminders(reminders([{ ...housing, name: hostile, contact }]), 'zh-CN');
  const lines = text.split(/\r\n|[\n\r\u000b\u0085\u2028\u2029]/);
  t.equal(lines.length, 7);
  t.same(lines[3]?.split('\t'), [
    '甲 乙 丙 丁 戊 己 庚',
    '2024-01-31',
    '逾期1天',
    '草稿',
    '甲 乙 丙 丁 戊 己 庚',
    '甲 乙 丙 丁 戊 己 庚',
    '甲 乙 丙 丁 戊 己 庚',
  ]);
});
