import t from 'tap';
import { dueOn, isOverdue, levelDue, wasSubmittedLate } from '../../src/domain/due.ts';
import { yearFrom } from '../../src/domain/year.ts';
import { editions } from '../../src/forms/editions.ts';

await t.test('an agency’s date is that of its level, or the later one it was granted', async (t) => {
  const year = yearFrom(2023, { due: { department: '2024-01-26' } }, editions);
  const ofDepartments = levelDue(year, { level: 'county', kind: 'department' });
  t.equal(ofDepartments, '2024-01-26');
  t.equal(levelDue(year, { level: 'county', kind: 'government' }), '2024-02-20');
  t.equal(dueOn(ofDepartments, undefined), '2024-01-26');
  t.equal(dueOn(ofDepartments, '2024-02-05'), '2024-02-05');
  t.equal(dueOn('2024-02-10', '2024-02-05'), '2024-02-10', 'an extension does not shorten a date moved since');
});

await t.test('overdue from the day after on, and never what is handed in', async (t) => {
  t.equal(isOverdue({ status: 'open' }, false, '2024-01-31', '2024-01-31'), false);
  t.equal(isOverdue({ status: 'open' }, false, '2024-01-31', '2024-02-01'), true);
  t.equal(isOverdue({ status: 'open' }, true, '2024-01-31', '2024-02-01'), false);
});

await t.test('late is what was first handed in after the day in China was over', async (t) => {
  t.equal(wasSubmittedLate('2024-01-31T15:59:59.999Z', '2024-01-31'), false);
  t.equal(wasSubmittedLate('2024-01-31T16:00:00.000Z', '2024-01-31'), true);
  t.equal(wasSubmittedLate(undefined, '2024-01-31'), false, 'what was never handed in is not late but overdue');
});
