import type { DemoAgency } from '../src/cli/demo-city.ts';
import { figuresOf } from '../src/cli/demo-figures.ts';
import { compile, type CheckedForm } from '../src/domain/compile.ts';
import { unpackTable, type Figures } from '../src/domain/figures.ts';
import { withTexts } from '../test/support/figures.ts';
import type { Assessed } from '../src/domain/assessed.ts';
import type { ReportInput, SectionsInput } from '../src/domain/report.ts';
import { editions } from '../src/forms/editions.ts';

/** Numbers from 0 up to 1, the same ones in every run. */
export type Random = () => number;

/** Every edition, oldest first. */
export const forms: readonly CheckedForm[] = editions.map(compile);

/** About as long as the narratives agencies publish. */
const narrative =
  '本机关依法做好主动公开、依申请公开、政府信息管理、平台建设和监督保障工作，及时回应社会关切，办理结果逐件核对。'.repeat(
    6,
  );

/** mulberry32. */
export function seeded(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The figures of a busy agency, every total and balance right. */
export function soundFigures(form: CheckedForm, id: string, year = form.edition.years.first): Figures {
  const agency: DemoAgency = { id, name: id, level: 'county', kind: 'department', activity: 8 };
  return figuresOf(agency, year, () => form);
}

/** The same with one or two wrong cells where cells are added up, now and then a blank one. */
export function brokenFigures(form: CheckedForm, figures: Figures, random: Random): Figures {
  const broken = figures.slice();
  const summed = form.cells.filter(({ section }) => section === 'requests' || section === 'disputes');
  for (let left = random() < 0.5 ? 1 : 2; left > 0; left--) {
    const { index } = summed[Math.floor(random() * summed.length)] as (typeof summed)[number];
    broken[index] = random() < 0.1 ? Number.NaN : (broken[index] as number) + 1 + Math.floor(random() * 9);
  }
  return broken;
}

/** What the rules look at. */
export function assessedOf(figures: Figures): Assessed {
  return withTexts(figures);
}

/** A report as a portal sends it. */
export function bodyOf(form: CheckedForm, figures: Figures): ReportInput {
  const sections = form.edition.sections.map(({ key, kind }) => [
    key,
    kind === 'table' ? unpackTable(form, key, figures) : { text: narrative },
  ]);
  return { sections: Object.fromEntries(sections) as SectionsInput };
}
