import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import t, { type Test } from 'tap';
import { documentReader } from '../src/documents/read-document.ts';
import type { DocumentReading } from '../src/documents/reading.ts';
import type { TableContent } from '../src/domain/figures.ts';
import { importReading, leftFor, serviceAt } from './support/imports.ts';
import { forms } from './support/forms.ts';
import { saveAgencies, saveYears } from './support/store.ts';
import { openStore } from '../src/sqlite/store.ts';

/** Reports as published, with their true figures, beside the project where somebody has them. */
const folder = process.env['REPORTS_DIR'] ?? fileURLToPath(new URL('../../shared/reports', import.meta.url));

const read = documentReader(forms);

/** How many printed figures are left blank, told as such; everywhere else every one is read. */
const unread: Readonly<Record<string, number>> = {
  // One figure stands far from its row, on a line of its own.
  'kewei-2024.md': 1,
  // Three figures run together, and nothing tells where they part.
  'pingtan-2021-glued.txt': 3,
};

async function readFile(part: string, name: string): Promise<DocumentReading> {
  return read({ name, bytes: readFileSync(join(folder, part, name)) });
}

function figureAt({ sections }: DocumentReading, address: string): number | null {
  const [section = '', row = '', column = ''] = address.split('.');
  return (sections[section] as TableContent | undefined)?.[row]?.[column] ?? null;
}

interface Published {
  readonly agency: string;
  readonly year: number;
  readonly edition: string;
  readonly cells: Readonly<Record<string, number | null>>;
}

async function readFull(t: Test, name: string, published: Published): Promise<void> {
  const reading = await readFile('full', name);
  const { year, edition, cells } = published;
  t.match(reading, { year, edition });
  const differing = Object.entries(cells).filter(([address, figure]) => figureAt(reading, address) !== figure);
  t.same(
    differing.filter(([address]) => figureAt(reading, address) !== null),
    [],
    'no figure stands in the wrong cell',
  );
  t.equal(differing.length, unread[name] ?? 0);
  const told = new Set(reading.unread.map(({ cell }) => cell));
  t.ok(
    differing.every(([address]) => told.has(address)),
    'what was not read is told',
  );
}

async function readAll(): Promise<void> {
  const names = readdirSync(join(folder, 'full'));
  for (const expected of names.filter((name) => name.endsWith('.expected.json'))) {
    const published = JSON.parse(readFileSync(join(folder, 'full', expected), 'utf8')) as Published;
    const report = expected.replace('.expected.json', '');
    for (const name of names.filter((file) => file.startsWith(report) && file !== expected)) {
      await t.test(`${name}: every figure in its cell`, async (t) => readFull(t, name, published));
    }
  }
  await t.test('the official form, empty, is read as blanks', async (t) => {
    const { provenance, edition } = await readFile('full', 'official-template.docx');
    t.equal(edition, '2021');
    t.same(new Set(Object.values(provenance).map(({ state }) => state)), new Set(['blank']));
    t.equal(Object.keys(provenance).length, 200);
  });
  await t.test('the one row of 2019 in tables of 2021 is said to be one', async (t) => {
    const { otherEditions } = await readFile('full', 'hongze-2024.pdf');
    t.same(otherEditions, { requests: '2019' });
  });
  await t.test('published reports come in once it is said whose they are', async (t) => {
    const store = openStore(':memory:');
    t.teardown(() => store.close());
    await saveAgencies(store, { a: {}, b: {} });
    await saveYears(store, 2021, 2023, 2024);
    const service = serviceAt(store, '2026-06-01T00:00:00Z');
    const whole = await importReading(service, await readFile('full', 'wuyang-office-2021.txt'), { agencyId: 'a' });
    t.match(whole.committed, { asPrinted: true, outcome: 'created' });
    const hybrid = await importReading(service, await readFile('full', 'hongze-2024.pdf'), { agencyId: 'a' });
    t.match(hybrid.committed, { asPrinted: true, outcome: 'created' });
    const blank = await importReading(service, await readFile('full', 'shuyang-fgj-2023.html'), { agencyId: 'a' });
    t.same(leftFor(blank), ['blank']);
    const torn = await importReading(service, await readFile('full', 'pingtan-2021-glued.txt'), { agencyId: 'b' });
    t.same(leftFor(torn), ['unread']);
  });
}

if (existsSync(folder)) await readAll();
else {
  t.comment(`No published reports at ${folder}: set REPORTS_DIR to read them.`);
  t.plan(0, 'the published reports are not here');
}
