import { addUpGroups } from './add-up.ts';
import { layOutGroups } from './groups.ts';
import type { Measure } from './measure.ts';
import type { SelectedReports } from './selected-reports.ts';

/** The first year of which there is each figure, by its id; a ratio counts from when both its sides are there. */
export function firstYears(reports: SelectedReports, measures: readonly Measure[]): Map<string, number> {
  const { groups, blocksOf } = layOutGroups(reports, { tellsEmpty: false }, ['year']);
  const blocks = blocksOf(groups);
  return new Map(
    measures.flatMap((measure) => {
      const { numerators } = addUpGroups(measure, blocks, groups.length);
      const first = groups.find((_, place) => numerators[place] !== null)?.year;
      return first === undefined ? [] : [[measure.id, first]];
    }),
  );
}
