import { agencyKinds, agencyLevels, type AgencyKind, type AgencyLevel } from '../agency.ts';
import type { AgencyIndex } from './agency-index.ts';
import type { RegisteredAgency } from './figure-changes.ts';
import type { Dimension } from './query.ts';
import type { SelectedReports } from './selected-reports.ts';

/** What a row is about, as far as it is grouped by it: agencies by number, -1 for the parent of an agency without one. */
export interface GroupKey {
  readonly year?: number;
  readonly agency?: number;
  readonly parent?: number;
  readonly level?: AgencyLevel;
  readonly kind?: AgencyKind;
}

/** How groups are numbered: a year's come after those of the year before, where they are told apart. */
export interface Numbering {
  readonly length: number;
  /** The number of an agency's group among those of a year, by the number of the agency. */
  readonly groupOf: Int32Array;
  /** The number of a year's first group. */
  readonly first: (year: number) => number;
  readonly keyOf: (group: number) => GroupKey;
}

/** Numbers the groups that the selected agencies can be in. */
export function numberGroups(
  { index, agencies: selected }: SelectedReports,
  years: readonly number[],
  groupBy: readonly Dimension[],
): Numbering {
  const axes = groupBy.flatMap((dimension) => (dimension === 'year' ? [] : [axisOf[dimension]]));
  const keys: GroupKey[] = [];
  const known = new Map<number, number>();
  const groupOf = new Int32Array(selected.length);
  for (const [number, agency] of index.agencies.entries()) {
    if (!agency || selected[number] !== 1) continue;
    let name = 0;
    for (const { length, place } of axes) name = name * length(index) + place(index, number, agency);
    let group = known.get(name);
    if (group === undefined) {
      group = keys.push(Object.assign({}, ...axes.map(({ key }) => key(index, number, agency))) as GroupKey) - 1;
      known.set(name, group);
    }
    groupOf[number] = group;
  }
  const byYear = groupBy.includes('year');
  return {
    length: keys.length * (byYear ? years.length : 1),
    groupOf,
    first: (year) => (byYear ? years.indexOf(year) * keys.length : 0),
    keyOf: (group) => ({
      ...(byYear && { year: years[Math.floor(group / keys.length)] as number }),
      ...keys[group % keys.length],
    }),
  };
}

type OfAgency<Result> = (index: AgencyIndex, number: number, agency: RegisteredAgency) => Result;

/** What tells the groups of a dimension apart: how many there may be, which of them an agency is in, and its key. */
interface Axis {
  readonly length: (index: AgencyIndex) => number;
  readonly place: OfAgency<number>;
  readonly key: OfAgency<GroupKey>;
}

const axisOf: Readonly<Record<Exclude<Dimension, 'year'>, Axis>> = {
  agency: {
    length: ({ agencies }) => agencies.length,
    place: (_, number) => number,
    key: (_, number) => ({ agency: number }),
  },
  parent: {
    length: ({ agencies }) => agencies.length + 1,
    place: ({ parents }, number) => (parents[number] as number) + 1,
    key: ({ parents }, number) => ({ parent: parents[number] as number }),
  },
  level: {
    length: () => agencyLevels.length,
    place: (_, __, { level }) => agencyLevels.indexOf(level),
    key: (_, __, { level }) => ({ level }),
  },
  kind: {
    length: () => agencyKinds.length,
    place: (_, __, { kind }) => agencyKinds.indexOf(kind),
    key: (_, __, { kind }) => ({ kind }),
  },
};
