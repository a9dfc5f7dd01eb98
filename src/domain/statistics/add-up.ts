import { toWritten } from '../cell.ts';
import { ratioOf } from '../indicator.ts';
import { chunkLength, type HeldBlock } from './figure-block.ts';
import type { Measure, MeasureParts, SumOfCells } from './measure.ts';

/** A block and which group each of its slots counts in, -1 for none. A later change of the block does not matter. */
export interface GroupedBlock {
  readonly block: HeldBlock;
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
  const denominators = sums.written('denominator');
  const values = measure.isRatio
    ? numerators.map((numerator, group) => ratioOf(numerator, denominators[group] as number | null))
    : numerators;
  return { values, numerators, denominators, blanks: sums.blanks };
}

/** The sums of both sides of a figure by group, exact whatever their size. */
class PairSums {
  readonly blanks: Int32Array;
  readonly #counts: Int32Array;
  readonly #sides: Record<'numerator' | 'denominator', SideSums>;
  readonly #added: { readonly grouped: GroupedBlock; readonly parts: MeasureParts }[] = [];

  constructor(groups: number) {
    this.blanks = new Int32Array(groups);
    this.#counts = new Int32Array(groups);
    this.#sides = { numerator: new SideSums(groups), denominator: new SideSums(groups) };
  }

  add(grouped: GroupedBlock, parts: MeasureParts): void {
    this.#added.push({ grouped, parts });
    const { numerator, denominator } = parts;
    const over = this.#sides.numerator;
    const under = denominator && this.#sides.denominator;
    for (const [number, chunk] of grouped.block.chunks.entries()) {
      if (!grouped.hasAny[number]) continue;
      over.take(chunk, numerator);
      if (under) under.take(chunk, denominator);
      this.#addChunk(grouped.groupOf, number * chunkLength, under);
    }
    over.value = numerator.value;
    if (under) under.value = denominator.value;
  }

  /** The sums as on the wire; where one has left what a double holds exactly, all are added again as big integers. */
  written(name: 'numerator' | 'denominator'): (number | null)[] {
    const side = this.#sides[name];
    const sums = side.isExact() ? side.sums : Float64Array.from(this.#exactly(name), Number);
    return Array.from(sums, (sum, group) => (this.#counts[group] === 0 ? null : toWritten(side.value, sum)));
  }

  /** Adds what the reports of a chunk have to the sums of their groups. */
  #addChunk(groupOf: Int32Array, from: number, under: SideSums | undefined): void {
    const over = this.#sides.numerator;
    const to = Math.min(chunkLength, groupOf.length - from);
    for (let slot = 0; slot < to; slot++) {
      const group = groupOf[from + slot] as number;
      if (group < 0) continue;
      if (over.isBlank(slot) || under?.isBlank(slot)) {
        this.blanks[group] = (this.blanks[group] as number) + 1;
        continue;
      }
      this.#counts[group] = (this.#counts[group] as number) + 1;
      over.add(group, slot);
      under?.add(group, slot);
    }
  }

  #exactly(name: 'numerator' | 'denominator'): bigint[] {
    const sums = Array<bigint>(this.#counts.length).fill(0n);
    for (const { grouped, parts } of this.#added) {
      const [one, other] =
        name === 'numerator' ? [parts.numerator, parts.denominator] : [parts.denominator, parts.numerator];
      if (!one) continue;
      for (const [slot, group] of grouped.groupOf.entries()) {
        if (group < 0) continue;
        const sum = exactSum(grouped.block, slot, one);
        if (sum === undefined || (other && exactSum(grouped.block, slot, other) === undefined)) continue;
        sums[group] = (sums[group] as bigint) + sum;
      }
    }
    return sums;
  }
}

/** The sums of one side, and what of the chunk being read each report has on it. */
class SideSums {
  readonly sums: Float64Array;
  /** The sums of what was added or subtracted whatever its sign: these say whether the others are exact. */
  readonly sizes: Float64Array;
  readonly figures = new Float64Array(chunkLength);
  readonly magnitudes = new Float64Array(chunkLength);
  value: SumOfCells['value'] = 'count';

  constructor(groups: number) {
    this.sums = new Float64Array(groups);
    this.sizes = new Float64Array(groups);
  }

  take(chunk: Float64Array, { added, subtracted, signed }: SumOfCells): void {
    const { figures, magnitudes } = this;
    figures.fill(0);
    for (const cell of added) addColumn(figures, chunk, cell * chunkLength, 1);
    magnitudes.set(figures);
    if (!signed) return;
    magnitudes.fill(0);
    for (const cell of [...added, ...subtracted]) addSizes(magnitudes, chunk, cell * chunkLength);
    for (const cell of subtracted) addColumn(figures, chunk, cell * chunkLength, -1);
  }

  isBlank(slot: number): boolean {
    return Number.isNaN(this.figures[slot]);
  }

  add(group: number, slot: number): void {
    this.sums[group] = (this.sums[group] as number) + (this.figures[slot] as number);
    this.sizes[group] = (this.sizes[group] as number) + (this.magnitudes[slot] as number);
  }

  isExact(): boolean {
    return this.sizes.every((size) => size <= Number.MAX_SAFE_INTEGER);
  }
}

function addColumn(figures: Float64Array, chunk: Float64Array, from: number, sign: 1 | -1): void {
  for (let slot = 0; slot < chunkLength; slot++) {
    figures[slot] = (figures[slot] as number) + sign * (chunk[from + slot] as number);
  }
}

function addSizes(magnitudes: Float64Array, chunk: Float64Array, from: number): void {
  for (let slot = 0; slot < chunkLength; slot++) {
    magnitudes[slot] = (magnitudes[slot] as number) + Math.abs(chunk[from + slot] as number);
  }
}

function exactSum({ chunks }: HeldBlock, slot: number, { added, subtracted }: SumOfCells): bigint | undefined {
  const chunk = chunks[Math.floor(slot / chunkLength)] as Float64Array;
  let sum = 0n;
  for (const [cells, sign] of [
    [added, 1n],
    [subtracted, -1n],
  ] as const) {
    for (const cell of cells) {
      const figure = chunk[cell * chunkLength + (slot % chunkLength)] as number;
      if (Number.isNaN(figure)) return undefined;
      sum += sign * BigInt(figure);
    }
  }
  return sum;
}
