import { remembered } from './remembered.ts';
import type { Target } from './target.ts';

/** The line of the form a printed label names, and whether it names it in so many words. */
export interface LabelMatch {
  readonly target: Target;
  readonly exact: boolean;
  /** The same word stands over a column (总计, 其他). */
  readonly alsoHead?: boolean;
}

export interface RowMatcher {
  /** What the whole of a text names. */
  readonly whole: (text: string) => LabelMatch | undefined;
  /** Whether a text is the head of a column. */
  readonly isHead: (text: string) => boolean;
  /** What the end of a text names: a label behind other labels or pieces of them. */
  readonly ending: (text: string) => LabelMatch | undefined;
}

/** Words that make what follows a part of a line, not the line. */
const partOf = /(?:其中|包括|包含|含|除)$/u;

/** Finds the line of the form a label names, damaged or not. Texts are in normal form. */
export function rowMatcher(targets: readonly Target[]): RowMatcher {
  const byName = uniqueNames(targets);
  const longest = [...byName.keys()].filter((name) => name.length >= 3).sort((a, b) => b.length - a.length);
  const near = nearest([...byName]);
  const heads = new Set(targets.flatMap(({ columns }) => columns.map(({ name }) => name)));
  const exactly = (name: string | undefined) => {
    const target = name === undefined ? undefined : byName.get(name);
    return target && { target, exact: true, alsoHead: heads.has(name as string) };
  };
  return {
    isHead: (text) => heads.has(text),
    whole: remembered((text) => exactly(text) ?? near(text, text)),
    ending: (text) => {
      const name = longest.find((candidate) => text.endsWith(candidate));
      if (name !== undefined && partOf.test(text.slice(0, -name.length))) return undefined;
      return exactly(name) ?? near(text, undefined);
    },
  };
}

/** Names that mean one line only; where a group and a row of another edition share one, the alignment decides. */
function uniqueNames(targets: readonly Target[]): Map<string, Target> {
  const names = new Map<string, Target[]>();
  for (const target of targets) {
    for (const name of target.names) names.set(name, [...(names.get(name) ?? []), target]);
  }
  return new Map(
    [...names].flatMap(([name, [target, ...others]]) => {
      const rows = [target as Target, ...others].filter(({ kind }) => kind === 'row');
      if (others.length === 0) return [[name, target as Target] as const];
      return rows.length === 1 ? [[name, rows[0] as Target] as const] : [];
    }),
  );
}

/** Below this many characters damage leaves too little to tell a label by. */
const shortest = 5;

/** The least likeness, and how much the next best has to stay behind. */
const likeness = 0.7;
const margin = 0.1;

/** The one label most like a text that is like none of the others: damaged, cut off, or with a slip in it. */
function nearest(names: readonly (readonly [string, Target])[]) {
  const long = names.filter(([name]) => name.length >= shortest);
  return (text: string, whole: string | undefined): LabelMatch | undefined => {
    const end = text.slice(-longestLabel);
    const best = new Map<Target, number>();
    for (const [name, target] of long) {
      const score = likenessOf(end, name, whole);
      if (score > (best.get(target) ?? 0)) best.set(target, score);
    }
    const [first, second] = [...best].sort(([, a], [, b]) => b - a);
    if (!first || first[1] < likeness || first[1] - (second?.[1] ?? 0) < margin) return undefined;
    return { target: first[0], exact: false };
  };
}

/** No label is longer by much. */
const longestLabel = 60;

/** How much of a name stands at the end of a text, 0 to 1; the beginning of a name that is cut off counts too. */
function likenessOf(text: string, name: string, whole: string | undefined): number {
  if (whole !== undefined && whole.length >= shortest && name.startsWith(whole)) return 0.9;
  const distance = whole === undefined ? endingDistance(text, name) : wholeDistance(text, name);
  return 1 - distance / name.length;
}

function wholeDistance(text: string, name: string): number {
  if (Math.abs(text.length - name.length) > name.length * (1 - likeness)) return name.length;
  return lastRow(text, name, false)[name.length] as number;
}

function endingDistance(text: string, name: string): number {
  return lastRow(text, name, true)[name.length] as number;
}

/** Levenshtein's distances of a text to the beginnings of a name; `free`: the text may begin with anything. */
function lastRow(text: string, name: string, free: boolean): Uint8Array {
  let row = Uint8Array.from({ length: name.length + 1 }, (_, index) => index);
  for (let i = 1; i <= text.length; i += 1) {
    const next = new Uint8Array(name.length + 1);
    next[0] = free ? 0 : i;
    for (let j = 1; j <= name.length; j += 1) {
      const replaced = (row[j - 1] as number) + (text[i - 1] === name[j - 1] ? 0 : 1);
      next[j] = Math.min(replaced, (row[j] as number) + 1, (next[j - 1] as number) + 1);
    }
    row = next;
  }
  return row;
}
