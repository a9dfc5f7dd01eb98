import type { Entry, Words } from './entry.ts';
import { normalForm } from './normal-form.ts';
import { placingsOf } from './placements.ts';
import type { LabelMatch, RowMatcher } from './row-match.ts';
import type { Target } from './target.ts';

/** Figures, and what names their line. */
export interface Labelled {
  readonly entry: Entry;
  readonly match?: LabelMatch | undefined;
}

/** What names the line of some figures: their place where lines stand side by side, else the words before them. */
export function labelled(entry: Entry, targets: readonly Target[], matcher: RowMatcher): Labelled {
  const label = labelOf(entry, matcher);
  return { entry, match: acrossIn(entry, targets, label) ?? label };
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
function labelOf({ own, above, slots, standing }: Entry, matcher: RowMatcher): LabelMatch | undefined {
  if (own.length > 0) return firstMatch(own, matcher) ?? matcher.ending(joined([...above, ...own]));
  // A row of a table has its label beside it, or none; a row of text that has none may have lost it among others.
  const isAlone = standing !== 'listed' && above.at(-1)?.where.line !== slots[0]?.where.line;
  if (standing === 'ruled' || (isAlone && itemsIn(above) > 1)) return undefined;
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
export function passOn(candidates: readonly Labelled[]): Labelled[] {
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
