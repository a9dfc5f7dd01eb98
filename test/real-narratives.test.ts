import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import type { Claim } from '../src/domain/claim.ts';
import { compileLexicon, readClaims } from '../src/domain/reading/read.ts';
import { lexicon } from '../src/forms/common/lexicon.ts';

/** Reports as published, beside the project where somebody has them. */
const folder = join(
  process.env['REPORTS_DIR'] ?? fileURLToPath(new URL('../../shared/reports', import.meta.url)),
  'full',
);

interface Narrative {
  readonly agencyName: string;
  readonly year: number;
  /** The `.expected.json` beside it. */
  readonly figures: string;
  readonly read: readonly string[];
  /** Topics in which the narrative itself disagrees with the tables. */
  readonly disagrees?: readonly string[];
}

const narratives: Readonly<Record<string, Narrative>> = {
  // The office's own requests are not those of the district: nothing is read of them.
  'hongze-2024.txt': {
    agencyName: '淮安市洪泽区人民政府',
    year: 2024,
    figures: 'hongze-2024',
    read: ['period 2024', 'processingFee mention'],
  },
  'huaian-2024.txt': {
    agencyName: '淮安市人民政府',
    year: 2024,
    figures: 'huaian-2024',
    read: [
      'period 2024',
      'requests 3119',
      'answered 3050',
      'carriedIn 34',
      'carriedOut 103',
      'reconsideration 351',
      'reconsideration.upheld 72',
      'reconsideration.corrected 64',
      'reconsideration.pending 37',
      'litigation 46',
      'litigation.upheld 25',
      'litigation.corrected 5',
      'litigation.pending 7',
      'processingFee mention',
    ],
  },
  'kewei-2024.md': {
    agencyName: '上海市科学技术委员会',
    year: 2024,
    figures: 'kewei-2024',
    read: [
      'period 2024',
      'reconsideration 1',
      'litigation 0',
      'requests 34',
      'carriedIn 2',
      'granted 9',
      'partlyGranted 0',
      'refused 2',
      'unable 10',
      'declined 0',
      'closed 14',
      'carriedOut 1',
      'processingFee mention',
      'processingFee none',
    ],
  },
  'pingtan-2021-glued.txt': {
    agencyName: '平潭综合实验区',
    year: 2021,
    figures: 'pingtan-2021',
    read: ['period 2021', 'requests 70', 'concluded 69', 'carriedOut 1', 'processingFee none'],
  },
  'pingtan-2023.html': {
    agencyName: '平潭综合实验区',
    year: 2023,
    figures: 'pingtan-2023',
    read: [
      'period 2023',
      'requests 81',
      'concluded 81',
      'refused 5',
      'refused share 6.17',
      'unable 31',
      'unable share 38.27',
      'declined 1',
      'declined share 1.23',
      'closed 2',
      'closed share 2.47',
      'reconsideration 2',
      'litigation 7',
      'processingFee none',
    ],
  },
  'shanghai-office-2019.html': {
    agencyName: '上海市人民政府办公厅',
    year: 2019,
    figures: 'shanghai-office-2019',
    read: [
      'period 2019',
      'requests 859',
      'answered 805',
      'carriedIn 18',
      'refused 35',
      'refused share 4.34',
      'unable 265',
      'unable share 32.9',
      'declined 158',
      'declined share 19.6',
      'closed 0',
      'reconsideration 7',
      'litigation 9',
    ],
    // It counts one of the three reasons (不掌握, 265) for all of 无法提供 (337).
    disagrees: ['unable 265', 'unable share 32.9'],
  },
  'shuyang-fgj-2023.html': {
    agencyName: '沭阳县发展和改革局',
    year: 2023,
    figures: 'shuyang-fgj-2023',
    read: ['period 2023', 'period 2023', 'requests 26', 'processingFee none'],
  },
  'wuyang-office-2021.txt': { agencyName: '舞阳县人民政府办公室', year: 2021, figures: 'wuyang-office-2021', read: [] },
};

type Cells = Readonly<Record<string, number | null>>;

/** The rows a topic adds up; disputes are in `disputes`, the others in `requests`. */
const rows: Readonly<Record<string, readonly string[]>> = {
  carriedIn: ['carriedIn'],
  carriedOut: ['carriedOut'],
  concluded: ['concluded'],
  answered: ['concluded'],
  granted: ['granted'],
  partlyGranted: ['partlyGranted'],
  refused: ['refused'],
  unable: ['unable'],
  declined: ['declined'],
  closed: ['closed'],
  reconsideration: ['reconsideration'],
  litigation: ['directLitigation', 'litigationAfterReconsideration'],
};

const reader = compileLexicon(lexicon);

if (existsSync(folder)) await readAll();
else {
  t.comment(`No published reports at ${folder}: set REPORTS_DIR to read them.`);
  t.plan(0, 'the published reports are not here');
}

async function readAll(): Promise<void> {
  for (const [file, narrative] of Object.entries(narratives)) {
    await t.test(file, async (t) => {
      const claims = readClaims(reader, textOf(readFileSync(join(folder, file), 'utf8')), narrative);
      const expected = readFileSync(join(folder, `${narrative.figures}.expected.json`), 'utf8');
      const { cells } = JSON.parse(expected) as { readonly cells: Cells };
      t.same(claims.map(said), narrative.read);
      t.same(
        claims.filter((claim) => !agrees(claim, cells, narrative.year)).map(said),
        narrative.disagrees ?? [],
        'what the tables do not bear out',
      );
    });
  }
}

/** The text of a page: what stands between its tags, a block a line. */
function textOf(page: string): string {
  if (!page.includes('<html') && !page.includes('<HTML') && !page.includes('<table')) return page;
  return page
    .replace(/<(script|style)[\s\S]*?<\/\1>/gi, '')
    .replace(/<\/(p|div|tr|h\d)>/gi, '\n')
    .replace(/<[^>]*>/g, '')
    .replaceAll('&nbsp;', ' ');
}

function said({ topic, kind, value }: Claim): string {
  if (kind === 'count' || kind === 'year') return `${topic} ${value}`;
  return value === null ? `${topic} ${kind}` : `${topic} ${kind} ${value}`;
}

function agrees({ topic, kind, value }: Claim, cells: Cells, year: number): boolean {
  if (kind === 'year') return value === year;
  if (kind !== 'count' && kind !== 'share') return true;
  const received = [sumOf(cells, 'received'), sumOf(cells, 'received') + sumOf(cells, 'carriedIn')];
  if (topic === 'requests') return received.includes(value as number);
  const [named = '', result = 'total'] = topic.split('.');
  const total = (rows[named] ?? []).reduce((sum, row) => sum + sumOf(cells, row, result), 0);
  if (kind === 'count') return total === value;
  return Math.abs((100 * total) / sumOf(cells, 'concluded') - (value as number)) < 0.1;
}

/** A row's figure, or the sum of the rows whose names begin so (不予公开 has eight). */
function sumOf(cells: Cells, row: string, column = 'total'): number {
  const many = /^(refused|unable|declined|closed)$/.test(row);
  const addresses = Object.keys(cells).filter((address) => {
    const [section, name = '', last] = address.split('.');
    return section !== 'disclosure' && last === column && (name === row || (many && name.startsWith(row)));
  });
  return addresses.reduce((sum, address) => sum + (cells[address] ?? ofApplicants(cells, address)), 0);
}

/** Where the 总计 of a row is blank in print, what its applicants add up to. */
function ofApplicants(cells: Cells, address: string): number {
  const row = address.slice(0, address.lastIndexOf('.') + 1);
  const figures = Object.entries(cells).filter(([other]) => other.startsWith(row) && other !== address);
  return figures.reduce((sum, [, figure]) => sum + (figure ?? 0), 0);
}
