import { agencyKinds, agencyLevels, type AgencyKind, type AgencyLevel } from '../agency.ts';
import type { AgencyIndex } from './agency-index.ts';
import type { GroupKey } from './group-numbers.ts';
import type { Dimension, GroupName } from './query.ts';

/** The order groups come in: by what they are grouped by, in turn. */
export interface GroupOrder {
  readonly compare: (one: GroupKey, other: GroupKey) => number;
  readonly nameOf: (group: GroupKey) => GroupName;
  /** Like `compare`, with a group by its name, which need not be there any more. */
  readonly compareName: (name: GroupName, group: GroupKey) => number;
}

/** One dimension: where a group stands along it, and a name. */
interface Axis {
  readonly ordinal: (group: GroupKey) => number;
  readonly name: (group: GroupKey) => string | number | null;
  readonly ordinalOfName: (name: string | number | null) => number;
}

/** Years ascending, agencies by id, whoever has no parent first, levels from the top. */
export function groupOrder(index: AgencyIndex, groupBy: readonly Dimension[]): GroupOrder {
  const axes: Readonly<Record<Dimension, Axis>> = {
    year: {
      ordinal: ({ year = 0 }) => year,
      name: ({ year = null }) => year,
      ordinalOfName: Number,
    },
    agency: agencyAxis(index, ({ agency = -1 }) => agency),
    parent: agencyAxis(index, ({ parent = -1 }) => parent),
    level: {
      ordinal: ({ level }) => (level ? agencyLevels.indexOf(level) : -1),
      name: ({ level = null }) => level,
      ordinalOfName: (name) => agencyLevels.indexOf(name as AgencyLevel),
    },
    kind: {
      ordinal: ({ kind }) => (kind ? agencyKinds.indexOf(kind) : -1),
      name: ({ kind = null }) => kind,
      ordinalOfName: (name) => agencyKinds.indexOf(name as AgencyKind),
    },
  };
  const inTurn = groupBy.map((dimension) => axes[dimension]);
  return {
    compare: (one, other) => firstDifference(inTurn, (axis) => axis.ordinal(one) - axis.ordinal(other)),
    nameOf: (group) => inTurn.map((axis) => axis.name(group)),
    compareName: (name, group) =>
      firstDifference(inTurn, (axis, place) => axis.ordinalOfName(name[place] ?? null) - axis.ordinal(group)),
  };
}

function firstDifference(axes: readonly Axis[], difference: (axis: Axis, place: number) => number): number {
  for (const [place, axis] of axes.entries()) {
    const found = difference(axis, place);
    if (found !== 0) return found;
  }
  return 0;
}

function agencyAxis({ agencies, positions, inOrder, numberOf }: AgencyIndex, of: (group: GroupKey) => number): Axis {
  const idOf = (number: number) => agencies[number]?.id ?? '';
  return {
    ordinal: (group) => positions[of(group)] ?? -1,
    name: (group) => agencies[of(group)]?.id ?? null,
    ordinalOfName: (name) => {
      if (typeof name !== 'string') return -1;
      const number = numberOf(name);
      if (number !== undefined) return positions[number] as number;
      // It is gone: between those it stood between.
      const after = inOrder.findIndex((other) => idOf(other) > name);
      return (after < 0 ? inOrder.length : after) - 0.5;
    },
  };
}
