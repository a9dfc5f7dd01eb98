import type { CheckedForm } from '../../domain/compile.ts';
import type { Identity } from '../../domain/identity.ts';
import { openLine, settled, type OpenLine, type Way } from './open-line.ts';
import type { Fill, Placings } from './placing.ts';
import { Sums } from './sums.ts';
import type { Target } from './target.ts';

/** A line of the form, and the ways of giving its figures to its cells. */
export interface PlacedLine {
  readonly target: Target;
  readonly placings: Placings;
}

/** What became of a cell: what fills it, nothing that is printed, or figures that may belong elsewhere as well. */
export type Decision = Fill | 'undecided' | undefined;

/**
 * Lets the sums of the form choose between ways of reading where they leave one. What can be read in one way only is
 * taken as it is printed, whether it adds up or not; nothing is ever computed into a cell.
 *
 * @returns for each line what became of its cells, in their order
 */
export function arbitrate(form: CheckedForm, lines: readonly PlacedLine[]): Decision[][] {
  const sums = new Sums(form);
  const open = lines.map((line) => openLine(form, sums, line));
  for (const line of open) sums.put(line, settled(line));
  const doubtful = open.filter(({ sure }) => !sure);
  let left = Number.POSITIVE_INFINITY;
  for (let now = waysIn(doubtful); now < left; now = waysIn(doubtful)) {
    left = now;
    for (const line of doubtful) keep(sums, line, (way) => sums.allow(line, way));
  }
  keepTogether(sums, doubtful);
  // Where a line does not add up, sums tell nothing of the others either.
  if (doubtful.length > 0 && open.some((line) => isBroken(sums, line))) for (const line of doubtful) line.ways = [];
  for (const line of doubtful) if (!isConfirmed(sums, line)) line.ways = [];
  return open.map(decide);
}

/**
 * Whether some sum speaks for the one way that is left, and not only nothing against it: a sum of the line itself, or
 * for each of its figures one across lines. Where a total is gone any figures before it would do.
 */
function isConfirmed(sums: Sums, line: OpenLine): boolean {
  const way = settled(line);
  const tells = (identity: Identity) => sums.tells(identity);
  if (!way || line.asPrinted || sums.within(line.places).every(tells)) return true;
  const told = line.identities.filter(tells);
  return line.places.every((place, index) => !(way.values[index] as number) || told.some((one) => stands(one, place)));
}

function stands({ one, other }: Identity, place: number): boolean {
  return one.includes(place) || other.includes(place);
}

/** Whether a line does not add up: as it is printed, or in any of the ways it could be read. */
function isBroken(sums: Sums, line: OpenLine): boolean {
  if (!line.sure) return line.ways.length === 0 && line.wasOpen;
  return sums.within(line.places).some((identity) => !sums.holds(identity));
}

function keep(sums: Sums, line: OpenLine, allowed: (way: Way) => boolean): void {
  line.ways = line.ways.filter(allowed);
  sums.put(line, settled(line));
}

function waysIn(lines: readonly OpenLine[]): number {
  return lines.reduce((sum, { ways }) => sum + ways.length, 0);
}

/** More combinations than these are not looked through. */
const mostCombinations = 4_096;

/** Where several lines are in doubt, a way stays that goes with some way of each of the others. */
function keepTogether(sums: Sums, lines: readonly OpenLine[]): void {
  const open = lines.filter((line) => line.ways.length > 1 && !settled(line));
  if (open.length < 2 || open.reduce((product, { ways }) => product * ways.length, 1) > mostCombinations) return;
  const kept = open.map(() => new Set<Way>());
  const go = (index: number, chosen: readonly Way[]): void => {
    const line = open[index];
    if (!line) return chosen.forEach((way, at) => kept[at]?.add(way));
    for (const way of line.ways) {
      sums.put(line, way);
      if (line.identities.every((identity) => sums.holds(identity))) go(index + 1, [...chosen, way]);
    }
    sums.put(line, undefined);
  };
  go(0, []);
  for (const [index, line] of open.entries()) keep(sums, line, (way) => kept[index]?.has(way) === true);
}

/** A cell is decided where every way left gives it the same, and one of them as it is printed. */
function decide({ places, ways }: OpenLine): Decision[] {
  return places.map((_, index) => {
    const fills = ways.map(({ placement }) => placement[index]);
    const values = ways.map((way) => way.values[index]);
    if (ways.length === 0 || !values.every((value) => Object.is(value, values[0]))) return 'undecided';
    const printed = fills.find((fill) => fill !== undefined);
    // Blank in one way and gone in another is not decided either.
    return Number.isNaN(values[0]) && fills.some((fill) => fill === undefined) && printed ? 'undecided' : printed;
  });
}
