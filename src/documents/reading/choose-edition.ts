import type { Printed } from '../printed/printed.ts';
import { normalForm } from './normal-form.ts';
import { longestRow } from './segments.ts';
import type { Vocabulary } from './vocabulary.ts';

/** The edition whose own words a document has most of; `undefined` where it has none that tell them apart. */
export function chooseEdition({ lines }: Printed, vocabularies: readonly Vocabulary[]): string | undefined {
  const rows = lines.filter(({ cells }) => cells.every(({ text }) => text.length <= longestRow));
  return editionOf(rows, vocabularies) ?? editionOf(lines, vocabularies);
}

function editionOf(lines: Printed['lines'], vocabularies: readonly Vocabulary[]): string | undefined {
  const text = lines.map(({ cells }) => cells.map((cell) => normalForm(cell.text)).join('|')).join('|');
  const scores = vocabularies.map(({ edition, ownWords }) => ({
    edition,
    score: ownWords.filter((word) => text.includes(word)).length,
  }));
  const [best, second] = scores.sort((a, b) => b.score - a.score);
  return best && best.score > (second?.score ?? 0) ? best.edition : undefined;
}
