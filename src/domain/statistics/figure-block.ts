import type { Figures } from '../figures.ts';

/** How many slots a chunk has: large enough that a column is read in one go, small enough that a half-filled one wastes little. */
export const chunkLength = 1_024;

/** The figures of a block as they stand at one moment. */
export interface BlockReading extends Pick<FigureBlock, 'year' | 'edition' | 'length' | 'agencyOf' | 'countsFor'> {
  readonly chunks: readonly Float64Array[];
}

/**
 * The figures of one year's reports on one edition, column by column: in a chunk the figures of a cell stand side by
 * side, so that adding them up reads memory in order. A slot is written once and not again before it is given back.
 */
export class FigureBlock {
  readonly year: number;
  readonly edition: string;
  /** How many cells a report has. */
  readonly width: number;
  /** `width` × `chunkLength` figures each: slot `s` of cell `c` at `c * chunkLength + s`. */
  readonly chunks: Float64Array[] = [];
  /** How many slots were ever used. */
  length = 0;
  /** By slot: the number of the agency, and which bases the figures count for, a bit each; 0 where the slot is free. */
  agencyOf = new Int32Array(0);
  countsFor = new Uint8Array(0);
  readonly #free: number[] = [];

  constructor(year: number, edition: string, width: number) {
    this.year = year;
    this.edition = edition;
    this.width = width;
  }

  /** Keeps a report's figures and says where. */
  write(agency: number, countsFor: number, figures: Figures): number {
    const slot = this.#free.pop() ?? this.#newSlot();
    const chunk = this.chunks[Math.floor(slot / chunkLength)] as Float64Array;
    for (let cell = 0, at = slot % chunkLength; cell < this.width; cell++, at += chunkLength) {
      chunk[at] = figures[cell] as number;
    }
    this.agencyOf[slot] = agency;
    this.countsFor[slot] = countsFor;
    return slot;
  }

  /** What stands in a slot counts no longer; its figures stay until it is given back. */
  drop(slot: number): void {
    this.countsFor[slot] = 0;
  }

  giveBack(slot: number): void {
    this.#free.push(slot);
  }

  /** What stands now: later changes do not touch it as long as no slot is given back. */
  read(): BlockReading {
    const { year, edition, chunks, length, agencyOf, countsFor } = this;
    return { year, edition, chunks, length, agencyOf, countsFor: countsFor.slice(0, length) };
  }

  /** Whether a slot holds these figures, blanks among them. */
  holds(slot: number, figures: Figures): boolean {
    const chunk = this.chunks[Math.floor(slot / chunkLength)] as Float64Array;
    const at = slot % chunkLength;
    return figures.every((figure, cell) => Object.is(figure, chunk[cell * chunkLength + at]));
  }

  #newSlot(): number {
    if (this.length === this.chunks.length * chunkLength) this.#grow();
    return this.length++;
  }

  #grow(): void {
    this.chunks.push(new Float64Array(this.width * chunkLength));
    const size = this.chunks.length * chunkLength;
    const [agencyOf, countsFor] = [new Int32Array(size), new Uint8Array(size)];
    agencyOf.set(this.agencyOf);
    countsFor.set(this.countsFor);
    [this.agencyOf, this.countsFor] = [agencyOf, countsFor];
  }
}
