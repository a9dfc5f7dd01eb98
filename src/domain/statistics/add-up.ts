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
    for (const [number, chunk] of block.chunks.entries()) {
      if (!hasAny[number]) continue;
      over.take(chunk, numerator);
      if (denominator) {
        under.take(chunk, denominator);
        over.blankWhere(under);
        under.blankWhere(over);
      }
      this.#addRuns(groupOf.subarray(number * chunkLength, (number + 1) * chunkLength), denominator && under);
    }
  }

  written(name: keyof MeasureParts): (number | null)[] {
    const side = this.#sides[name];
    return Array.from(this.#counts, (count, group) => (count === 0 ? null : side.written(group)));
  }

  /** Adds what the reports of a chunk have, as many at once as stand side by side and are of one group. */
  #addRuns(groupOf: Int32Array, under: SideSums | undefined): void {
    for (let from = 0, to = 0; from < groupOf.length; from = to) {
      const group = groupOf[from] as number;
      while (to < groupOf.length && groupOf[to] === group) to++;
      if (group < 0) continue;
      const count = this.#sides.numerator.add(group, from, to);
      under?.add(group, from, to);
      this.#counts[group] = (this.#counts[group] as number) + count;
      this.blanks[group] = (this.blanks[group] as number) + (to - from - count);
    }
  }
}

/**
 * A sum is kept in two halves, the multiples of this and the rest, since a double holds integers up to 2^53 alone: so it
 * is exact whatever its size, and rounded once at the end.
 */
const half = 2 ** 26;

/** The sums of one side, and what of the chunk being read each report has on it. */
class SideSums {
  readonly #high: Float64Array;
  readonly #low: Float64Array;
  /** Of the chunk being read: what each report has, and the size of what that is the sum of. */
  readonly #figures = new Float64Array(chunkLength);
  readonly #sizes = new Float64Array(chunkLength);
  #chunk: Float64Array = new Float64Array();
  #cells: SumOfCells | undefined;

  constructor(groups: number) {
    this.#high = new Float64Array(groups);
    this.#low = new Float64Array(groups);
  }

  take(chunk: Float64Array, cells: SumOfCells): void {
    this.#chunk = chunk;
    this.#cells = cells;
    this.#figures.fill(0);
    this.#sizes.fill(0);
    for (const cell of cells.added) this.#takeColumn(cell * chunkLength, 1);
    for (const cell of cells.subtracted) this.#takeColumn(cell * chunkLength, -1);
  }

  #takeColumn(from: number, sign: 1 | -1): void {
    const [chunk, figures, sizes] = [this.#chunk, this.#figures, this.#sizes];
    for (let slot = 0; slot < chunkLength; slot++) {
      const figure = chunk[from + slot] as number;
      figures[slot] = (figures[slot] as number) + sign * figure;
      sizes[slot] = (sizes[slot] as number) + Math.abs(figure);
    }
  }

  /** A report that has not the other side has not this one. */
  blankWhere(other: SideSums): void {
    const [figures, others] = [this.#figures, other.#figures];
    for (let slot = 0; slot < chunkLength; slot++) if (Number.isNaN(others[slot])) figures[slot] = Number.NaN;
  }

  /** Adds what some reports have, and tells how many have anything. */
  add(group: number, from: number, to: number): number {
    const [figures, sizes] = [this.#figures, this.#sizes];
    let [count, sum, size] = [0, 0, 0];
    for (let slot = from; slot < to; slot++) {
      const figure = figures[slot] as number;
      if (Number.isNaN(figure)) continue;
      count += 1;
      sum += figure;
      size += sizes[slot] as number;
    }
    if (size <= Number.MAX_SAFE_INTEGER) this.#addHalves(group, sum);
    else this.#addExactly(group, from, to);
    return count;
  }

  written(group: number): number | null {
    return toWritten(
      this.#cells?.value ?? 'count',
      (this.#high[group] as number) * half + (this.#low[group] as number),
    );
  }

  #addHalves(group: number, figure: number): void {
    const multiple = Math.floor(figure / half);
    this.#high[group] = (this.#high[group] as number) + multiple;
    this.#low[group] = (this.#low[group] as number) + (figure - multiple * half);
  }

  /** Cell by cell: each figure is an integer a double holds, though their sum is not. */
  #addExactly(group: number, from: number, to: number): void {
    const { added = [], subtracted = [] } = this.#cells ?? {};
    for (let slot = from; slot < to; slot++) {
      if (Number.isNaN(this.#figures[slot])) continue;
      for (const cell of added) this.#addHalves(group, this.#chunk[cell * chunkLength + slot] as number);
      for (const cell of subtracted) this.#addHalves(group, -(this.#chunk[cell * chunkLength + slot] as number));
    }
  }
}
