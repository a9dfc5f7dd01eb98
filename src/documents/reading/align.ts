import type { Entry, Words } from './entries.ts';
import { withoutGuesses } from './habits.ts';
import { normalForm } from './normal-form.ts';
import { printedAgain } from './printed-again.ts';
import { placingsOf, type Placings } from './placements.ts';
import type { LabelMatch, RowMatcher } from './row-match.ts';
import { besideOthers } from './beside-others.ts';
import type { Target, Vocabulary } from './vocabulary.ts';

/** Figures that were given a line of the form. */
export interface Aligned {
  readonly entry: Entry;
  readonly target: Target;
  readonly placings: Placings;
  /** 0 to 1: how surely the line is the one meant. */
  readonly confidence: number;
}

export interface Alignment {
  readonly lines: readonly Aligned[];
  /** Figures for lines that have theirs: the same table again, or another like it. */
  readonly repeated: readonly Aligned[];
  /** Figures that belong to no line with certainty. */
  readonly left: readonly Entry[];
}

/** How surely a line is known by its label, by a damaged one, by its place between others. */
const sureness = { exact: 1, near: 0.9, order: 0.8 } as const;

interface Candidate {
  readonly entry: Entry;
  readonly match?: LabelMatch | undefined;
}

/** Gives each run of figures its line of the form: by its label, else by its place between those that have one. */
export function align(entries: readonly Entry[], { targets }: Vocabulary, matcher: RowMatcher): Alignment {
  const stated = entries.filter(isOfUse);
  const candidates = passOn(
    besideOthers(
      stated.map((entry): Candidate => {
        const label = labelOf(entry, matcher);
        return { entry, match: acrossIn(entry, targets, label) ?? label };
      }),
    ),
  );
  const places = candidates.map(({ entry }) => entry);
  const matched = candidates.flatMap((candidate) => alignedAs(candidate, candidates, targets) ?? []);
  const labelled = oncePerLine(matched);
  const named = new Map(labelled.map((aligned) => [aligned.entry, aligned]));
  const own = targets.filter(({ kind, edition }) => kind === 'row' && edition === undefined);
  const lines = [...labelled, ...between(candidates, named, own)];
  const { once, again } = printedAgain(lines, matched);
  const used = new Set([...once, ...again].map(({ entry }) => entry));
  return {
    lines: withoutGuesses(once).sort((a, b) => places.indexOf(a.entry) - places.indexOf(b.entry)),
    repeated: again,
    left: places.filter((entry) => !used.has(entry) && entry.slots.some(isFigure)),
  };
}

function isFigure({ read }: Entry['slots'][number]): boolean {
  return read.kind !== 'blank';
}

/** Blanks say something only where a line is named, or enough of them stand together. */
function isOfUse({ slots, own, standing }: Entry): boolean {
  return slots.some(isFigure) || own.length > 0 || standing === 'ruled' || slots.length > 1;
}

/**
 * A block whose rows stand side by side has no label before its figures: they are known by their number. Below the
 * label of a row elsewhere as many figures are something else.
 */
function acrossIn(
  { own, slots, heads, standing }: Entry,
  targets: readonly Target[],
  label: LabelMatch | undefined,
): LabelMatch | undefined {
  if (own.length > 0) return undefined;
  const target = targets.find(({ kind, cells }) => {
    const room = standing === 'run' && slots.length < cells.length ? digitsIn(slots) : slots.length;
    const most = standing === 'ruled' ? Number.POSITIVE_INFINITY : cells.length + 2;
    return kind === 'across' && room >= cells.length - 1 && slots.length <= most;
  });
  const isElsewhere = label?.exact === true && label.alsoHead !== true && label.target.section !== target?.section;
  if (!target || isElsewhere) return undefined;
  const over = heads.map(({ normal }) => normal).join('');
  const names = target.columns.filter(({ name }) => name.length > 2 && over.includes(name));
  const counted = slots.length === target.cells.length;
  return counted || names.length > 1 ? { target, exact: counted } : undefined;
}

function digitsIn(slots: Entry['slots']): number {
  return slots.reduce((sum, { text }) => sum + (/^\d+$/u.test(text) ? text.length : 0), 0);
}

/** What names the line of some figures: words before them on their line, else the words above, put together. */
function labelOf({ own, above, standing }: Entry, matcher: RowMatcher): LabelMatch | undefined {
  if (own.length > 0) return firstMatch(own, matcher) ?? matcher.ending(joined([...above, ...own]));
  // A row of a table has its label beside it, or none; a row of text that has none may have lost it among others.
  if (standing === 'ruled' || (standing === 'parted' && itemsIn(above) > 1)) return undefined;
  return firstMatch(above, matcher) ?? matcher.ending(joined(above));
}

/** How many numbered items begin in some words. */
function itemsIn(words: readonly Words[]): number {
  return words.reduce((sum, { text }) => sum + (text.match(/\d{1,2}[.、．](?!\d)/gu)?.length ?? 0), 0);
}

/** The innermost label that is one: the last, or the last few put together where it is broken over lines. */
function firstMatch(words: readonly Words[], matcher: RowMatcher): LabelMatch | undefined {
  for (let pieces = 1; pieces <= Math.min(6, words.length); pieces += 1) {
    const match = matcher.whole(joined(words.slice(-pieces)));
    if (match) return match;
  }
  const bare = withoutRemark(words.at(-1)?.text ?? '');
  return bare === '' ? undefined : matcher.whole(normalForm(bare));
}

/** A label without what somebody remarks in brackets behind it; nothing where there is no such remark. */
function withoutRemark(text: string): string {
  return /^(.+?)[（(].+[)）]\s*$/su.exec(text)?.[1] ?? '';
}

function joined(words: readonly Words[]): string {
  return words.map(({ normal }) => normal).join('');
}

/** A stray figure behind a label does not keep the label from the row that follows. */
function passOn(candidates: readonly Candidate[]): Candidate[] {
  const passed = [...candidates];
  for (const [index, { entry, match }] of candidates.entries()) {
    const next = candidates[index + 1];
    if (!match || !next || next.match || placingsOf(entry, match.target).ways.length > 0) continue;
    if (entry.own.length > 0 || next.entry.above.length > 0 || placingsOf(next.entry, match.target).ways.length === 0)
      continue;
    passed[index] = { entry };
    passed[index + 1] = { entry: next.entry, match };
  }
  return passed;
}

/** Labelled figures, one run for each line: those of the longest run in the form's order, then others. */
function oncePerLine(matched: readonly Aligned[]): Aligned[] {
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
function alignedAs(
  { entry, match }: Candidate,
  candidates: readonly Candidate[],
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

/** Figures without a label, where as many of them stand between two known lines as the form has lines there. */
function between(
  candidates: readonly Candidate[],
  named: ReadonlyMap<Entry, Aligned>,
  rows: readonly Target[],
): Aligned[] {
  const taken = new Set([...named.values()].map(({ target }) => target.order));
  const found: Aligned[] = [];
  let start = -1;
  let waiting: Entry[] = [];
  for (const { entry, match } of candidates) {
    const known = named.get(entry);
    if (!known) {
      // A line that is named and has its figures is printed again: it stands for no other.
      if (!match?.exact) waiting.push(entry);
      continue;
    }
    if (start >= 0)
      found.push(
        ...inGap(
          waiting,
          rows.filter(({ order }) => order > start && order < known.target.order && !taken.has(order)),
        ),
      );
    if (known.target.edition === undefined) start = known.target.order;
    waiting = [];
  }
  return found;
}

function inGap(entries: readonly Entry[], rows: readonly Target[]): Aligned[] {
  const possible = entries.filter(
    (entry) => entry.slots.some(isFigure) && rows.some((row) => placingsOf(entry, row).ways.length > 0),
  );
  if (possible.length !== rows.length) return [];
  const lines = possible.map((entry, index) => {
    const target = rows[index] as Target;
    return { entry, target, placings: placingsOf(entry, target), confidence: sureness.order };
  });
  return lines.every(({ placings }) => placings.ways.length > 0) ? lines : [];
}
