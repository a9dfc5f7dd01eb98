import type { CheckedForm } from '../../domain/compile.ts';
import type { Identity } from '../../domain/identity.ts';
import { settled, type OpenLine, type Way } from './open-line.ts';

/** The equations of a form, over the figures known so far. */
export class Sums {
  readonly #identities: readonly Identity[];
  readonly #figures: Float64Array;

  constructor(form: CheckedForm) {
    this.#identities = form.instances.flatMap(({ identity }) => identity ?? []);
    this.#figures = new Float64Array(form.cells.length).fill(Number.NaN);
  }

  touching(places: readonly number[]): Identity[] {
    return this.#identities.filter(({ one, other }) =>
      places.some((place) => one.includes(place) || other.includes(place)),
    );
  }

  /** The equations of a line itself. */
  within(places: readonly number[]): Identity[] {
    return this.touching(places).filter(({ one, other }) =>
      [...one, ...other].every((place) => places.includes(place)),
    );
  }

  put({ places }: OpenLine, way: Way | undefined): void {
    for (const [index, place] of places.entries()) {
      if (place >= 0) this.#figures[place] = way?.values[index] ?? Number.NaN;
    }
  }

  /** Whether every equation a line stands in holds, or cannot be told yet, with its figures read in a way. */
  allow(line: OpenLine, way: Way): boolean {
    this.put(line, way);
    const holds = line.identities.every((identity) => this.holds(identity));
    this.put(line, settled(line));
    return holds;
  }

  /** An equation holds, or cannot be told yet. */
  holds(identity: Identity): boolean {
    return !this.tells(identity) || this.#difference(identity) === 0;
  }

  /** Whether everything in an equation is known. */
  tells(identity: Identity): boolean {
    return !Number.isNaN(this.#difference(identity));
  }

  #difference({ one, other }: Identity): number {
    return this.#sum(one) - this.#sum(other);
  }

  #sum(places: Int32Array): number {
    let sum = 0;
    for (const place of places) sum += this.#figures[place] as number;
    return sum;
  }
}
