import { diffArrays } from 'diff';
import type { TextPart } from '../domain/changes.ts';

const sentences = new Intl.Segmenter('zh-CN', { granularity: 'sentence' });
const words = new Intl.Segmenter('zh-CN', { granularity: 'word' });

/** The most sentences, and words, removed and added that are looked for: the time it takes grows with the square. */
const mostEdits = 1_000;

/** Where less of the shorter than this share of it stayed, the words left standing alone would only be in the way. */
const worthTelling = 1 / 3;

/**
 * How a text became another: which sentences stayed, and between those which words. A figure is one word (`1,234`,
 * `12.5`). Where hardly anything stayed, the old is told as removed and the new as added, each as a whole.
 */
export function compareTexts(before: string, after: string): TextPart[] {
  let wordsLeft = mostEdits;
  const parts = compare(before, after, sentences, mostEdits).stretches.flatMap((passage) => {
    if (passage.same !== '') return partsOf(passage);
    const { stretches, edits } = compare(passage.removed, passage.added, words, wordsLeft);
    wordsLeft -= edits;
    return isRewritten(passage, stretches) ? partsOf(passage) : stretches.flatMap(partsOf);
  });
  return joined(parts);
}

function isRewritten({ removed, added }: Stretch, stretches: readonly Stretch[]): boolean {
  const stayed = stretches.reduce((sum, { same }) => sum + same.length, 0);
  return stayed < worthTelling * Math.min(removed.length, added.length);
}

/** Either what both texts hold, or what one holds in the place of what the other does. */
interface Stretch {
  readonly same: string;
  readonly removed: string;
  readonly added: string;
}

/** The stretches of two texts, and how many segments were removed and added, or `limit` where there are more. */
function compare(
  before: string,
  after: string,
  segmenter: Intl.Segmenter,
  limit: number,
): { readonly stretches: readonly Stretch[]; readonly edits: number } {
  const found = diffArrays(segmentsOf(before, segmenter), segmentsOf(after, segmenter), { maxEditLength: limit });
  if (!found) return { stretches: [{ same: '', removed: before, added: after }], edits: limit };
  const stretches: Stretch[] = [];
  let edits = 0;
  for (const { value, added, removed, count } of found) {
    const text = value.join('');
    const change = { same: '', removed: removed ? text : '', added: added ? text : '' };
    const last = stretches.at(-1);
    if (!added && !removed) stretches.push({ same: text, removed: '', added: '' });
    else if (last?.same === '') stretches.splice(-1, 1, both(last, change));
    else stretches.push(change);
    if (added || removed) edits += count;
  }
  return { stretches, edits };
}

function both(one: Stretch, next: Stretch): Stretch {
  return { same: '', removed: one.removed + next.removed, added: one.added + next.added };
}

function segmentsOf(text: string, segmenter: Intl.Segmenter): string[] {
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

function partsOf({ same, removed, added }: Stretch): TextPart[] {
  const parts: TextPart[] = [
    { kind: 'same', text: same },
    { kind: 'removed', text: removed },
    { kind: 'added', text: added },
  ];
  return parts.filter(({ text }) => text !== '');
}

/** Neighbours of one kind as one part. */
function joined(parts: readonly TextPart[]): TextPart[] {
  const whole: TextPart[] = [];
  for (const { kind, text } of parts) {
    const last = whole.at(-1);
    if (last?.kind === kind) whole.splice(-1, 1, { kind, text: last.text + text });
    else whole.push({ kind, text });
  }
  return whole;
}
