import type { Actor } from '../src/domain/event.ts';
import { unpackTable, type Figures } from '../src/domain/figures.ts';
import type { CheckedForm } from '../src/domain/compile.ts';
import { publish, type ReportInput, type ReportKey, type SectionsInput } from '../src/domain/report.ts';
import { editionOf } from '../src/domain/year.ts';
import { figuresOf } from '../src/cli/demo-figures.ts';
import { putAgencies } from '../src/operations/put-agencies.ts';
import { putReport } from '../src/operations/put-report.ts';
import { putYear } from '../src/operations/put-year.ts';
import { formOf, type Service } from '../src/operations/service.ts';
import { narrativeOf } from './narratives.ts';
import { brokenFigures, seeded } from './reports.ts';

export const children = 3_000;
export const years = [2019, 2020, 2021, 2022, 2023] as const;

/** The year whose reports are measured. */
export const lastYear = 2023;

/** Who adds up all the others. */
export const parentId = 'bench';

/** How many agencies handed in the very same text. */
export const copiers = 100;

/** Writes that are committed together. */
const together = 200;

const characters = 1_200;

export const agencyId = (n: number) => `bench-${String(n).padStart(4, '0')}`;

/** The last year's reports that may still be written: one in ten a draft, one in ten as printed, which counts at once. */
export const drafts = numbers().filter((n) => n % 10 === 0);
export const printed = numbers().filter((n) => n % 10 === 1);

const by: Actor = { keyId: 'bench', role: 'admin' };

/** Those who copied, spread over all; some of them are drafts. */
export const copying = numbers()
  .filter((n) => n % (children / copiers) === 0)
  .slice(0, copiers);

/** Fills a store with 3,000 agencies under one, and five years of reports. */
export async function fillStore(service: Service): Promise<void> {
  await registerAgencies(service);
  for (const year of years) {
    await putYear(service, { year, conditions: {}, act: 'putYear', by }, {});
    await inBatches(numbers(), async (n) => {
      await put(service, { agencyId: agencyId(n), year }, firstReport(service, n, year));
      if (!isOpen(n, year)) await publishDraft(service, { agencyId: agencyId(n), year });
    });
    const key = { agencyId: parentId, year };
    await put(service, key, parentReport(service, year));
    if (year < lastYear) await publishDraft(service, key);
  }
}

/** Writes a report over whatever there is. */
export async function put(service: Service, key: ReportKey, input: ReportInput): Promise<void> {
  const { edition } = formOfYear(service, key.year);
  const { outcome } = await putReport(
    service,
    { key, conditions: { ifMatch: '*' }, edition: edition.id, act: 'putReport', by },
    input,
  );
  if (outcome === 'unchanged') throw new Error(`${key.agencyId} ${key.year}: nothing was written`);
}

/** A report as it is first written; every tenth has something wrong with it. */
export function firstReport(service: Service, n: number, year: number): ReportInput {
  const figures = figuresFor(service, n, year);
  const isBroken = n % 10 === 7 && year === lastYear;
  const form = formOfYear(service, year);
  return reportWith(service, n, year, isBroken ? brokenFigures(form, figures, seeded(n)) : figures, textFor(n, year));
}

/** The same report with one figure changed, one text changed, or the text that many copied. */
export function changedReport(service: Service, n: number, what: 'figures' | 'text' | 'copied'): ReportInput {
  const figures = figuresFor(service, n, lastYear);
  const form = formOfYear(service, lastYear);
  if (what === 'figures') {
    return reportWith(service, n, lastYear, brokenFigures(form, figures, seeded(n + 1)), textFor(n, lastYear));
  }
  const text = what === 'text' ? narrativeOf(seeded(n + 5_000_000), characters) : copiedText;
  return reportWith(service, n, lastYear, figures, text);
}

/** Does a thing for all of them, many at a time. */
export async function inBatches<Item>(items: readonly Item[], work: (item: Item) => Promise<unknown>): Promise<void> {
  for (let first = 0; first < items.length; first += together) {
    await Promise.all(items.slice(first, first + together).map(work));
  }
}

async function registerAgencies(service: Service): Promise<void> {
  const parent = { id: parentId, name: '示例市人民政府', level: 'prefecture', kind: 'government' } as const;
  const items = numbers().map((n) => {
    return { id: agencyId(n), name: `示例市第${n}局`, level: 'prefecture', kind: 'department', parentId } as const;
  });
  await putAgencies(service, { act: 'putAgencies', by }, [parent, ...items]);
}

/** As the demo does: there is no operation for it yet. */
async function publishDraft({ store, now }: Service, key: ReportKey): Promise<void> {
  await store.changeReport<void>(key, ({ report }) => {
    if (!report) throw new Error(`no report ${key.agencyId} ${key.year}`);
    return {
      write: publish(report, now().toISOString()),
      deed: { act: 'publishReport', by, at: now().toISOString() },
      result: () => undefined,
    };
  });
}

function isOpen(n: number, year: number): boolean {
  return year === lastYear && n % 10 < 2;
}

function formOfYear(service: Service, year: number): CheckedForm {
  return formOf(service, editionOf(year, service.editions).id);
}

function figuresFor(service: Service, n: number, year: number): Figures {
  const agency = { id: agencyId(n), name: '', level: 'prefecture', kind: 'department', activity: 1 } as const;
  return figuresOf(agency, year, (each) => formOfYear(service, each));
}

/** Adds up the children of the year, as they were first written. */
function parentReport(service: Service, year: number): ReportInput {
  const form = formOfYear(service, year);
  const sums = new Float64Array(form.cells.length);
  for (const n of numbers())
    figuresFor(service, n, year).forEach((figure, place) => (sums[place] = (sums[place] ?? 0) + figure));
  return reportWith(service, -1, year, sums, textFor(-1, year));
}

function reportWith(service: Service, n: number, year: number, figures: Figures, overview: string): ReportInput {
  const form = formOfYear(service, year);
  const sections = form.edition.sections.map(({ key, kind }) => [
    key,
    kind === 'table' ? unpackTable(form, key, figures) : { text: key === 'overview' ? overview : shortText(n, year) },
  ]);
  return { asPrinted: n % 10 === 1, sections: Object.fromEntries(sections) as SectionsInput };
}

const copiedText = narrativeOf(seeded(9_000_000), characters);

/** Every agency's own text each year, but for those who copied. */
function textFor(n: number, year: number): string {
  const isCopy = year === lastYear && copying.includes(n);
  return isCopy ? copiedText : narrativeOf(seeded(10_000 * (year - 2000) + n), characters);
}

function shortText(n: number, year: number): string {
  return narrativeOf(seeded(10_000 * year + n), 200);
}

function numbers(): number[] {
  return Array.from({ length: children }, (_, n) => n);
}
