import { groupedBlock, type GroupedBlock } from './add-up.ts';
import type { AgencyIndex } from './agency-index.ts';
import type { BlockReading } from './figure-block.ts';
import { numberGroups, type GroupKey, type Numbering } from './group-numbers.ts';
import { groupOrder } from './group-order.ts';
import type { Dimension, Selection } from './query.ts';
import type { AgencyYear, SelectedReports } from './selected-reports.ts';

export interface Group extends GroupKey {
  /** Its number among all groups there could be. */
  readonly number: number;
  readonly reports: number;
  /** Of these, sums of others (汇总). */
  readonly consolidated: number;
  readonly expected: number;
  /** Of those expected. */
  readonly missing: number;
}

/** The reports that were selected, laid out in groups. */
export interface Layout {
  readonly index: AgencyIndex;
  /** Ascending. */
  readonly years: readonly number[];
  /** In order: by what they are grouped by, in turn. */
  readonly groups: readonly Group[];
  /** The years and editions there are reports of. */
  readonly forms: readonly { readonly year: number; readonly edition: string }[];
  /** Each slot of each block with its place among some of the groups; `yearsEarlier`: the reports of so many years before. */
  readonly blocksOf: (groups: readonly Group[], yearsEarlier?: 0 | 1) => readonly GroupedBlock[];
  /** Who is expected and not there, by the number of the group: the earliest year first, then by id. */
  readonly missing: () => ReadonlyMap<number, readonly AgencyYear[]>;
}

/** Lays out reports by what they are to be grouped by. */
export function layOutGroups(
  reports: SelectedReports,
  selection: Pick<Selection, 'years' | 'tellsEmpty'>,
  groupBy: readonly Dimension[],
): Layout {
  const { index, blocks } = reports;
  const years = reports.years(selection);
  const numbering = numberGroups(reports, years, groupBy);
  const counts = countGroups(reports, years, numbering);
  const groups = groupsThereAre(counts, numbering, selection.tellsEmpty).sort(groupOrder(index, groupBy).compare);
  const forms = blocks.filter((block) => years.includes(block.year) && reports.hasAnyOf(block));
  return {
    index,
    years,
    groups,
    forms: forms.map(({ year, edition }) => ({ year, edition })).sort(byYearAndEdition),
    blocksOf: (some, yearsEarlier = 0) => {
      const places = new Int32Array(numbering.length).fill(-1);
      for (const [place, { number }] of some.entries()) places[number] = place;
      return blocks
        .filter(({ year }) => years.includes(year + yearsEarlier))
        .map((block) =>
          placed(reports, block, numbering.groupOf, places.subarray(numbering.first(block.year + yearsEarlier))),
        );
    },
    missing: () => missingByGroup(reports, years, numbering),
  };
}

function byYearAndEdition(one: Layout['forms'][number], other: Layout['forms'][number]): number {
  return one.year - other.year || (one.edition < other.edition ? -1 : 1);
}

/** How many reports each group has and should have, by its number. */
interface Counts {
  readonly reports: Int32Array;
  readonly consolidated: Int32Array;
  readonly expected: Int32Array;
  readonly missing: Int32Array;
}

function countGroups(
  reports: SelectedReports,
  years: readonly number[],
  { length, groupOf, first }: Numbering,
): Counts {
  const none = () => new Int32Array(length);
  const counts = { reports: none(), consolidated: none(), expected: none(), missing: none() };
  for (const year of years) {
    const [from, reported, expected] = [first(year), reports.reportedIn(year), reports.index.expectedIn(year)];
    for (let agency = 0; agency < reported.length; agency++) {
      if (reports.agencies[agency] !== 1) continue;
      const group = from + (groupOf[agency] as number);
      if (reported[agency] === 1) {
        increase(counts.reports, group);
        if (reports.index.agencies[agency]?.consolidates) increase(counts.consolidated, group);
      }
      if (expected[agency] !== 1) continue;
      increase(counts.expected, group);
      if (reported[agency] === 0) increase(counts.missing, group);
    }
  }
  return counts;
}

function increase(counts: Int32Array, group: number): void {
  counts[group] = (counts[group] as number) + 1;
}

/** Those groups of which anything may be told. */
function groupsThereAre(counts: Counts, { length, keyOf }: Numbering, tellsEmpty: boolean): Group[] {
  const groups: Group[] = [];
  for (let number = 0; number < length; number++) {
    const [reports, expected] = [counts.reports[number] as number, counts.expected[number] as number];
    if (reports === 0 && !(tellsEmpty && expected > 0)) continue;
    const [consolidated, missing] = [counts.consolidated[number] as number, counts.missing[number] as number];
    groups.push({ number, ...keyOf(number), reports, consolidated, expected, missing });
  }
  return groups;
}

function missingByGroup(
  reports: SelectedReports,
  years: readonly number[],
  { groupOf, first }: Numbering,
): Map<number, AgencyYear[]> {
  const missing = new Map<number, AgencyYear[]>();
  for (const year of years) {
    for (const agency of reports.missingIn(year)) {
      const group = first(year) + (groupOf[agency] as number);
      const before = missing.get(group);
      if (before) before.push({ agency, year });
      else missing.set(group, [{ agency, year }]);
    }
  }
  return missing;
}

function placed(reports: SelectedReports, block: BlockReading, groupOf: Int32Array, places: Int32Array): GroupedBlock {
  const placeOf = new Int32Array(block.length).fill(-1);
  for (let slot = 0; slot < block.length; slot++) {
    if (!reports.has(block, slot)) continue;
    placeOf[slot] = places[groupOf[block.agencyOf[slot] as number] as number] as number;
  }
  return groupedBlock(block, placeOf);
}
