import t from 'tap';
import { greatestText } from '../../../src/documents/printed/printed-lines.ts';
import { readJson } from '../../../src/documents/printed/read-json.ts';
import { reportReader } from '../../../src/documents/reading/read-report.ts';
import { forms } from '../../support/forms.ts';
import { refusalOf } from '../../support/printed.ts';

const read = reportReader(forms);

await t.test('a value that is no figure is told, and not taken for a blank', async (t) => {
  const regulations = { issued: true, repealed: { value: 1 }, inForce: null };
  const report = { year: 2023, edition: '2021', sections: { disclosure: { regulations } } };
  const { sections, unread, provenance } = read(readJson(JSON.stringify(report)), 'data.json');
  t.match(sections['disclosure'], { regulations: { issued: null, repealed: null, inForce: null } });
  const told = unread.filter(({ cell }) => cell?.startsWith('disclosure.regulations'));
  t.same(
    told.map(({ reason, text }) => [reason, text]),
    [
      ['not-a-figure', 'true'],
      ['not-a-figure', '{"value":1}'],
    ],
  );
  t.same(Object.keys(provenance), ['disclosure.regulations.inForce'], 'null is a blank');
});

await t.test('longer than any report is too long', async (t) => {
  const text = JSON.stringify({ sections: {} });
  t.equal(await refusalOf(() => readJson(text.padEnd(greatestText))), undefined);
  t.equal(await refusalOf(() => readJson(text.padEnd(greatestText + 1))), 'too-large');
});
