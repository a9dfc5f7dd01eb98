import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { check, type Check } from '../src/domain/check.ts';
import { figuresWith, withTexts, type Cells } from './support/figures.ts';
import { formOf } from './support/forms.ts';

/** Figures of reports as published, beside the project where somebody has them. */
const folder = join(
  process.env['REPORTS_DIR'] ?? fileURLToPath(new URL('../../shared/reports', import.meta.url)),
  'full',
);

interface Published {
  readonly edition: string;
  readonly cells: Cells;
}

/** What is blank in print, by section; every sum that can be assessed holds in every one of them. */
const blanks: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  'hongze-2024': { requests: 14 },
  'huaian-2024': {},
  'kewei-2024': {},
  'pingtan-2021': {},
  'pingtan-2023': {},
  'shanghai-office-2019': { requests: 126, disputes: 9 },
  'shuyang-fgj-2023': { requests: 125 },
  'wuyang-office-2021': {},
};

if (existsSync(folder)) await readAll();
else {
  t.comment(`No published reports at ${folder}: set REPORTS_DIR to check against them.`);
  t.plan(0, 'the published reports are not here');
}

async function readAll(): Promise<void> {
  const found = readdirSync(folder).filter((file) => file.endsWith('.expected.json'));
  await t.test('every report expected is there', async (t) => {
    t.same(found.map((file) => file.replace('.expected.json', '')).sort(), Object.keys(blanks).sort());
  });
  for (const [name, blank] of Object.entries(blanks)) {
    await t.test(name, async (t) => {
      const report = JSON.parse(readFileSync(join(folder, `${name}.expected.json`), 'utf8')) as Published;
      const { verdict, findings, notAssessable, suspects } = checked(report);
      t.equal(verdict, Object.keys(blank).length > 0 ? 'incomplete' : 'consistent');
      t.same(
        findings.filter(({ kind, severity }) => kind !== 'structure' && severity !== 'warning'),
        [],
        'no sum is wrong',
      );
      const incomplete = findings.filter(({ rule }) => rule === 'report.complete');
      t.same(Object.fromEntries(incomplete.map(({ at, missing }) => [at, missing.length])), blank, 'what is blank');
      const blankTerms = notAssessable.filter(({ missing }) => missing.length > 0);
      t.equal(blankTerms.length > 0, verdict === 'incomplete', 'only blanks keep its own sums from being assessed');
      t.same(suspects, [], 'and no figure is under suspicion');
    });
  }
}

function checked({ edition, cells }: Published): Check {
  const form = formOf(edition);
  return check(form, withTexts(figuresWith(form, cells, null)), 'zh-CN');
}
