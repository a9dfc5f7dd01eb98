import { Readable } from 'node:stream';
import t from 'tap';
import { linesOf } from '../../src/http/ndjson.ts';
import { testApp } from '../support/app.ts';
import { wuyang } from '../support/wuyang.ts';

const { call } = await testApp(t, { bodyLimit: 65_536 });
const ndjson = { 'content-type': 'application/x-ndjson' };

/** The answers to lines, each as JSON. */
async function answers(lines: string): Promise<Record<string, unknown>[]> {
  const response = await call('POST', '/v1/check', lines, ndjson);
  t.equal(response.statusCode, 200);
  t.match(response.headers['content-type'], /^application\/x-ndjson/);
  t.ok(response.body === '' || response.body.endsWith('\n'));
  return response.body
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

const report = (year: number) => JSON.stringify({ year, sections: wuyang.sections });

await t.test('a check for every line, in their order', async (t) => {
  const years = [2023, 2021, 2022];
  const found = await answers(years.map(report).join('\n'));
  t.match(
    found,
    years.map((year) => ({ year, edition: '2021', verdict: 'consistent' })),
  );
  t.same(await answers(`${report(2021)}\r\n\n  \n`), [found[1]], 'blank lines are no reports');
  t.same(await answers(''), []);
});

await t.test('a bad line is answered by its problem and loses nobody else', async (t) => {
  const lines = [report(2021), '{"year":', '{"year":"2021"}', '{"year":1800}', 'x'.repeat(70_000), report(2022)];
  t.match(await answers(lines.join('\n')), [
    { verdict: 'consistent' },
    { code: 'body-malformed', status: 400 },
    { code: 'request-invalid', status: 400, errors: [{ pointer: '/year' }] },
    { code: 'year-without-edition', status: 422 },
    { code: 'body-too-large', status: 413 },
    { verdict: 'consistent' },
  ]);
});

await t.test('a thousand lines and no more', async (t) => {
  const found = await answers(Array.from({ length: 1_002 }, () => '{"year":2021}').join('\n'));
  t.equal(found.length, 1_001);
  t.match(found.at(999), { verdict: 'incomplete' });
  t.match(found.at(1_000), { code: 'too-many-lines', status: 413 });
});

await t.test(
  'lines are told apart and counted however they come in, and too many bytes are read no further',
  async (t) => {
    const limits = { line: 10, body: 60 };
    const linesIn = async (text: string, size: number) => {
      const chunks = text.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [];
      const found: string[] = [];
      for await (const lines of linesOf(Readable.from(chunks.map((chunk) => Buffer.from(chunk))), limits)) {
        for (const line of lines) {
          found.push(`${line.number} ${'text' in line ? line.text.toString() : Object.keys(line).at(-1)}`);
        }
      }
      return found;
    };
    for (const size of [1, 2, 7, 100]) {
      t.same(await linesIn('a\n\n  \r\nbc\n12345678901\n1234567890\nlast', size), [
        '1 a',
        '4 bc',
        '5 tooLong',
        '6 1234567890',
        '7 last',
      ]);
      t.match((await linesIn('ab\n'.repeat(30), size)).at(-1), /tooMuch$/);
    }
  },
);

await t.test('nowhere else are lines taken', async (t) => {
  const response = await call('PUT', '/v1/years/2021', '{}', ndjson);
  t.equal(response.statusCode, 415);
});
