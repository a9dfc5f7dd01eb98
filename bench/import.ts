/** Published reports read into the form, on one core: `npm run bench:import`, explained in README.md. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { simplified } from '../src/documents/reading/normal-form.ts';
import { documentReader, type DocumentFile } from '../src/documents/read-document.ts';
import type { DocumentReading } from '../src/documents/reading.ts';
import { writeDocx } from '../src/documents/writing/write-docx.ts';
import { documentOf } from '../test/support/documents.ts';
import { percent, printTable, verdictOn, whole } from './figures.ts';
import { importsBeside } from './import-beside.ts';
import { timesOf } from './rate.ts';
import { forms } from './reports.ts';

/** Reports as published, beside the project where somebody has them. */
const folder = process.env['REPORTS_DIR'] ?? fileURLToPath(new URL('../../shared/reports', import.meta.url));

/** The least share of the printed cells that is read, by the ending of the file: text has lost more than markup has. */
const leastShare: Readonly<Record<string, number>> = {
  '.html': 1,
  '.docx': 1,
  '.txt': 0.97,
  '.md': 0.97,
  '.pdf': 0.97,
};

/** Reports a second. */
const leastSpeed: Readonly<Record<string, number>> = { '.html': 200 };

/** The columns of a line that tell its speed: the figure, its limit, and whether it is met. */
const speedColumns = 3;

/** How long a file is read again and again. */
const milliseconds = 1_000;

type Figures = Readonly<Record<string, number | null>>;

interface Published {
  readonly file: DocumentFile;
  readonly expected: Figures;
}

const read = documentReader(forms);

/** The files a report of known figures was published in, and the Word file the service makes of the figures. */
async function publishedReports(): Promise<Published[]> {
  const names = readdirSync(join(folder, 'full'));
  const reports = names
    .filter((name) => name.endsWith('.expected.json'))
    .map((name) => name.replace('.expected.json', ''));
  const found = reports.map(async (report): Promise<Published[]> => {
    const text = readFileSync(join(folder, 'full', `${report}.expected.json`), 'utf8');
    const { cells, edition } = JSON.parse(text) as { cells: Figures; edition: string };
    const files = names.filter((file) => file.startsWith(report) && extname(file) in leastShare);
    const made = { name: `${report}.docx`, bytes: await wordFile(edition, cells) };
    return [...files.map((file) => fileIn('full', file)), made].map((file) => ({ file, expected: cells }));
  });
  return (await Promise.all(found)).flat();
}

async function wordFile(edition: string, cells: Figures): Promise<Uint8Array> {
  const form = forms.find((one) => one.edition.id === edition);
  if (!form) throw new Error(`no edition ${edition}`);
  return writeDocx(documentOf(form, { cells, rest: null }));
}

function fileIn(part: string, name: string): DocumentFile {
  return { name, bytes: readFileSync(join(folder, part, name)) };
}

async function lineOf({ file, expected }: Published): Promise<string[]> {
  const figures = figuresOf(await read(file));
  const printed = Object.entries(expected).filter(([, figure]) => figure !== null);
  const right = printed.filter(([address, figure]) => figures.get(address) === figure).length;
  const wrong = [...figures].filter(([address, figure]) => figure !== (expected[address] ?? null)).length;
  const ending = extname(file.name);
  const speed = await speedOf(file);
  const least = leastShare[ending] as number;
  return [
    file.name,
    ...[right, wrong, printed.length - right - wrong, printed.length].map(String),
    ...[percent(right / printed.length, 1), `≥ ${percent(least)}`, verdictOn(right / printed.length, least)],
    wrong === 0 ? 'met' : 'MISSED',
    ...[whole(speed), leastSpeed[ending] === undefined ? '' : `≥ ${leastSpeed[ending]}`],
    verdictOn(speed, leastSpeed[ending]),
  ];
}

/** What was read, by cell address. */
function figuresOf({ sections }: DocumentReading): Map<string, number> {
  const figures = new Map<string, number>();
  for (const [section, content] of Object.entries(sections)) {
    for (const [row, columns] of Object.entries(content)) {
      // A narrative has a text where a table has rows.
      if (columns === null || typeof columns !== 'object') continue;
      for (const [column, figure] of Object.entries(columns as Figures)) {
        if (figure !== null) figures.set(`${section}.${row}.${column}`, figure);
      }
    }
  }
  return figures;
}

/** Documents a second of processor time, after a round of warming up. */
async function speedOf(file: DocumentFile): Promise<number> {
  const once = await timesOf([file, file, file], read);
  const round = Array<DocumentFile>(Math.ceil(milliseconds / once.cpu)).fill(file);
  await timesOf(round, read);
  return 1_000 / (await timesOf(round, read)).cpu;
}

/** How many figures the beginning of a report gives, and how many of them have no digits in it. */
async function excerptLine(name: string): Promise<string[]> {
  const file = fileIn('excerpts', name);
  const reading = await read(file);
  const text = simplified(Buffer.from(file.bytes).toString('utf8')).replaceAll(/[,，]/gu, '');
  const figures = [...figuresOf(reading)];
  const invented = figures.filter(([address]) => !isPrinted(reading.provenance[address]?.text, text));
  return [
    name,
    reading.edition ?? '',
    String(figures.length),
    String(invented.length),
    invented.length ? 'MISSED' : 'met',
  ];
}

function isPrinted(figure: string | undefined, text: string): boolean {
  return figure !== undefined && text.includes(simplified(figure).replaceAll(/[,，]/gu, ''));
}

if (existsSync(folder)) {
  const full: string[][] = [];
  for (const report of await publishedReports()) full.push(await lineOf(report));
  printTable(
    ['', 'right', 'wrong', 'blank', 'printed', 'share', 'limit', '', 'none wrong', 'per second', 'limit', ''],
    full,
  );
  console.log();
  const excerpts: string[][] = [];
  for (const name of readdirSync(join(folder, 'excerpts')).filter((file) => /^\d+\.txt$/u.test(file))) {
    excerpts.push(await excerptLine(name));
  }
  printTable(['', 'edition', 'figures', 'invented', ''], excerpts);
  // What was read wrong fails the run; a speed does not, since it is the machine's too.
  const figures = full.map((line) => line.slice(0, -speedColumns));
  if ([...figures, ...excerpts].some((line) => line.includes('MISSED'))) process.exitCode = 1;
} else {
  console.log(`No published reports at ${folder}: set REPORTS_DIR to read them.`);
}
console.log();
await importsBeside();
