import t from 'tap';
import { readCsv } from '../../../src/documents/printed/read-csv.ts';
import { reportReader } from '../../../src/documents/reading/read-report.ts';
import { forms } from '../../support/forms.ts';
import { refusalOf } from '../../support/printed.ts';

const read = reportReader(forms);
const head = 'agencyId,agency,year,edition,cell,value';
const csv = (...rows: string[]) => read(readCsv([head, ...rows].join('\n')), 'data.csv');

await t.test('rows of several reports are refused', async (t) => {
  const first = 'a,甲局,2023,2021,disclosure.regulations.issued,1';
  t.same(csv(first, ',,,,disclosure.regulations.repealed,2').sections['disclosure'], {
    ...csv(first).sections['disclosure'],
    regulations: { issued: 1, repealed: 2, inForce: null },
  });
  const others = ['a,乙局,2023,2021', 'a,甲局,2022,2021', 'a,甲局,2023,2019', 'b,甲局,2023,2021'];
  for (const other of others) {
    const reason = await refusalOf(() => csv(first, `${other},disclosure.regulations.repealed,2`));
    t.equal(reason, 'unsupported', other);
  }
});

await t.test('an address stated twice is blank where the values differ, and both are told', async (t) => {
  const rows = ['issued,1', 'issued,2', 'repealed,3', 'repealed,3'].map(
    (row) => `a,甲局,2023,2021,disclosure.regulations.${row}`,
  );
  const reading = csv(...rows);
  t.match(reading.sections['disclosure'], { regulations: { issued: null, repealed: 3 } });
  t.same(
    reading.unread.filter(({ cell }) => cell === 'disclosure.regulations.issued'),
    [{ reason: 'conflict', cell: 'disclosure.regulations.issued', text: '1 / 2', where: { line: 2, row: 2 } }],
  );
  const texts = csv('a,甲局,2023,2021,overview,甲', 'a,甲局,2023,2021,overview,乙');
  t.same(texts.sections['overview'], { text: null });
  t.same(texts.unread.at(-1), { reason: 'conflict', text: '甲 / 乙', where: { line: 2, row: 2 } });
});
