import { around, type Box } from './box.ts';
import { closedCells, type GridCell } from './cells.ts';
import type { Rule, Rules } from './rules.ts';

/** A ruled table on one page. */
export interface Grid {
  readonly box: Box;
  readonly rows: number;
  readonly cells: readonly GridCell[];
  /** No rule closes it above, or below: it was cut there. */
  readonly openAbove: boolean;
  readonly openBelow: boolean;
}

/** The tables that the rules of a page make. A single frame is none: it is drawn around text. */
export function gridsOf(rules: Rules, tolerance: number): Grid[] {
  return connected(rules, tolerance).flatMap((part) => {
    const closed = withoutLooseEnds(withOuterEdges(part, tolerance), tolerance);
    const cells = closedCells(closed);
    if (cells.length < 2) return [];
    const box = around(cells.map((cell) => cell.box));
    const isOpen = (y: number) => !part.across.some(({ at }) => Math.abs(at - y) <= tolerance);
    const rows = Math.max(...cells.map(({ row, rows }) => row + rows));
    return [{ box, rows, cells, openAbove: isOpen(box.top), openBelow: isOpen(box.bottom) }];
  });
}

function touches(across: Rule, down: Rule, tolerance: number): boolean {
  const reaches = (rule: Rule, at: number) => at >= rule.from - tolerance && at <= rule.to + tolerance;
  return reaches(across, down.at) && reaches(down, across.at);
}

/** The rules by what hangs together. */
function connected({ across, down }: Rules, tolerance: number): Rules[] {
  const parts: Rules[] = [];
  const left = new Set(across);
  const leftDown = new Set(down);
  for (const first of across) {
    if (!left.delete(first)) continue;
    const part = { across: [first], down: [] as Rule[] };
    for (const rule of part.across) {
      for (const met of take(leftDown, (other) => touches(rule, other, tolerance))) {
        part.down.push(met);
        part.across.push(...take(left, (other) => touches(other, met, tolerance)));
      }
    }
    parts.push(part);
  }
  return parts.map((part) => withCutSides(part, leftDown, tolerance));
}

/** With the sides of cells that reach over the whole page and beyond: they meet no rule, but are as tall as the rest. */
function withCutSides({ across, down }: Rules, others: Set<Rule>, tolerance: number): Rules {
  const [top, bottom] = [Math.min(...down.map(({ from }) => from)), Math.max(...down.map(({ to }) => to))];
  const isAsTall = ({ from, to }: Rule) => Math.abs(from - top) <= tolerance && Math.abs(to - bottom) <= tolerance;
  return { across, down: [...down, ...take(others, isAsTall)] };
}

function take(rules: Set<Rule>, isWanted: (rule: Rule) => boolean): Rule[] {
  const taken = [...rules].filter(isWanted);
  for (const rule of taken) rules.delete(rule);
  return taken;
}

/** With the outer edges that were left undrawn: where two rules or more end in one line, the table ends there. */
function withOuterEdges({ across, down }: Rules, tolerance: number): Rules {
  return {
    across: [...across, ...edges(down, across, tolerance)],
    down: [...down, ...edges(across, down, tolerance)],
  };
}

function edges(rules: readonly Rule[], crossing: readonly Rule[], tolerance: number): Rule[] {
  if (crossing.length === 0) return [];
  const first = Math.min(...rules.map(({ from }) => from));
  const last = Math.max(...rules.map(({ to }) => to));
  const begun = rules.filter(({ from }) => from - first <= tolerance);
  const ended = rules.filter(({ to }) => last - to <= tolerance);
  return [edge(first, begun, crossing, tolerance), edge(last, ended, crossing, tolerance)].flat();
}

function edge(at: number, ends: readonly Rule[], crossing: readonly Rule[], tolerance: number): Rule[] {
  if (ends.length < 2) return [];
  const drawn = crossing.find((rule) => Math.abs(rule.at - at) <= tolerance);
  const places = ends.map((rule) => rule.at);
  return [{ at: drawn?.at ?? at, from: Math.min(...places), to: Math.max(...places) }];
}

/** Every rule cut back to the rules it meets: an underline meets none, and parts no cells. */
function withoutLooseEnds(rules: Rules, tolerance: number): Rules {
  const across = rules.across.flatMap((rule) =>
    cutBack(
      rule,
      rules.down.filter((down) => touches(rule, down, tolerance)),
    ),
  );
  const down = rules.down.flatMap((rule) =>
    cutBack(
      rule,
      across.filter((other) => touches(other, rule, tolerance)),
    ),
  );
  const count = ({ across, down }: Rules) => across.length + down.length;
  const cut = { across, down };
  return count(cut) < count(rules) ? withoutLooseEnds(cut, tolerance) : cut;
}

function cutBack(rule: Rule, met: readonly Rule[]): Rule[] {
  const places = met.map(({ at }) => at);
  const [from, to] = [Math.min(...places), Math.max(...places)];
  return to > from ? [{ at: rule.at, from, to }] : [];
}
