import { around, type Box } from './box.ts';
import type { Fill, Stroke } from './drawing.ts';

/** A line across or down the page: `at` on the other axis, `from` before `to`. */
export interface Rule {
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

export interface Rules {
  readonly across: readonly Rule[];
  readonly down: readonly Rule[];
}

/** Most rules in one direction: what has more is a drawing, not a table. */
const mostRules = 2_000;

/**
 * The rules of a page, whatever they were drawn as: strokes, thin filled boxes, frames, dashes, the sides of each cell
 * for itself, twice side by side. White boxes are the paper's, not rules. `tolerance` is how far apart two rules may be
 * and still be one; what is more than twice as wide is an area.
 */
export function rulesOf(strokes: readonly Stroke[], fills: readonly Fill[], tolerance: number): Rules {
  const widest = 2 * tolerance;
  const lines = strokes.filter(({ width }) => width <= widest).map(({ box }) => box);
  const dark = fills.filter(({ ink }) => ink === 'dark');
  const boxes = [...lines, ...dark.flatMap(({ parts }) => sidesOf(parts, widest))];
  const across = boxes.filter(({ top, bottom }) => bottom - top <= widest);
  const down = boxes.filter(({ left, right }) => right - left <= widest);
  return {
    across: straightened(
      across.map(({ left, top, right, bottom }) => ({ at: (top + bottom) / 2, from: left, to: right })),
      tolerance,
    ),
    down: straightened(
      down.map(({ left, top, right, bottom }) => ({ at: (left + right) / 2, from: top, to: bottom })),
      tolerance,
    ),
  };
}

/** The parts of a filled path; a box in a box, the space between them filled, is a frame of four sides. */
function sidesOf(parts: readonly Box[], widest: number): readonly Box[] {
  const frame = around(parts);
  const inner = parts.filter((part) => part !== parts[0] && isJustWithin(part, frame, widest));
  if (parts.length !== 2 || inner.length === 0) return parts;
  const { left, top, right, bottom } = frame;
  return [
    { left, top, right, bottom: top },
    { left, top: bottom, right, bottom },
    { left, top, right: left, bottom },
    { left: right, top, right, bottom },
  ];
}

function isJustWithin(inner: Box, outer: Box, widest: number): boolean {
  const gaps = [inner.left - outer.left, inner.top - outer.top, outer.right - inner.right, outer.bottom - inner.bottom];
  return gaps.every((gap) => gap >= 0 && gap <= widest);
}

/** Rules that lie in one line, joined where they touch; specks that join nothing are left out. */
function straightened(rules: readonly Rule[], tolerance: number): Rule[] {
  const whole = inLine(rules, tolerance).flatMap((line) => joined(line, tolerance));
  const long = whole.filter(({ from, to }) => to - from > 2 * tolerance);
  return long.length > mostRules ? [] : long;
}

/** Rules by the line they lie in, from the first to the last. */
function inLine(rules: readonly Rule[], tolerance: number): Rule[][] {
  const lines: Rule[][] = [];
  for (const rule of rules.toSorted((a, b) => a.at - b.at)) {
    const line = lines.at(-1);
    if (line && rule.at - (line[0] as Rule).at <= tolerance) line.push(rule);
    else lines.push([rule]);
  }
  return lines;
}

/** Up to how many tolerances (one height of the text) dashes are long, and apart. */
const dash = 4;

function joined(line: readonly Rule[], tolerance: number): Rule[] {
  const at = weighted(line);
  const whole: Rule[] = [];
  let before = Infinity;
  for (const { from, to } of line.toSorted((a, b) => a.from - b.from)) {
    const last = whole.at(-1);
    const gap = Math.max(before, to - from) <= dash * tolerance ? dash * tolerance : tolerance;
    if (last && from - last.to <= gap) whole[whole.length - 1] = { ...last, to: Math.max(last.to, to) };
    else whole.push({ at, from, to });
    before = to - from;
  }
  return whole;
}

/** Where a line lies: long rules count for more than short ones. */
function weighted(line: readonly Rule[]): number {
  const weights = line.map(({ from, to }) => to - from + Number.EPSILON);
  const sum = weights.reduce((all, weight) => all + weight, 0);
  return line.reduce((all, { at }, index) => all + at * (weights[index] as number), 0) / sum;
}
