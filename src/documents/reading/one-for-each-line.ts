import { sureness, type Aligned } from './aligned.ts';
import type { Labelled } from './labels.ts';
import { placingsOf } from './placements.ts';
import type { Target } from './target.ts';

/** Labelled figures, one run for each line: those of the longest run in the form's order, then others. */
export function oneForEachLine(matched: readonly Aligned[]): Aligned[] {
  const main = longestInOrder(fitting(matched));
  const taken = new Set(main.map(({ target }) => target));
  const rest = [...fitting(matched), ...matched].filter(({ target }) => !taken.has(target) && taken.add(target));
  return withoutRivals([...main, ...rest]);
}

/** Where the rows of a block stand side by side, their names stand over figures and name none. */
function withoutRivals(lines: readonly Aligned[]): Aligned[] {
  const across = fitting(lines).flatMap(({ target }) => (target.kind === 'across' ? target.cells : []));
  return lines.filter(({ target }) => target.kind === 'across' || !target.cells.some((cell) => across.includes(cell)));
}

function fitting(lines: readonly Aligned[]): Aligned[] {
  return lines.filter(({ placings }) => placings.ways.length > 0);
}

/** A group's heading with figures is a row of another edition where none of the group's own rows is printed. */
export function alignedAs(
  { entry, match }: Labelled,
  candidates: readonly Labelled[],
  targets: readonly Target[],
): Aligned | undefined {
  if (!match) return undefined;
  const { target, exact } = match;
  const group = target.onGroup && target.edition !== undefined ? groupNamed(target, targets) : undefined;
  const isOwn = (other: Target) => other.edition === undefined && group !== undefined && other.groups[0] === group.key;
  const meant = group && candidates.some((other) => other.match && isOwn(other.match.target)) ? group : target;
  return {
    entry,
    target: meant,
    placings: placingsOf(entry, meant),
    confidence: exact ? sureness.exact : sureness.near,
  };
}

function groupNamed(row: Target, targets: readonly Target[]): Target | undefined {
  return targets.find(
    ({ kind, section, names }) => kind === 'subtotal' && section === row.section && names[0] === row.names[0],
  );
}

/** The most lines that stand in the document in the order of the form: a table with others' rows around it is found so. */
function longestInOrder(lines: readonly Aligned[]): Aligned[] {
  const length = lines.map(() => 1);
  const before = lines.map(() => -1);
  for (const [index, { target }] of lines.entries()) {
    for (let earlier = 0; earlier < index; earlier += 1) {
      if ((lines[earlier] as Aligned).target.order >= target.order) continue;
      if ((length[earlier] as number) + 1 <= (length[index] as number)) continue;
      length[index] = (length[earlier] as number) + 1;
      before[index] = earlier;
    }
  }
  const run: Aligned[] = [];
  for (let index = length.indexOf(Math.max(...length)); index >= 0; index = before[index] as number) {
    run.unshift(lines[index] as Aligned);
  }
  return run;
}
