import type { Cell } from '../../src/domain/cell.ts';
import type { Figures } from '../../src/domain/figures.ts';
import type { Form } from '../../src/domain/form.ts';
import type { Identity } from '../../src/domain/identity.ts';
import { allHold, residual } from './identities.ts';

const greatest = Number.MAX_SAFE_INTEGER;

/** Places, and the figures they would have to take: every way there is. */
export interface FoundSet {
  readonly places: readonly number[];
  readonly ways: readonly (readonly number[])[];
}

/** The figures to be tried in a cell, given what the cells before it in the set are set to in `figures`. */
type Tries = (place: number, figures: Figures) => readonly number[];

/** The smallest sets of one or two cells whose change makes all of some identities hold, by trying everything. */
export function smallestSets(identities: readonly Identity[], figures: Figures, tries: Tries): FoundSet[] {
  const places = [...new Set(identities.flatMap(({ one, other }) => [...one, ...other]))]
    .filter((place) => !Number.isNaN(figures[place]))
    .sort((a, b) => a - b);
  const ofOne = places.map((place) => [place]);
  const ofTwo = places.flatMap((a) => places.filter((b) => b > a).map((b) => [a, b]));
  const found = (sets: readonly number[][]) =>
    sets.map((set) => ({ places: set, ways: ways(identities, figures, set, tries) })).filter((set) => set.ways.length);
  const singles = found(ofOne);
  return singles.length > 0 ? singles : found(ofTwo);
}

function ways(identities: readonly Identity[], figures: Figures, set: readonly number[], tries: Tries): number[][] {
  const touched = identities.filter(({ one, other }) => set.some((p) => one.includes(p) || other.includes(p)));
  if (
    !allHold(
      identities.filter((identity) => !touched.includes(identity)),
      figures,
    )
  )
    return [];
  const solve = (changed: Figures, [place, ...rest]: readonly number[]): number[][] => {
    if (place === undefined) return allHold(touched, changed) ? [[]] : [];
    return [...new Set(tries(place, changed))]
      .filter((figure) => figure !== figures[place])
      .flatMap((figure) => solve(changed.with(place, figure), rest).map((way) => [figure, ...way]));
  };
  return solve(figures, set);
}

/** Every legal figure of some size at most. */
export function upTo(form: Form, greatest: number): Tries {
  const counts = Array.from({ length: greatest + 1 }, (_, n) => n);
  const signed = [...counts.map((count) => -count), ...counts];
  return (place) => ((form.cells[place] as Cell).value === 'signedCount' ? signed : counts);
}

/**
 * For figures too great to try all. In the first cell of a set: whatever an identity calls for, or two of them, or half
 * of that, or an identity with another cell at an end of its range; and its own ends. In the second: what an identity
 * calls for then. Every only way is among those, and two of any number of ways.
 */
export function calledFor(form: Form, identities: readonly Identity[], figures: Figures): Tries {
  const residuals = (now: Figures) =>
    identities.flatMap((identity) => residual(identity, now) ?? []).flatMap((r) => [r, -r]);
  const before = residuals(figures);
  const twice = before.flatMap((r) => before.flatMap((other) => [r + other, (r + other) / 2n]));
  const ends = (place: number) => endsOf(form.cells[place] as Cell, figures[place] as number);
  const atEnds = [...figures.keys()].flatMap((place) => ends(place).map((end) => figures.with(place, end)));
  const first = [...before, ...twice, ...atEnds.flatMap(residuals)];
  return (place, now) => {
    const [least, most] = ends(place);
    const stated = BigInt(figures[place] as number);
    const tried = (now === figures ? first : residuals(now)).map((by) => stated + by);
    const legal = tried.filter((figure) => figure >= (least as number) && figure <= (most as number)).map(Number);
    return now === figures ? [...legal, ...ends(place)] : legal;
  };
}

/** The least and the greatest figure a count may be changed to, by a safe integer at most. */
function endsOf({ value }: Cell, stated: number): number[] {
  const least = value === 'signedCount' ? -greatest : 0;
  return [Math.max(least, stated - greatest), Math.min(greatest, stated + greatest)];
}

/** Identities by independent part: those a chain of shared cells joins. */
export function parts(identities: readonly Identity[]): Identity[][] {
  const share = (a: Identity, b: Identity) => {
    const of = ({ one, other }: Identity) => [...one, ...other];
    return of(a).some((place) => of(b).includes(place));
  };
  const left = new Set(identities);
  return identities.flatMap((first) => {
    if (!left.delete(first)) return [];
    const part = [first];
    for (const member of part) {
      for (const other of left) if (share(member, other) && left.delete(other)) part.push(other);
    }
    return [part];
  });
}
