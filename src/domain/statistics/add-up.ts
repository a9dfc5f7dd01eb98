import { toWritten } from '../cell.ts';
import { ratioOf } from '../indicator.ts';
import { chunkLength, type BlockReading } from './figure-block.ts';
import type { Measure, MeasureParts, SumOfCells } from './measure.ts';

/** A block and which group each of its slots counts in, -1 for none. */
export interface GroupedBlock {
  readonly block: BlockReading;
  readonly groupOf: Int32Array;
  /** By chunk: the one group all of its slots count in, `none` of them, or `several`. */
  readonly groupsIn: readonly (number | 'none' | 'several')[];
}

/** Lays the slots of a block out in groups. */
export function groupedBlock(block: BlockReading, groupOf: Int32Array): GroupedBlock {
  return { block, groupOf, groupsIn: block.chunks.map((_, chunk) => onlyGroup(groupOf, chunk * chunkLength)) };
}

function onlyGroup(groupOf: Int32Array, from: number): GroupedBlock['groupsIn'][number] {
  const group = groupOf[from] as number;
  const to = Math.min(groupOf.length, from + chunkLength);
  for (let slot = from + 1; slot < to; slot++) if (groupOf[slot] !== group) return 'several';
  return group < 0 ? 'none' : group;
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
  return addUpAll([measure], blocks, groups).get(measure) as GroupFigures;
}

/** The same of several figures: chunk by chunk, since memory is read faster in order. */
export function addUpAll(
  measures: readonly Measure[],
  blocks: readonly GroupedBlock[],
  groups: number,
): Map<Measure, GroupFigures> {
  const sums = measures.map((measure) => new PairSums(groups, measure.isRatio));
  for (const { block, groupOf, groupsIn } of blocks) {
    const parts = measures.map(({ byEdition }) => byEdition.get(block.edition));
    for (const [number, chunk] of block.chunks.entries()) {
      const only = groupsIn[number] as GroupedBlock['groupsIn'][number];
      if (only === 'none') continue;
      const inChunk = groupOf.subarray(number * chunkLength, (number + 1) * chunkLength);
      for (const [place, of] of parts.entries()) if (of) sums[place]?.add(chunk, inChunk, only, of);
    }
  }
  return new Map(measures.map((measure, place) => [measure, figuresOf(measure, sums[place] as PairSums)]));
}

function figuresOf({ isRatio }: Measure, sums: PairSums): GroupFigures {
  const [numerators, denominators] = [sums.written('over'), sums.written('under')];
  const values = isRatio
    ? numerators.map((numerator, group) => ratioOf(numerator, denominators[group] as number | null))
    : numerators;
  return { values, numerators, denominators, blanks: sums.blanks };
}

/**
 * What does not fit into a sum is kept apart, as multiples of this: a double holds integers up to 2^53 alone. So a sum is
 * exact whatever its size, and rounded once at the end.
 */
const half = 2 ** 26;

const greatest = Number.MAX_SAFE_INTEGER;

/** The sums of both sides of a figure by group. */
class PairSums {
  readonly blanks: Int32Array;
  readonly #counts: Int32Array;
  readonly #over: SideSums;
  readonly #under: SideSums | undefined;

  constructor(groups: number, isRatio: boolean) {
    this.blanks = new Int32Array(groups);
    this.#counts = new Int32Array(groups);
    this.#over = new SideSums(groups);
    this.#under = isRatio ? new SideSums(groups) : undefined;
  }

  /** @param only the group all of the chunk is of, where it is of one. */
  add(
    chunk: Float64Array,
    groupOf: Int32Array,
    only: number | 'several',
    { numerator, denominator }: MeasureParts,
  ): void {
    const [over, under] = [this.#over, this.#under];
    const isOneCell = !denominator && numerator.added.length === 1 && numerator.subtracted.length === 0;
    over.value = numerator.value;
    if (isOneCell && typeof only === 'number') {
      this.#addColumn(only, chunk, (numerator.added[0] as number) * chunkLength, groupOf.length);
      return;
    }
    over.take(chunk, numerator);
    if (under && denominator) {
      under.value = denominator.value;
      under.take(chunk, denominator);
    }
    this.#addTaken(groupOf);
  }

  written(side: 'over' | 'under'): (number | null)[] {
    const sums = side === 'over' ? this.#over : this.#under;
    if (!sums) return Array<null>(this.#counts.length).fill(null);
    const { value, high, low } = sums;
    return Array.from(this.#counts, (count, group) =>
      count === 0 ? null : toWritten(value, (high[group] as number) * half + (low[group] as number)),
    );
  }

  /** Adds a column of figures that are all of one group. */
  #addColumn(group: number, chunk: Float64Array, from: number, length: number): void {
    const blank = this.#over.addColumn(group, chunk, from, from + length);
    this.#counts[group] = (this.#counts[group] as number) + length - blank;
    this.blanks[group] = (this.blanks[group] as number) + blank;
  }

  /** Adds what each side has taken of a chunk; a report that has not both sides has neither. */
  #addTaken(groupOf: Int32Array): void {
    const [counts, blanks] = [this.#counts, this.blanks];
    const [over, under] = [this.#over, this.#under ?? this.#over];
    // Held here, and not looked up in the sides at each of thousands of slots.
    const { figures, sizes, low } = over;
    const { figures: others, sizes: otherSizes, low: otherLow } = under;
    for (let slot = 0; slot < groupOf.length; slot++) {
      const group = groupOf[slot] as number;
      if (group < 0) continue;
      const [figure, other] = [figures[slot] as number, others[slot] as number];
      if (Number.isNaN(figure) || Number.isNaN(other)) {
        blanks[group] = (blanks[group] as number) + 1;
        continue;
      }
      counts[group] = (counts[group] as number) + 1;
      const sum = (low[group] as number) + figure;
      if (isExact(sum, sizes[slot] as number)) low[group] = sum;
      else over.addParts(group, slot);
      if (under === over) continue;
      const otherSum = (otherLow[group] as number) + other;
      if (isExact(otherSum, otherSizes[slot] as number)) otherLow[group] = otherSum;
      else under.addParts(group, slot);
    }
  }
}

/** Whether a double holds a sum, to which something of this size was added. */
function isExact(sum: number, size: number): boolean {
  return size <= greatest && sum <= greatest && sum >= -greatest;
}

/** The sums of one side, and what of the chunk being read each report has on it. */
class SideSums {
  readonly high: Float64Array;
  readonly low: Float64Array;
  value: SumOfCells['value'] = 'count';
  /** What each report has, and the size of all that is added or subtracted for it. */
  figures: Float64Array = new Float64Array();
  sizes: Float64Array = new Float64Array();
  #taken: { readonly chunk: Float64Array; readonly cells: SumOfCells } | undefined;

  constructor(groups: number) {
    this.high = new Float64Array(groups);
    this.low = new Float64Array(groups);
  }

  take(chunk: Float64Array, cells: SumOfCells): void {
    const { added, subtracted, value } = cells;
    this.#taken = { chunk, cells };
    this.figures = addedUp(added, chunk);
    this.sizes = this.figures;
    // Of counts none is negative: their sum is their size.
    if (value === 'count' && subtracted.length === 0) return;
    this.sizes = new Float64Array(chunkLength);
    for (const cell of [...added, ...subtracted]) addSizes(this.sizes, columnOf(chunk, cell));
    if (subtracted.length > 0) this.figures = less(this.figures, addedUp(subtracted, chunk));
  }

  /** Adds what a report has cell by cell, since a double does not hold what it comes to. */
  addParts(group: number, slot: number): void {
    if (!this.#taken) return;
    const { chunk, cells } = this.#taken;
    for (const cell of cells.added) this.add(group, chunk[cell * chunkLength + slot] as number);
    for (const cell of cells.subtracted) this.add(group, -(chunk[cell * chunkLength + slot] as number));
  }

  /** Adds the figures from one place up to another, and tells how many of them are blank. */
  addColumn(group: number, figures: Float64Array, from: number, to: number): number {
    const whole = sumOf(figures, from, to);
    // Of counts none is negative: where their sum is one a double holds, so was every sum on the way to it.
    if (this.value === 'count' && whole <= greatest) {
      this.add(group, whole);
      return 0;
    }
    const { sum, size, blanks } = summed(figures, from, to);
    if (size <= greatest) {
      this.add(group, sum);
      return blanks;
    }
    for (let place = from; place < to; place++) {
      if (!Number.isNaN(figures[place])) this.add(group, figures[place] as number);
    }
    return blanks;
  }

  /** Adds an integer that a double holds. */
  add(group: number, figure: number): void {
    const sum = (this.low[group] as number) + figure;
    if (isExact(sum, 0)) this.low[group] = sum;
    else this.#carry(group, figure);
  }

  /** Adds what the sum itself has no room for. */
  #carry(group: number, figure: number): void {
    const low = this.low[group] as number;
    const multiples = Math.trunc(figure / half) + Math.trunc(low / half);
    this.high[group] = (this.high[group] as number) + multiples;
    this.low[group] = (figure % half) + (low % half);
  }
}

/** What the reports of a chunk have in some cells together: one cell's figures are read where they are. */
function addedUp(cells: Int32Array, chunk: Float64Array): Float64Array {
  const first = columnOf(chunk, cells[0] as number);
  if (cells.length === 1) return first;
  const sums = first.slice();
  for (const cell of cells.subarray(1)) addColumn(sums, columnOf(chunk, cell));
  return sums;
}

function columnOf(chunk: Float64Array, cell: number): Float64Array {
  return chunk.subarray(cell * chunkLength, (cell + 1) * chunkLength);
}

function addColumn(to: Float64Array, column: Float64Array): void {
  for (let slot = 0; slot < chunkLength; slot++) to[slot] = (to[slot] as number) + (column[slot] as number);
}

function less(figures: Float64Array, column: Float64Array): Float64Array {
  return figures.map((figure, slot) => figure - (column[slot] as number));
}

function addSizes(to: Float64Array, column: Float64Array): void {
  for (let slot = 0; slot < chunkLength; slot++) to[slot] = (to[slot] as number) + Math.abs(column[slot] as number);
}

/** Four sums at once, since each addition would wait for the one before; NaN where a figure is blank. */
function sumOf(figures: Float64Array, from: number, to: number): number {
  let [a, b, c, d] = [0, 0, 0, 0];
  let place = from;
  for (; place + 3 < to; place += 4) {
    a += figures[place] as number;
    b += figures[place + 1] as number;
    c += figures[place + 2] as number;
    d += figures[place + 3] as number;
  }
  for (; place < to; place++) a += figures[place] as number;
  return a + b + (c + d);
}

/** The sum of the figures there are, that of their sizes, and how many are blank. */
function summed(figures: Float64Array, from: number, to: number) {
  let [sum, size, blanks] = [0, 0, 0];
  for (let place = from; place < to; place++) {
    const figure = figures[place] as number;
    if (Number.isNaN(figure)) {
      blanks += 1;
      continue;
    }
    sum += figure;
    size += Math.abs(figure);
  }
  return { sum, size, blanks };
}
