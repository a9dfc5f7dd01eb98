import { chunkLength, type BlockReading } from './figure-block.ts';
import type { Measure } from './measure.ts';
import type { SelectedReports } from './selected-reports.ts';

/** The first year of which there is each figure, by its id; a ratio counts from when one report has both its sides. */
export function firstYears(reports: SelectedReports, measures: readonly Measure[]): Map<string, number> {
  const years = reports.years({}).map((year) => ({ year, blocks: reports.blocksOf(year) }));
  return new Map(
    measures.flatMap((measure) => {
      const first = years.find(({ blocks }) => blocks.some((block) => isTold(measure, reports, block)));
      return first === undefined ? [] : [[measure.id, first.year]];
    }),
  );
}

/** Whether any report of a block has everything a figure is made of; the first that has it will do. */
function isTold({ byEdition }: Measure, reports: SelectedReports, block: BlockReading): boolean {
  const parts = byEdition.get(block.edition);
  if (!parts) return false;
  const sides = [parts.numerator, ...(parts.denominator ? [parts.denominator] : [])];
  const cells = sides.flatMap(({ added, subtracted }) => [...added, ...subtracted]);
  for (let slot = 0; slot < block.length; slot++) {
    if (!reports.has(block, slot)) continue;
    const chunk = block.chunks[Math.floor(slot / chunkLength)] as Float64Array;
    if (cells.every((cell) => !Number.isNaN(chunk[cell * chunkLength + (slot % chunkLength)]))) return true;
  }
  return false;
}
