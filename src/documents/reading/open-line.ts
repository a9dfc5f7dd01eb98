import { toInteger, type Cell } from '../../domain/cell.ts';
import type { CheckedForm } from '../../domain/compile.ts';
import type { Identity } from '../../domain/identity.ts';
import { fitFigure } from './figure.ts';
import type { Fill, Placement } from './placing.ts';
import type { PlacedLine } from './arbitrate.ts';
import type { Sums } from './sums.ts';

/** A line with the ways of reading it that are left. */
export interface OpenLine {
  /** It is printed so: no sum is asked. */
  readonly sure: boolean;
  /** Where its cells stand in the vector; -1 for a cell the form does not have. */
  readonly places: readonly number[];
  readonly identities: readonly Identity[];
  /** What is printed of it stands in its own cells. */
  readonly asPrinted: boolean;
  /** There were ways to choose from. */
  readonly wasOpen: boolean;
  ways: readonly Way[];
}

/** One way of reading a line, and what its cells then hold. */
export interface Way {
  readonly placement: Placement;
  /** NaN where nothing is stated. */
  readonly values: readonly number[];
}

/** A line of the form before any sum was asked. */
export function openLine(form: CheckedForm, sums: Sums, { target, placings }: PlacedLine): OpenLine {
  const cells = target.cells.map((address) => form.cellAt.get(address));
  const places = cells.map((cell) => cell?.index ?? -1);
  const identities = placings.sure ? [] : sums.touching(places);
  const within = placings.sure ? [] : sums.within(places);
  // Without a sum of its own nothing tells whether a line in doubt is read rightly.
  const asPrinted = placings.sure || placings.cut === true;
  const possible = asPrinted || within.length > 0 ? placings.ways : [];
  const ways = possible.flatMap((placement) => {
    const printed = placement.map((fill, index) => valueOf(fill, cells[index]));
    const values = asPrinted ? printed : completed(printed, places, placement, within);
    return values ? [{ placement, values }] : [];
  });
  return { sure: placings.sure, asPrinted, places, identities, wasOpen: ways.length > 0, ways };
}

function valueOf(fill: Fill | undefined, cell: Cell | undefined): number {
  if (!fill || !cell) return Number.NaN;
  if (fill.digits !== undefined) return Number(fill.digits);
  if (fill.slot.read.kind !== 'figure') return Number.NaN;
  const fitted = fitFigure(cell, fill.slot.read, undefined);
  return 'value' in fitted ? toInteger(cell.value, fitted.value) : Number.NaN;
}

/**
 * What a cell that is gone held, if the line adds up: what its total leaves. Nothing is known of a total that is gone
 * unless there is nothing to add up, nor of several cells; `undefined` where the others are more than their total.
 */
function completed(
  printed: readonly number[],
  places: readonly number[],
  placement: Placement,
  within: readonly Identity[],
): number[] | undefined {
  const values = [...printed];
  for (const { one, other } of within) {
    const [total, ...rest] = one.length === 1 ? [...one, ...other] : [...other, ...one];
    const at = places.indexOf(total as number);
    const parts = rest.map((place) => places.indexOf(place));
    const gone = parts.filter((part) => placement[part] === undefined);
    if (gone.length === 0 && placement[at] === undefined && parts.every((part) => values[part] === 0)) values[at] = 0;
    if (placement[at] === undefined || gone.length === 0) continue;
    const known = parts.reduce((sum, part) => sum + (gone.includes(part) ? 0 : (values[part] as number)), 0);
    const left = (values[at] as number) - known;
    if (left < 0) return undefined;
    if (gone.length === 1) values[gone[0] as number] = left;
  }
  return values;
}

/** Ways that come to the same figures need no choice. */
export function settled({ ways }: OpenLine): Way | undefined {
  const [first] = ways;
  if (!first) return undefined;
  const same = ways.every(({ values }) => values.every((value, index) => Object.is(value, first.values[index])));
  return same ? first : undefined;
}
