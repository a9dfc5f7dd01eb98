import t from 'tap';
import { dayInChina } from '../../src/domain/calendar.ts';

await t.test('the day changes at midnight in China, not in Greenwich', async (t) => {
  t.equal(dayInChina(new Date('2024-01-31T15:59:59.999Z')), '2024-01-31');
  t.equal(dayInChina(new Date('2024-01-31T16:00:00Z')), '2024-02-01');
  t.equal(dayInChina(new Date('2024-12-31T23:00:00Z')), '2025-01-01');
});
