import type { AgencyKind, AgencyLevel } from '../agency.ts';
import type { GroupedBlock } from './add-up.ts';
import type { AgencyIndex } from './agency-index.ts';
import { chunkLength, type BlockReading } from './figure-block.ts';
import { groupOrder } from './group-order.ts';
import type { Dimension, Selection } from './query.ts';
import type { AgencyYear, SelectedReports } from './selected-reports.ts';

/** What a row is about, as far as it is grouped by it: agencies by number, -1 for the parent of an agency without one. */
export interface GroupKey {
  readonly year?: number;
  readonly agency?: number;
  readonly parent?: number;
  readonly level?: AgencyLevel;
  readonly kind?: AgencyKind;
}

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
        .map((block) => placed(reports, block, numbering.of(block.year + yearsEarlier), places));
    },
    missing: () => missingByGroup(reports, years, numbering),
  };
}

function byYearAndEdition(one: Layout['forms'][number], other: Layout['forms'][number]): number {
  return one.year - other.year || (one.edition < other.edition ? -1 : 1);
}

/** How groups are numbered: a year's come after those of the year before, where they are told apart. */
interface Numbering {
  readonly length: number;
  /** The number of an agency's group in a year. */
  readonly of: (year: number) => (agency: number) => number;
  readonly keyOf: (group: number) => GroupKey;
}

function numberGroups(
  { index, agencies: selected }: SelectedReports,
  years: readonly number[],
  groupBy: readonly Dimension[],
): Numbering {
  const keys: GroupKey[] = [];
  const known = new Map<string, number>();
  const groupOf = new Int32Array(selected.length);
  for (const [number, agency] of index.agencies.entries()) {
    if (!agency || selected[number] !== 1) continue;
    const key: GroupKey = {
      ...(groupBy.includes('agency') && { agency: number }),
      ...(groupBy.includes('parent') && { parent: index.parents[number] as number }),
      ...(groupBy.includes('level') && { level: agency.level }),
      ...(groupBy.includes('kind') && { kind: agency.kind }),
    };
    const name = Object.values(key).join(' ');
    const place = known.get(name) ?? keys.push(key) - 1;
    known.set(name, place);
    groupOf[number] = place;
  }
  const byYear = groupBy.includes('year');
  return {
    length: keys.length * (byYear ? years.length : 1),
    of: (year) => {
      const first = byYear ? years.indexOf(year) * keys.length : 0;
      return (agency) => first + (groupOf[agency] as number);
    },
    keyOf: (group) => ({
      ...(byYear && { year: years[Math.floor(group / keys.length)] as number }),
      ...keys[group % keys.length],
    }),
  };
}

/** How many reports each group has and should have, by its number. */
interface Counts {
  readonly reports: Int32Array;
  readonly consolidated: Int32Array;
  readonly expected: Int32Array;
  readonly missing: Int32Array;
}

function countGroups(reports: SelectedReports, years: readonly number[], { length, of }: Numbering): Counts {
  const none = () => new Int32Array(length);
  const counts = { reports: none(), consolidated: none(), expected: none(), missing: none() };
  const count = (kind: keyof Counts, group: number) => void (counts[kind][group] = (counts[kind][group] as number) + 1);
  for (const year of years) {
    const groupOf = of(year);
    reports.eachReport(year, (agency) => {
      count('reports', groupOf(agency));
      if (reports.index.agencies[agency]?.consolidates) count('consolidated', groupOf(agency));
    });
    reports.eachExpected(year, (agency, isThere) => {
      count('expected', groupOf(agency));
      if (!isThere) count('missing', groupOf(agency));
    });
  }
  return counts;
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
  numbering: Numbering,
): Map<number, AgencyYear[]> {
  const missing = new Map<number, AgencyYear[]>();
  for (const year of years) {
    const groupOf = numbering.of(year);
    reports.eachExpected(year, (agency, isThere) => {
      if (isThere) return;
      const before = missing.get(groupOf(agency));
      if (before) before.push({ agency, year });
      else missing.set(groupOf(agency), [{ agency, year }]);
    });
  }
  return missing;
}

function placed(
  reports: SelectedReports,
  block: BlockReading,
  groupOf: (agency: number) => number,
  places: Int32Array,
): GroupedBlock {
  const placeOf = new Int32Array(block.length).fill(-1);
  const hasAny = block.chunks.map(() => false);
  for (let slot = 0; slot < block.length; slot++) {
    if (!reports.has(block, slot)) continue;
    const place = places[groupOf(block.agencyOf[slot] as number)] as number;
    placeOf[slot] = place;
    if (place >= 0) hasAny[Math.floor(slot / chunkLength)] = true;
  }
  return { block, groupOf: placeOf, hasAny };
}
