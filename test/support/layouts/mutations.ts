import type { Pick } from './distortions.ts';

/** What may happen to the text of a file. */
export type Mutation = (text: string, pick: Pick) => string;

/** Marks, digits and words that get into texts. */
const noise = [
  '7',
  ' 12 ',
  '|',
  '¦',
  '\t',
  '\n',
  '（3）',
  '件',
  '其他',
  '总计',
  '<td>',
  '</tr>',
  '\u00a0',
  '—',
  '－3－',
];

function atPlace(text: string, pick: Pick, change: (before: string, behind: string) => string): string {
  const at = pick(text.length + 1);
  return change(text.slice(0, at), text.slice(at));
}

function ofLines(change: (lines: readonly string[], pick: Pick) => readonly string[]): Mutation {
  return (text, pick) => change(text.split('\n'), pick).join('\n');
}

export const mutations: Readonly<Record<string, Mutation>> = {
  dropCharacter: (text, pick) => atPlace(text, pick, (before, behind) => before + behind.slice(1)),
  dropPiece: (text, pick) => atPlace(text, pick, (before, behind) => before + behind.slice(pick(40))),
  doublePiece: (text, pick) => atPlace(text, pick, (before, behind) => before + behind.slice(0, pick(40)) + behind),
  insertNoise: (text, pick) => atPlace(text, pick, (before, behind) => before + noise[pick(noise.length)] + behind),
  swapCharacters: (text, pick) =>
    atPlace(text, pick, (before, behind) => before + behind.slice(1, 2) + behind.slice(0, 1) + behind.slice(2)),
  truncate: (text, pick) => text.slice(0, pick(text.length)),
  dropLine: ofLines((lines, pick) => lines.toSpliced(pick(lines.length), 1)),
  doubleLine: ofLines((lines, pick) => {
    const at = pick(lines.length);
    return lines.toSpliced(at, 0, lines[at] as string);
  }),
  swapLines: ofLines((lines, pick) => {
    const [one, other] = [pick(lines.length), pick(lines.length)];
    return lines.with(one, lines[other] as string).with(other, lines[one] as string);
  }),
};
