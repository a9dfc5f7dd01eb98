import type { AgencyLevel } from '../agency.ts';
import { addUpGroups } from './add-up.ts';
import type { AmongLevel } from './columns.ts';
import { layOutGroups, type Group } from './groups.ts';
import type { Measure } from './measure.ts';
import { percentileOf, ranksOf, sortedFigures, type Ranked } from './ranking.ts';
import { remembered } from './remembered.ts';
import type { SelectedReports } from './selected-reports.ts';

/** The agencies of a level in a year, as far as they have reported. */
interface Peers {
  /** By the number of the agency. */
  readonly ranks: ReadonlyMap<number, Ranked | undefined>;
  readonly sorted: readonly number[];
}

/** The year and the level a group is of. */
export interface LevelYear {
  readonly level: AgencyLevel;
  readonly year: number;
}

/**
 * Figures among those of the agencies of the same level in the same year: among all the caller may ask about, whatever
 * part of them is asked about now.
 */
export function amongLevels(
  reports: SelectedReports,
  years: readonly number[],
  levelYearOf: (group: Group) => LevelYear | undefined,
): (measure: Measure, groups: readonly Group[]) => AmongLevel {
  const ranges = years.map((year) => ({ first: year, last: year }));
  const layout = layOutGroups(reports, { years: ranges, tellsEmpty: false }, ['year', 'agency']);
  const blocks = layout.blocksOf(layout.groups);
  const levelOf = ({ agency }: Group) => layout.index.agencies[agency as number]?.level;
  const nameOf = ({ level, year }: { readonly level?: AgencyLevel | undefined; readonly year?: number }) =>
    `${level} ${year}`;

  const peersOf = remembered((measure: Measure): Map<string, Peers> => {
    const { values } = addUpGroups(measure, blocks, layout.groups.length);
    const told = layout.groups.map((group, place) => ({ group, value: values[place] ?? null }));
    const byLevel = Map.groupBy(told, ({ group }) => nameOf({ ...group, level: levelOf(group) }));
    return new Map([...byLevel].map(([name, peers]) => [name, rankPeers(peers)]));
  });
  return (measure, groups) => {
    const peers = peersOf(measure);
    const of = (group: Group) => {
      const levelYear = levelYearOf(group);
      return levelYear && peers.get(nameOf(levelYear));
    };
    const rankOf = (group: Group) => of(group)?.ranks.get(group.agency ?? -1);
    return {
      rank: groups.map((group) => rankOf(group)?.rank ?? null),
      ranked: groups.map((group) => rankOf(group)?.of ?? null),
      percentile: (percent) => groups.map((group) => percentileOf(of(group)?.sorted ?? [], percent)),
    };
  };
}

function rankPeers(peers: readonly { readonly group: Group; readonly value: number | null }[]): Peers {
  const values = peers.map(({ value }) => value);
  const ranks = ranksOf(values);
  return {
    ranks: new Map(peers.map(({ group }, place) => [group.agency as number, ranks[place]])),
    sorted: sortedFigures(values),
  };
}
