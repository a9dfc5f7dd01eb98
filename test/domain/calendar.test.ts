import t from 'tap';
import { dayInChina, daysFrom } from '../../src/domain/calendar.ts';

await t.test('the day changes at midnight in China, not in Greenwich', async (t) => {
  t.equal(dayInChina(new Date('2024-01-31T15:59:59.999Z')), '2024-01-31');
  t.equal(dayInChina(new Date('2024-01-31T16:00:00Z')), '2024-02-01');
  t.equal(dayInChina(new Date('2024-12-31T23:00:00Z')), '2025-01-01');
});

await t.test('days between two days, over the ends of months and leap years', async (t) => {
  t.equal(daysFrom('2024-02-28', '2024-03-01'), 2);
  t.equal(daysFrom('2023-02-28', '2023-03-01'), 1);
  t.equal(daysFrom('2024-02-01', '2024-01-31'), -1);
  t.equal(daysFrom('2024-02-01', '2024-02-01'), 0);
});
