import { toInteger, type Cell } from '../../domain/cell.ts';
import type { CheckedForm } from '../../domain/compile.ts';
import type { Identity } from '../../domain/identity.ts';
import { fitFigure } from './figure.ts';
import type { Fill, Placement, Placings } from './placements.ts';
import type { Target } from './vocabulary.ts';

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
  return open.map(decide);
}

/** Whether a line does not add up: as it is printed, or in any of the ways it could be read. */
function isBroken(sums: Sums, line: OpenLine): boolean {
  if (!line.sure) return line.ways.length === 0 && line.wasOpen;
  return sums.within(line.places).some((identity) => !sums.holds(identity));
}

interface OpenLine {
  /** It is printed so: no sum is asked. */
  readonly sure: boolean;
  /** Where its cells stand in the vector; -1 for a cell the form does not have. */
  readonly places: readonly number[];
  readonly identities: readonly Identity[];
  /** There were ways to choose from. */
  readonly wasOpen: boolean;
  ways: readonly Way[];
}

interface Way {
  readonly placement: Placement;
  /** NaN where nothing is stated. */
  readonly values: readonly number[];
}

function openLine(form: CheckedForm, sums: Sums, { target, placings }: PlacedLine): OpenLine {
  const cells = target.cells.map((address) => form.cellAt.get(address));
  const places = cells.map((cell) => cell?.index ?? -1);
  const identities = placings.sure ? [] : sums.touching(places);
  const within = placings.sure ? [] : sums.within(places);
  // Without a sum of its own nothing tells whether a line in doubt is read rightly.
  const asPrinted = placings.sure || placings.cut === true;
  const possible = asPrinted || within.length > 0 ? placings.ways : [];
  const ways = possible.map((placement) => {
    const values = placement.map((fill, index) => valueOf(fill, cells[index]));
    return { placement, values: asPrinted ? values : completed(values, places, placement, within) };
  });
  return { sure: placings.sure, places, identities, wasOpen: ways.length > 0, ways };
}

function valueOf(fill: Fill | undefined, cell: Cell | undefined): number {
  if (!fill || !cell) return Number.NaN;
  if (fill.digits !== undefined) return Number(fill.digits);
  if (fill.slot.read.kind !== 'figure') return Number.NaN;
  const fitted = fitFigure(cell, fill.slot.read, undefined);
  return 'value' in fitted ? toInteger(cell.value, fitted.value) : Number.NaN;
}

/** What cells that are gone would hold: what the others add up to where it is their total, else nothing. */
function completed(
  printed: readonly number[],
  places: readonly number[],
  placement: Placement,
  within: readonly Identity[],
): number[] {
  const values = printed.map((value, index) => (placement[index] ? value : 0));
  for (const { one, other } of within) {
    const [total, parts] = one.length === 1 ? [one, other] : [other, one];
    const at = places.indexOf(total[0] as number);
    if (placement[at]) continue;
    values[at] = parts.reduce((sum, place) => sum + (values[places.indexOf(place)] as number), 0);
  }
  return values;
}

/** The equations of a form, over the figures known so far. */
class Sums {
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
  holds({ one, other }: Identity): boolean {
    const difference = this.#sum(one) - this.#sum(other);
    return Number.isNaN(difference) || difference === 0;
  }

  #sum(places: Int32Array): number {
    let sum = 0;
    for (const place of places) sum += this.#figures[place] as number;
    return sum;
  }
}

function keep(sums: Sums, line: OpenLine, allowed: (way: Way) => boolean): void {
  line.ways = line.ways.filter(allowed);
  sums.put(line, settled(line));
}

/** Ways that come to the same figures need no choice. */
function settled({ ways }: OpenLine): Way | undefined {
  const [first] = ways;
  if (!first) return undefined;
  const same = ways.every(({ values }) => values.every((value, index) => Object.is(value, first.values[index])));
  return same ? first : undefined;
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
  for (const [index, line] of open.entries()) line.ways = line.ways.filter((way) => kept[index]?.has(way));
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
