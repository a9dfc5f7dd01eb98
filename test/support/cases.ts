import { readdirSync, readFileSync } from 'node:fs';
import type { AgencyFacts, Assessed, ToldLikeness } from '../../src/domain/assessed.ts';
import { sideBySide } from '../../src/domain/assessed.ts';
import type { CheckedForm } from '../../src/domain/compile.ts';
import { readNarratives } from '../../src/domain/narrative.ts';
import { figuresWith, withTexts, type Cells } from './figures.ts';

/**
 * A report that passes or fails a rule at one place, and what it is compared with; `rest` is what every cell not named
 * holds. Last year and the years before it are on the same edition.
 */
export interface Case {
  readonly rest: number | null;
  readonly cells: Cells;
  readonly at: string;
  /** What is written in narratives; those not named say nothing to be checked. `null` is blank. */
  readonly texts?: Readonly<Record<string, string | null>>;
  readonly zeroReport?: boolean;
  readonly handedIn?: boolean;
  readonly agency?: AgencyFacts;
  readonly lastYear?: Cells;
  /** Earlier years, latest first. */
  readonly earlier?: readonly Cells[];
  readonly children?: { readonly reported: number; readonly missing: readonly string[]; readonly sums: Cells };
  readonly likenesses?: readonly ToldLikeness[];
  readonly statedSubtotals?: Readonly<Record<string, number>>;
  /** What the two sides of a failing comparison come to, and what of a text is quoted. */
  readonly left?: number;
  readonly right?: number;
  readonly quote?: string;
}

/** The first of each is the usual case, the others are its bounds. */
export interface Cases {
  readonly pass: readonly Case[];
  readonly fail: readonly Case[];
}

type OneOrMore = Case | readonly Case[];

const folder = new URL('../forms/', import.meta.url);

/**
 * The conformance cases on disk: one file a rule, and one a rule and edition (`<rule>@<edition>.json`) where editions
 * have other cells.
 */
export function readCases(): ReadonlyMap<string, Cases> {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  return new Map(files.map((file) => [file.replace(/\.json$/, ''), read(file)]));
}

export function casesOf(cases: ReadonlyMap<string, Cases>, rule: string, edition: string): Cases | undefined {
  return cases.get(`${rule}@${edition}`) ?? cases.get(rule);
}

function read(file: string): Cases {
  const { pass, fail } = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Record<'pass' | 'fail', OneOrMore>;
  return { pass: [pass].flat(), fail: [fail].flat() };
}

/** What the rules look at in a case: the same as in a report, its narratives really read. */
export function assessedOf(form: CheckedForm, one: Case): Assessed {
  const { lastYear, earlier = lastYear ? [lastYear] : [], children, ...rest } = one;
  const figures = figuresWith(form, one.cells, one.rest);
  const past = earlier.map((cells) => figuresWith(form, cells));
  const last = lastYear && figuresWith(form, lastYear);
  const year = form.edition.years.first + 1;
  return withTexts(figures, {
    year,
    figures: sideBySide(figures, last),
    zeroReport: rest.zeroReport ?? true,
    handedIn: rest.handedIn ?? false,
    earlier: past,
    ...(rest.texts && { readings: readingsOf(form, rest.texts, year) }),
    ...(rest.agency && { agency: rest.agency }),
    ...(rest.likenesses && { likenesses: rest.likenesses }),
    ...(rest.statedSubtotals && { statedSubtotals: rest.statedSubtotals }),
    ...(last && {
      lastYear: { year: year - 1, sameEdition: true, figures: last, indicators: form.indicators, cells: form.cellAt },
    }),
    ...(children && {
      children: {
        ...children,
        expected: children.reported + children.missing.length,
        sums: figuresWith(form, children.sums),
      },
    }),
  });
}

function readingsOf(form: CheckedForm, texts: NonNullable<Case['texts']>, year: number): Assessed['readings'] {
  const sections = Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, { text }]));
  return { ...withTexts(figuresWith(form, {})).readings, ...readNarratives(form, sections, { year }) };
}
