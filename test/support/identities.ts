import fc from 'fast-check';
import type { CheckedForm } from '../../src/domain/compile.ts';
import type { CellValue, Edition } from '../../src/domain/edition.ts';
import type { Figures } from '../../src/domain/figures.ts';
import { layOut, type Form } from '../../src/domain/form.ts';
import type { Identity } from '../../src/domain/identity.ts';
import { tinyEdition } from './tiny.ts';

/** The equations of every rule that is one within a report. */
export function identitiesOf(form: CheckedForm): Identity[] {
  return form.instances.flatMap(({ identity }) => (identity ? [identity] : []));
}

/** A table without rules, its rows `r1` … and columns `c1` …, the cells counted as told. */
export function plainTable(rows: number, columns: number, value: CellValue = 'count'): Form {
  const keys = (letter: string, count: number) => Array.from({ length: count }, (_, n) => `${letter}${n + 1}`);
  const edition = tinyEdition(keys('r', rows), keys('c', columns), { type: 'complete' });
  return layOut(counting(edition, value));
}

function counting(edition: Edition, value: CellValue): Edition {
  const sections = edition.sections.map((section) => {
    if (section.kind !== 'table') return section;
    const blocks = section.blocks.map((block) => ({
      ...block,
      columns: block.columns.map((column) => ({ ...column, value })),
    }));
    return { ...section, blocks };
  });
  return { ...edition, sections };
}

/** The identities of a square table whose last row and last column state the totals of the others. */
export function totalsOfSquare(size: number): Identity[] {
  const lines = Array.from({ length: size }, (_, n) => n);
  const identity = (places: number[]) => ({
    one: Int32Array.from(places.slice(0, -1)),
    other: Int32Array.from(places.slice(-1)),
  });
  return [
    ...lines.map((row) => identity(lines.map((column) => row * size + column))),
    ...lines.map((column) => identity(lines.map((row) => row * size + column))),
  ];
}

/** Any few equations among so many cells. */
export function anyIdentities(cells: number): fc.Arbitrary<Identity[]> {
  const sides = fc.array(fc.constantFrom('one', 'other', 'none', 'none'), { minLength: cells, maxLength: cells });
  const identity = sides
    .filter((side) => side.some((each) => each !== 'none'))
    .map((side) => {
      const on = (name: string) => Int32Array.from(side.flatMap((each, place) => (each === name ? [place] : [])));
      return { one: on('one'), other: on('other') };
    });
  return fc.array(identity, { minLength: 1, maxLength: 5 });
}

/** What stands in `one` less what stands in `other`, exactly; `undefined` with a blank. */
export function residual({ one, other }: Identity, figures: Figures): bigint | undefined {
  if ([...one, ...other].some((place) => Number.isNaN(figures[place]))) return undefined;
  const total = (places: Int32Array) => [...places].reduce((sum, place) => sum + BigInt(figures[place] as number), 0n);
  return total(one) - total(other);
}

/** Whether every identity without a blank holds. */
export function allHold(identities: readonly Identity[], figures: Figures): boolean {
  return identities.every((identity) => (residual(identity, figures) ?? 0n) === 0n);
}
