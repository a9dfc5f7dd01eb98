import type { AgencyLevel } from '../agency.ts';
import { addUpGroups, type GroupFigures } from './add-up.ts';
import type { AmongLevel } from './columns.ts';
import { layOutGroups, type Group } from './groups.ts';
import type { Measure } from './measure.ts';
import { percentileOf, rankIn, sortedFigures } from './ranking.ts';
import { remembered } from './remembered.ts';
import type { SelectedReports } from './selected-reports.ts';

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
): (measure: Measure, groups: readonly Group[], values: GroupFigures['values']) => AmongLevel {
  const ranges = years.map((year) => ({ first: year, last: year }));
  const layout = layOutGroups(reports, { years: ranges, tellsEmpty: false }, ['year', 'agency']);
  const blocks = layout.blocksOf(layout.groups);
  const levelOf = ({ agency }: Group) => layout.index.agencies[agency as number]?.level;
  const nameOf = ({ level, year }: { readonly level?: AgencyLevel | undefined; readonly year?: number }) =>
    `${level} ${year}`;
  const places = Map.groupBy(layout.groups.keys(), (place) => {
    const group = layout.groups[place] as Group;
    return nameOf({ ...group, level: levelOf(group) });
  });

  /** The figures of a level in a year, ascending: kept packed, since they are those of every agency. */
  const peersOf = remembered((measure: Measure): ReadonlyMap<string, Float64Array> => {
    const { values } = addUpGroups(measure, blocks, layout.groups.length);
    return new Map(
      [...places].map(([name, some]) => [name, sortedFigures(some.map((place) => values[place] ?? null))]),
    );
  });
  const none = new Float64Array();
  return (measure, groups, values) => {
    const peers = peersOf(measure);
    const sorted = groups.map((group) => {
      const levelYear = levelYearOf(group);
      return (levelYear && peers.get(nameOf(levelYear))) ?? none;
    });
    const ofRanked = (tell: (sorted: Float64Array, value: number) => number) =>
      sorted.map((figures, place) => {
        const value = values[place] ?? null;
        return value === null ? null : tell(figures, value);
      });
    return {
      rank: ofRanked(rankIn),
      ranked: ofRanked((figures) => figures.length),
      percentile: (percent) => sorted.map((figures) => percentileOf(figures, percent)),
    };
  };
}
