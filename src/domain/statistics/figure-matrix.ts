import { indexAgencies, type AgencyIndex } from './agency-index.ts';
import { FigureBlock, type BlockReading } from './figure-block.ts';
import { bases, type Basis, type FigureChanges, type Registry, type ReportFigures } from './figure-changes.ts';

/** The bit a basis has. */
export function bitOf(basis: Basis): number {
  return 1 << bases.indexOf(basis);
}

/** What statistics are computed from, as it was when it was taken; to be given back. */
export interface Reading {
  readonly index: AgencyIndex;
  readonly blocks: readonly BlockReading[];
  /** Counts every change of what can be seen of these agencies on this basis. */
  readonly version: number;
  readonly release: () => void;
}

/** Where a report's figures stand. */
interface Place {
  readonly block: FigureBlock;
  readonly slot: number;
}

/**
 * The figures of every report in memory, packed: 8 bytes a cell, besides a few for each report. Kept current by
 * `apply`; correct up to the event applied last.
 */
export class FigureMatrix {
  readonly #widths: ReadonlyMap<string, number>;
  readonly #blocks = new Map<string, FigureBlock>();
  readonly #numbers = new Map<string, number>();
  readonly #places = new Map<number, Map<number, readonly Place[]>>();
  /** By basis and the number of an agency: the event with which its figures changed last. */
  readonly #changedAt: ReadonlyMap<Basis, number[]> = new Map(bases.map((basis) => [basis, []]));
  #index: AgencyIndex = indexAgencies({ agencies: [], years: [] }, this.#numbers);
  #registryChangedAt = 0;
  #readers = 0;
  /** Slots whose figures somebody may be reading. */
  #dropped: Place[] = [];

  /** @param widths how many cells each edition has. */
  constructor(widths: ReadonlyMap<string, number>) {
    this.#widths = widths;
  }

  /** Takes in what has changed; told twice, it is as if told once. */
  apply({ last, registry, reports }: FigureChanges): void {
    if (registry) this.#register(registry, last);
    for (const report of reports) this.#keep(report, last);
  }

  /** What there is now, for reading on this basis; `reached` says which agencies the version is to tell of. */
  read(basis: Basis, reached: (index: AgencyIndex) => Uint8Array): Reading {
    const index = this.#index;
    const changedAt = this.#changedAt.get(basis) as number[];
    let version = this.#registryChangedAt;
    for (const [number, isReached] of reached(index).entries()) {
      if (isReached === 1) version = Math.max(version, changedAt[number] ?? 0);
    }
    this.#readers += 1;
    return {
      index,
      blocks: [...this.#blocks.values()].map((block) => block.read()),
      version,
      release: () => this.#release(),
    };
  }

  /** What it takes up of figures, in bytes. */
  get bytes(): number {
    return [...this.#blocks.values()].reduce(
      (sum, { chunks, agencyOf, countsFor }) =>
        sum + chunks.length * (chunks[0]?.byteLength ?? 0) + agencyOf.byteLength + countsFor.byteLength,
      0,
    );
  }

  #register(registry: Registry, last: number): void {
    this.#index = indexAgencies(registry, this.#numbers);
    this.#registryChangedAt = last;
  }

  #keep({ agencyId, year, edition, revisions }: ReportFigures, last: number): void {
    // Its agency may have come and gone since.
    if (revisions.length === 0 && !this.#numbers.has(agencyId)) return;
    const agency = this.#numberOf(agencyId);
    const ofYear = this.#placesOf(year);
    const before = ofYear.get(agency) ?? [];
    const block = revisions.length > 0 ? this.#blockOf(year, edition) : undefined;
    for (const basis of bases) {
      if (!isSame(basis, before, revisions, block)) (this.#changedAt.get(basis) as number[])[agency] = last;
    }
    const after = revisions.map(({ bases: counted, figures }): Place => {
      const countsFor = counted.reduce((bits, basis) => bits | bitOf(basis), 0);
      return { block: block as FigureBlock, slot: (block as FigureBlock).write(agency, countsFor, figures) };
    });
    if (after.length > 0) ofYear.set(agency, after);
    else ofYear.delete(agency);
    for (const place of before) this.#drop(place);
  }

  #numberOf(agencyId: string): number {
    const known = this.#numbers.get(agencyId);
    if (known === undefined) throw new Error(`a report of ${agencyId}, which is not registered`);
    return known;
  }

  #placesOf(year: number): Map<number, readonly Place[]> {
    const places = this.#places.get(year) ?? new Map<number, readonly Place[]>();
    this.#places.set(year, places);
    return places;
  }

  #blockOf(year: number, edition: string): FigureBlock {
    const name = `${year}/${edition}`;
    const known = this.#blocks.get(name);
    if (known) return known;
    const width = this.#widths.get(edition);
    if (width === undefined) throw new Error(`no edition ${edition}`);
    const block = new FigureBlock(year, edition, width);
    this.#blocks.set(name, block);
    return block;
  }

  #drop(place: Place): void {
    place.block.drop(place.slot);
    if (this.#readers > 0) this.#dropped.push(place);
    else place.block.giveBack(place.slot);
  }

  #release(): void {
    this.#readers -= 1;
    if (this.#readers > 0) return;
    for (const { block, slot } of this.#dropped) block.giveBack(slot);
    this.#dropped = [];
  }
}

/** Whether what counts for a basis is what counted before. */
function isSame(
  basis: Basis,
  before: readonly Place[],
  revisions: ReportFigures['revisions'],
  block: FigureBlock | undefined,
): boolean {
  const stands = before.find((place) => (place.block.countsFor[place.slot] as number) & bitOf(basis));
  const comes = revisions.find((revision) => revision.bases.includes(basis));
  if (!stands || !comes) return !stands && !comes;
  return stands.block === block && stands.block.holds(stands.slot, comes.figures);
}
