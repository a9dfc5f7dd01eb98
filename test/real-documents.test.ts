import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { decodeText } from '../src/documents/printed/decode-text.ts';
import { formatOf } from '../src/documents/printed/format.ts';
import type { Printed, PrintedCell } from '../src/documents/printed/printed.ts';
import { readDocx } from '../src/documents/printed/read-docx.ts';
import { readHtml } from '../src/documents/printed/read-html.ts';
import type { Cells } from './support/figures.ts';
import { formOf } from './support/forms.ts';

/** Reports as published, beside the project where somebody has them. */
const folder = join(
  process.env['REPORTS_DIR'] ?? fileURLToPath(new URL('../../shared/reports', import.meta.url)),
  'full',
);

interface Published {
  readonly edition: string;
  readonly cells: Cells;
}

/** How many rows of headings the table of requests has, and that of disputes. */
const headingRows = 3;

if (existsSync(folder)) await readAll();
else {
  t.comment(`No published reports at ${folder}: set REPORTS_DIR to read them.`);
  t.plan(0, 'the published reports are not here');
}

async function readAll(): Promise<void> {
  for (const name of ['pingtan-2023', 'shanghai-office-2019', 'shuyang-fgj-2023']) {
    await t.test(`${name}: the figures stand in their rows and columns`, async (t) => {
      const bytes = readFileSync(join(folder, `${name}.html`));
      t.equal(await formatOf(bytes), 'html');
      const { edition, cells } = JSON.parse(readFileSync(join(folder, `${name}.expected.json`), 'utf8')) as Published;
      const printed = readHtml(decodeText(bytes));
      const expected = (section: string) =>
        formOf(edition)
          .cells.filter((cell) => cell.section === section)
          .map(({ address }) => cells[address] ?? null);
      t.same(figuresOf(printed, '自然人', 7), expected('requests'));
      t.same(figuresOf(printed, '复议后起诉', 15), expected('disputes'));
    });
  }

  await t.test('the blank official form has every row, and nothing in it', async (t) => {
    const bytes = readFileSync(join(folder, 'official-template.docx'));
    t.equal(await formatOf(bytes), 'docx');
    const printed = await readDocx(bytes);
    t.same(figuresOf(printed, '自然人', 7), Array(175).fill(null));
    t.same(figuresOf(printed, '复议后起诉', 15), Array(15).fill(null));
  });
}

/** The figures at the end of every row below the headings of the table a label stands in. */
function figuresOf({ lines }: Printed, label: string, columns: number): (number | null)[] {
  const table = lines.find(({ cells }) => cells.some(({ text }) => text.replace(/\s/g, '') === label))?.place.table;
  return lines
    .filter(({ place }) => place.table === table && Number(place.row) > headingRows)
    .flatMap(({ cells }) => cells.slice(-columns).map(figureIn));
}

function figureIn({ text }: PrintedCell): number | null {
  return text.trim() === '' ? null : Number(text);
}
