import type { AgencyIndex } from './agency-index.ts';
import type { BlockReading } from './figure-block.ts';
import { bitOf, type Reading } from './figure-matrix.ts';
import type { Selection } from './query.ts';

/** An agency, by number, and a year in which it is expected to report. */
export interface AgencyYear {
  readonly agency: number;
  readonly year: number;
}

/** The reports of some agencies that count on a basis. */
export class SelectedReports {
  readonly index: AgencyIndex;
  readonly blocks: readonly BlockReading[];
  /** By number. */
  readonly agencies: Uint8Array;
  readonly #bit: number;

  constructor(
    { index, blocks }: Pick<Reading, 'index' | 'blocks'>,
    agencies: Uint8Array,
    { basis }: Pick<Selection, 'basis'>,
  ) {
    this.index = index;
    this.blocks = blocks;
    this.agencies = agencies;
    this.#bit = bitOf(basis);
  }

  has({ agencyOf, countsFor }: BlockReading, slot: number): boolean {
    return ((countsFor[slot] as number) & this.#bit) !== 0 && this.agencies[agencyOf[slot] as number] === 1;
  }

  hasAnyOf(block: BlockReading): boolean {
    for (let slot = 0; slot < block.length; slot++) if (this.has(block, slot)) return true;
    return false;
  }

  blocksOf(year: number): readonly BlockReading[] {
    return this.blocks.filter((block) => block.year === year);
  }

  /** The registered years that are asked for, ascending; where none are asked for, those of which there is a report. */
  years({ years: ranges }: Pick<Selection, 'years'>): number[] {
    const isAsked = (year: number) =>
      ranges
        ? ranges.some(({ first, last }) => first <= year && year <= last)
        : this.blocksOf(year).some((block) => this.hasAnyOf(block));
    return [...this.index.years.keys()].filter(isAsked).sort((one, other) => one - other);
  }

  /** Which agencies have a report of a year, by number: 1 for those that have. */
  reportedIn(year: number): Uint8Array {
    const reported = new Uint8Array(this.agencies.length);
    for (const block of this.blocksOf(year)) {
      for (let slot = 0; slot < block.length; slot++) {
        if (this.has(block, slot)) reported[block.agencyOf[slot] as number] = 1;
      }
    }
    return reported;
  }

  /** The agencies that are expected to report for a year and have not, by id. */
  missingIn(year: number): number[] {
    const [reported, expected] = [this.reportedIn(year), this.index.expectedIn(year)];
    return this.index.inOrder.filter(
      (agency) => expected[agency] === 1 && this.agencies[agency] === 1 && reported[agency] === 0,
    );
  }
}
