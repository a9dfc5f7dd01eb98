import { isStated, type Aligned } from './aligned.ts';
import { besideOthers } from './beside-others.ts';
import { betweenLines } from './between-lines.ts';
import type { Entry } from './entry.ts';
import { withoutGuesses } from './habits.ts';
import { labelled, passOn } from './labels.ts';
import { alignedAs, oneForEachLine } from './one-for-each-line.ts';
import { printedAgain } from './printed-again.ts';
import type { RowMatcher } from './row-match.ts';
import type { Vocabulary } from './vocabulary.ts';

export interface Alignment {
  readonly lines: readonly Aligned[];
  /** Figures for lines that have theirs: the same table again, or another like it. */
  readonly repeated: readonly Aligned[];
  /** Figures that belong to no line with certainty. */
  readonly left: readonly Entry[];
}

/** Gives each run of figures its line of the form: by its label, else by its place between those that have one. */
export function align(entries: readonly Entry[], { targets }: Vocabulary, matcher: RowMatcher): Alignment {
  const stated = entries.filter(isOfUse);
  const candidates = passOn(besideOthers(stated.map((entry) => labelled(entry, targets, matcher))));
  const places = candidates.map(({ entry }) => entry);
  const matched = candidates.flatMap((candidate) => alignedAs(candidate, candidates, targets) ?? []);
  const named = oneForEachLine(matched);
  const known = new Map(named.map((aligned) => [aligned.entry, aligned]));
  const own = targets.filter(({ kind, edition }) => kind === 'row' && edition === undefined);
  const lines = [...named, ...betweenLines(candidates, known, own)];
  const { once, again } = printedAgain(lines, matched);
  const used = new Set([...once, ...again].map(({ entry }) => entry));
  return {
    lines: withoutGuesses(once).sort((a, b) => places.indexOf(a.entry) - places.indexOf(b.entry)),
    repeated: again,
    left: places.filter((entry) => !used.has(entry) && entry.slots.some(isStated)),
  };
}

/** Blanks say something only where a line is named, or enough of them stand together. */
function isOfUse({ slots, own, standing }: Entry): boolean {
  return slots.some(isStated) || own.length > 0 || standing === 'ruled' || slots.length > 1;
}
