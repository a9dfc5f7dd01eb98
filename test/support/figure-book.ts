import type { Basis, FigureChanges, Registry } from '../../src/domain/statistics/figure-changes.ts';
import type { Store } from '../../src/domain/store.ts';
import type { FollowsFigures } from '../../src/operations/follow-figures.ts';

/** What a report goes by: its edition, and the figures of each basis. */
export type GoneBy = { readonly edition: string } & Partial<Record<Basis, readonly number[]>>;

/** The plainest that can be made of what statistics go by: every report's figures by basis, written down. */
export class FigureBook implements FollowsFigures {
  registry: Registry | undefined;
  readonly #reports = new Map<string, GoneBy>();
  /** The reports each change was about. */
  readonly taken: string[][] = [];

  apply({ registry, reports }: FigureChanges): void {
    if (registry) this.registry = registry;
    const taken: string[] = [];
    for (const { agencyId, year, edition, revisions } of reports) {
      const name = `${agencyId}/${year}`;
      taken.push(name);
      const each = revisions.flatMap(({ bases, figures }) => bases.map((basis) => [basis, [...figures]] as const));
      if (each.length === 0) this.#reports.delete(name);
      else this.#reports.set(name, { edition, ...Object.fromEntries(each) });
    }
    this.taken.push(taken.sort());
  }

  /** By `agency/year`, in that order. */
  get reports(): Record<string, GoneBy> {
    return Object.fromEntries([...this.#reports].sort(([one], [other]) => (one < other ? -1 : 1)));
  }
}

/** A book in which everything is written down at once. */
export async function bookOf(store: Pick<Store, 'figureChanges'>): Promise<FigureBook> {
  const book = new FigureBook();
  await store.figureChanges(undefined, (changes) => book.apply(changes));
  return book;
}
