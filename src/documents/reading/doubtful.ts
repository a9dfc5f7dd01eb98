import type { Slot } from './entry.ts';
import { none, type Fill, type Placement, type Placings } from './placing.ts';

/** One cell too few: any may be the one that is gone. Some too many: zeros that do not belong may be left out. */
export function uncertain(slots: readonly Slot[], size: number): Placings {
  const fills = slots.map((slot) => ({ slot }));
  if (slots.length < size) return { sure: false, ways: slots.length < 2 ? [] : withGaps(fills, size) };
  const zeros = slots.flatMap((slot, index) => (isZero(slot) ? [index] : []));
  return { sure: false, ways: without(fills, zeros, slots.length - size) };
}

/** A nought, and nothing else. */
export function isZero({ read }: Slot): boolean {
  return read.kind === 'figure' && Number(read.digits) === 0;
}

function without(fills: Placement, zeros: readonly number[], count: number): Placement[] {
  if (count === 0) return [fills];
  if (count > 2) return [];
  return zeros.flatMap((zero, index) =>
    without(
      fills.filter((_, place) => place !== zero),
      zeros.slice(index + 1).map((place) => place - 1),
      count - 1,
    ),
  );
}

function withGaps(fills: Placement, size: number): Placement[] {
  const missing = size - fills.length;
  if (missing === 0) return [fills];
  if (missing > 2) return [];
  const places = Array.from({ length: fills.length + 1 }, (_, index) => index);
  const ways = places.map((place) => [...fills.slice(0, place), undefined, ...fills.slice(place)]);
  return missing === 1 ? ways : ways.flatMap((way) => withGaps(way, size));
}

/** More ways than these are too many to tell anything by. */
const mostWays = 5_000;

/** Run-together digits parted in every way that gives each cell a figure: `801000081` is 80·1·0·0·0·0·81, or otherwise. */
export function partings(slots: readonly Slot[], size: number): Placings {
  if (!slots.every(({ text }) => /^\d+$/u.test(text))) return uncertain(slots, size);
  const fills = slots.map((slot) => ({ slot }));
  const ways: Placement[] = slots.length > 1 ? withGaps(fills, size) : [];
  partInto(slots, 0, size, [], ways);
  // Zeros, and one figure behind them, part in one way, however many cells are blank.
  const sure = slots.length === 1 && /^0*\d$/u.test((slots[0] as Slot).text);
  return ways.length > mostWays ? none : { sure, ways };
}

/** A figure that long is not parted off: no count has more digits. */
const longestFigure = 8;

function partInto(slots: readonly Slot[], from: number, cells: number, done: readonly Fill[], ways: Placement[]): void {
  const [slot, ...rest] = slots;
  if (!slot) {
    if (cells === 0) ways.push(done);
    return;
  }
  const left = slot.text.length - from;
  // Each figure still to come takes a digit at least.
  if (cells < 1 + rest.length || ways.length > mostWays) return;
  const longest = slot.text[from] === '0' ? 1 : Math.min(left, longestFigure);
  for (let length = 1; length <= longest; length += 1) {
    const fill = { slot, digits: slot.text.slice(from, from + length) };
    if (length === left) partInto(rest, 0, cells - 1, [...done, fill], ways);
    else partInto(slots, from + length, cells - 1, [...done, fill], ways);
  }
}
