import { readFileSync } from 'node:fs';
import t from 'tap';
import { check } from '../../src/domain/check.ts';
import { readNarratives } from '../../src/domain/narrative.ts';
import { figuresWith, withTexts, type Cells } from '../support/figures.ts';
import { formOf } from '../support/forms.ts';

/** Narratives of one report, and what its tables hold; cells not named hold 0. */
interface Paragraph {
  readonly year: number;
  readonly agencyName: string;
  readonly texts: Readonly<Record<string, string>>;
  readonly cells: Cells;
  /** Where the narratives were made wrong on purpose: rule and place. */
  readonly wrong: readonly string[];
  /** Wrong as well, but in words that are not understood. */
  readonly missed?: readonly string[];
}

const paragraphs = JSON.parse(
  readFileSync(new URL('../fixtures/paragraphs.json', import.meta.url), 'utf8'),
) as readonly Paragraph[];

const form = formOf('2021');

await t.test('a narrative that agrees with its tables is never accused, and one that does not is', async (t) => {
  t.ok(paragraphs.some(({ wrong }) => wrong.length > 0) && paragraphs.some(({ wrong }) => wrong.length === 0));
  for (const paragraph of paragraphs) t.same(findingsOn(paragraph), paragraph.wrong, paragraph.texts['overview'] ?? '');
});

await t.test('the figures are read, not passed over', async (t) => {
  const claims = paragraphs.flatMap((paragraph) => Object.values(readingsOf(paragraph)).flatMap((one) => one.claims));
  t.comment(`${paragraphs.length} paragraphs, ${claims.length} claims`);
  t.ok(claims.length > 5 * paragraphs.length);
});

/** What a check of the whole report holds against its narratives. */
function findingsOn(paragraph: Paragraph): string[] {
  const figures = figuresWith(form, paragraph.cells);
  const assessed = withTexts(figures, { year: paragraph.year, readings: readingsOf(paragraph) });
  return check(form, assessed, 'zh-CN')
    .findings.filter(({ rule }) => isOfTexts(rule))
    .map(({ rule, at }) => `${rule} ${at}`);
}

function isOfTexts(rule: string): boolean {
  return rule.startsWith('text.') || rule === 'report.period' || rule === 'other.processingFee';
}

/** Narratives not named are written, and say nothing to be checked. */
function readingsOf({ year, agencyName, texts }: Paragraph) {
  const sections = Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, { text }]));
  const read = Object.entries(readNarratives(form, sections, { year, agencyName }));
  return { ...withTexts(figuresWith(form, {})).readings, ...Object.fromEntries(read.filter(([key]) => key in texts)) };
}
