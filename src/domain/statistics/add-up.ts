import { toWritten } from '../cell.ts';
import { ratioOf } from '../indicator.ts';
import { chunkLength, type BlockReading } from './figure-block.ts';
import type { Measure, MeasureParts, SumOfCells } from './measure.ts';

/** A block and which group each of its slots counts in, -1 for none. */
export interface GroupedBlock {
  readonly block: BlockReading;
  readonly groupOf: Int32Array;
  /** By chunk: whether any of its slots counts. */
  readonly hasAny: readonly boolean[];
}

/** What a figure comes to in each group, as on the wire. */
export interface GroupFigures {
  /** `null` where no report has the figure. A ratio is Σ ÷ Σ of the reports that have both sides. */
  readonly values: readonly (number | null)[];
  /** The two sums of a ratio; of anything else the numerator is the value. */
  readonly numerators: readonly (number | null)[];
  readonly denominators: readonly (number | null)[];
  /** How many reports leave it blank though their form has it. */
  readonly blanks: Int32Array;
}

/** Adds a figure up over the reports of each group; blank is not zero, so a report without it does not count. */
export function addUpGroups(measure: Measure, blocks: readonly GroupedBlock[], groups: number): GroupFigures {
  const sums = new PairSums(groups);
  for (const grouped of blocks) {
    const parts = measure.byEdition.get(grouped.block.edition);
    if (parts) sums.add(grouped, parts);
  }
  const numerators = sums.written('numerator');
  if (!measure.isRatio)
    return { values: numerators, numerators, denominators: numerators.map(() => null), blanks: sums.blanks };
  const denominators = sums.written('denominator');
  const values = numerators.map((numerator, group) => ratioOf(numerator, denominators[group] as number | null));
  return { values, numerators, denominators, blanks: sums.blanks };
}

/**
 * A sum is kept in two halves, the multiples of this and the rest, since a double holds integers up to 2^53 alone: so it
 * is exact whatever its size, and rounded once at the end.
 */
const half = 2 ** 26;

/** The sums of both sides of a figure by group. */
class PairSums {
  readonly blanks: Int32Array;
  readonly #counts: Int32Array;
  readonly #sides: Readonly<Record<keyof MeasureParts, SideSums>>;

  constructor(groups: number) {
    this.blanks = new Int32Array(groups);
    this.#counts = new Int32Array(groups);
    this.#sides = { numerator: new SideSums(groups), denominator: new SideSums(groups) };
  }

  add({ block, groupOf, hasAny }: GroupedBlock, { numerator, denominator }: MeasureParts): void {
    const { numerator: over, denominator: under } = this.#sides;
    const isOneCell = !denominator && numerator.added.length === 1 && numerator.subtracted.length === 0;
    over.value = numerator.value;
    under.value = denominator?.value ?? 'count';
    for (const [number, chunk] of block.chunks.entries()) {
      if (!hasAny[number]) continue;
      const groups = groupOf.subarray(number * chunkLength, (number + 1) * chunkLength);
      if (isOneCell) {
        this.#addColumn(groups, chunk, (numerator.added[0] as number) * chunkLength);
        continue;
      }
      over.take(chunk, numerator);
      if (denominator) under.take(chunk, denominator);
      this.#addTaken(groups, denominator && under);
    }
  }

  written(name: keyof MeasureParts): (number | null)[] {
    const { value, high, low } = this.#sides[name];
    return Array.from(this.#counts, (count, group) =>
      count === 0 ? null : toWritten(value, (high[group] as number) * half + (low[group] as number)),
    );
  }

  /** Adds a column of figures as they are, those at once that stand side by side and are of one group. */
  #addColumn(groupOf: Int32Array, chunk: Float64Array, from: number): void {
    const side = this.#sides.numerator;
    for (let slot = 0, end = 0; slot < groupOf.length; slot = end) {
      const group = groupOf[slot] as number;
      let blank = 0;
      let sum = 0;
      let size = 0;
      for (end = slot; end < groupOf.length && groupOf[end] === group; end++) {
        const figure = chunk[from + end] as number;
        if (Number.isNaN(figure)) {
          blank += 1;
          continue;
        }
        sum += figure;
        size += Math.abs(figure);
      }
      if (group < 0) continue;
      this.#counts[group] = (this.#counts[group] as number) + (end - slot - blank);
      this.blanks[group] = (this.blanks[group] as number) + blank;
      if (size <= Number.MAX_SAFE_INTEGER) side.add(group, sum);
      else side.addEach(group, chunk.subarray(from + slot, from + end));
    }
  }

  /** Adds what each side has taken of a chunk; a report that has not both sides has neither. */
  #addTaken(groupOf: Int32Array, under: SideSums | undefined): void {
    const over = this.#sides.numerator;
    const counts = this.#counts;
    for (let slot = 0; slot < groupOf.length; slot++) {
      const group = groupOf[slot] as number;
      if (group < 0) continue;
      if (over.isBlank(slot) || under?.isBlank(slot)) {
        this.blanks[group] = (this.blanks[group] as number) + 1;
        continue;
      }
      counts[group] = (counts[group] as number) + 1;
      over.addTaken(group, slot);
      under?.addTaken(group, slot);
    }
  }
}

/** The sums of one side, and what of the chunk being read each report has on it. */
class SideSums {
  readonly high: Float64Array;
  readonly low: Float64Array;
  value: SumOfCells['value'] = 'count';
  /** What each report has, and the size of all that is added or subtracted for it: made when first taken. */
  #figures: Float64Array = new Float64Array();
  #sizes: Float64Array = new Float64Array();
  #taken: { readonly chunk: Float64Array; readonly cells: SumOfCells } | undefined;

  constructor(groups: number) {
    this.high = new Float64Array(groups);
    this.low = new Float64Array(groups);
  }

  take(chunk: Float64Array, cells: SumOfCells): void {
    const { added, subtracted } = cells;
    this.#taken = { chunk, cells };
    if (this.#figures.length === 0) {
      this.#figures = new Float64Array(chunkLength);
      this.#sizes = new Float64Array(chunkLength);
    }
    for (let slot = 0; slot < chunkLength; slot++) {
      let sum = 0;
      let size = 0;
      for (let place = 0; place < added.length; place++) {
        const figure = chunk[(added[place] as number) * chunkLength + slot] as number;
        sum += figure;
        size += Math.abs(figure);
      }
      for (let place = 0; place < subtracted.length; place++) {
        const figure = chunk[(subtracted[place] as number) * chunkLength + slot] as number;
        sum -= figure;
        size += Math.abs(figure);
      }
      this.#figures[slot] = sum;
      this.#sizes[slot] = size;
    }
  }

  isBlank(slot: number): boolean {
    return Number.isNaN(this.#figures[slot]);
  }

  addTaken(group: number, slot: number): void {
    if ((this.#sizes[slot] as number) <= Number.MAX_SAFE_INTEGER) {
      this.add(group, this.#figures[slot] as number);
      return;
    }
    if (!this.#taken) return;
    const { chunk, cells } = this.#taken;
    const figureOf = (cell: number) => chunk[cell * chunkLength + slot] as number;
    this.addEach(group, Float64Array.from(cells.added, figureOf));
    this.addEach(
      group,
      Float64Array.from(cells.subtracted, (cell) => -figureOf(cell)),
    );
  }

  /** Adds an integer that a double holds. */
  add(group: number, figure: number): void {
    const multiple = Math.floor(figure / half);
    this.high[group] = (this.high[group] as number) + multiple;
    this.low[group] = (this.low[group] as number) + (figure - multiple * half);
  }

  /** Adds figures whose sum a double does not hold, passing over blanks. */
  addEach(group: number, figures: Float64Array): void {
    for (const figure of figures) if (!Number.isNaN(figure)) this.add(group, figure);
  }
}
