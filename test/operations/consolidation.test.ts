import fc from 'fast-check';
import t from 'tap';
import type { ConsolidatedCell } from '../../src/domain/consolidation.ts';
import type { Cell } from '../../src/domain/cell.ts';
import type { Form } from '../../src/domain/form.ts';
import type { ReportContent, ReportInput } from '../../src/domain/report.ts';
import { getConsolidation } from '../../src/operations/get-consolidation.ts';
import { buildService } from '../../src/operations/service.ts';
import { openStore } from '../../src/sqlite/store.ts';
import { legalFigure, tablesOf } from '../support/figures.ts';
import { formOf, rulebook } from '../support/forms.ts';
import { holdsAfterWaiting } from '../support/property.ts';
import { saveAgencies, saveReport, saveYears } from '../support/store.ts';

const levels = 5;

interface Node {
  readonly id: string;
  readonly parentId?: string;
  readonly vertical: boolean;
  readonly activeTo?: string;
  /** Absent where there is none. */
  readonly report?: ReportInput;
}

/** So small that the sum of a whole tree is exact, and so great that it sometimes is more than a cell holds. */
const greatest = 1e14;

function reportOn(form: Form): fc.Arbitrary<ReportInput> {
  const cell = fc.nat(form.cells.length - 1).chain((index) => {
    const figure = legalFigure(form.cells[index] as Cell, greatest);
    return fc.tuple(fc.constant(index), fc.option(figure, { nil: Number.NaN, freq: 3 }));
  });
  return fc
    .record({ asPrinted: fc.boolean(), rest: fc.nat(1_000), cells: fc.array(cell, { maxLength: 12 }) })
    .map(({ asPrinted, rest, cells }) => {
      const figures = new Float64Array(form.cells.length).fill(rest);
      for (const [index, figure] of cells) figures[index] = figure;
      return { asPrinted, sections: tablesOf(form, figures) };
    });
}

/** Agencies each below one before it; the first ones below one another, so that there are five levels. */
function tree(form: Form): fc.Arbitrary<Node[]> {
  const node = fc.record({
    below: fc.nat(),
    vertical: fc.boolean(),
    ended: fc.boolean(),
    report: fc.option(reportOn(form), { nil: undefined, freq: 4 }),
  });
  return fc.array(node, { minLength: levels, maxLength: 20 }).map((nodes) => {
    const depths: number[] = [];
    return nodes.map(({ below, vertical, ended, report }, n) => {
      const parents = depths.flatMap((depth, place) => (depth < levels - 1 ? [place] : []));
      const parent = n < levels ? n - 1 : (parents[below % parents.length] as number);
      depths.push((depths[parent] ?? -1) + 1);
      return {
        id: `agency-${n}`,
        vertical: vertical && below % 3 === 0,
        ...(parent >= 0 && { parentId: `agency-${parent}` }),
        ...(ended && below % 2 === 0 && { activeTo: '2021-06-30' }),
        ...(report && { report }),
      };
    });
  });
}

/** What a cell is in a report’s JSON, in the units the sum is exact in. */
function exactly({ section, row, column, value }: Cell, content: ReportContent | undefined): bigint | undefined {
  const written = (content?.sections[section] as Record<string, Record<string, number | null>> | undefined)?.[row];
  const figure = written?.[column] ?? undefined;
  return figure === undefined ? undefined : BigInt(Math.round(value === 'amount' ? figure * 1e6 : figure));
}

function naiveSum(cell: Cell, contents: readonly ReportContent[]): number | null {
  const figures = contents.map((content) => exactly(cell, content));
  if (figures.length === 0 || figures.includes(undefined)) return null;
  const sum = figures.reduce((one: bigint, other) => one + (other as bigint), 0n);
  if (cell.value === 'amount') return sum > 10n ** 15n ? null : Number(sum) / 1e6;
  return Number(sum);
}

for (const [edition, year] of [
  ['2019', 2020],
  ['2021', 2022],
] as const) {
  const form = formOf(edition);
  await t.test(`whatever the tree, the sum is that of the reports’ JSON (${edition})`, async (t) => {
    const added = async (nodes: readonly Node[]) => {
      const store = openStore(':memory:');
      const service = buildService(rulebook, store, () => new Date('2023-01-10T08:00:00.000Z'));
      const now = service.now().toISOString();
      const agencies = nodes.map(({ id, report: _, ...node }) => [id, { ...node, consolidates: true }]);
      await saveAgencies(store, Object.fromEntries(agencies) as Record<string, object>);
      await saveYears(store, year);
      const contents = new Map<string, ReportContent>();
      for (const { id, report } of nodes) {
        if (!report) continue;
        await saveReport(store, { agencyId: id, year }, report, now);
        const answer = (await store.reportAnswer({ agencyId: id, year }, 'all'))?.answer as Uint8Array;
        contents.set(id, JSON.parse(Buffer.from(answer).toString()) as ReportContent);
      }
      for (const { id } of nodes) {
        const children = nodes.filter(
          ({ parentId, vertical, activeTo }) => parentId === id && !vertical && (activeTo === undefined || year < 2021),
        );
        if (children.length === 0) continue;
        const counted = children.flatMap((child) => {
          const content = contents.get(child.id);
          return content?.asPrinted ? [content] : [];
        });
        const query = { key: { agencyId: id, year }, cells: [], language: 'en' } as const;
        const { cells } = JSON.parse((await getConsolidation(service, query)).answer) as { cells: ConsolidatedCell[] };
        const sums = form.cells.map((cell) => naiveSum(cell, counted));
        const stated = form.cells.map((cell) => {
          const figure = exactly(cell, contents.get(id));
          return figure === undefined ? null : cell.value === 'amount' ? Number(figure) / 1e6 : Number(figure);
        });
        if (JSON.stringify(cells.map(({ sum }) => sum)) !== JSON.stringify(sums)) return false;
        if (JSON.stringify(cells.map((cell) => cell.stated)) !== JSON.stringify(stated)) return false;
      }
      await store.close();
      return true;
    };
    await holdsAfterWaiting(t, fc.asyncProperty(tree(form), added), { numRuns: 15 });
  });
}
