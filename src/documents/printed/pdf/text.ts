import { around, turned, type Box } from './box.ts';
import type { Glyph } from './drawing.ts';

/** Characters that stand on one line, from left to right. */
export interface TextLine {
  readonly box: Box;
  readonly glyphs: readonly Glyph[];
}

/** How much of the smaller of two characters' heights they share if they stand on one line. */
const lineShare = 0.5;

/** The lines that upright characters make, from top to bottom; in which order they were drawn does not matter. */
export function linesOf(glyphs: readonly Glyph[]): TextLine[] {
  const lines: { tallest: Box; glyphs: Glyph[] }[] = [];
  for (const glyph of glyphs.toSorted((a, b) => centre(a.box) - centre(b.box))) {
    const line = lines.at(-1);
    if (line && isBeside(glyph.box, line.tallest)) {
      line.glyphs.push(glyph);
      if (heightOf(glyph.box) > heightOf(line.tallest)) line.tallest = glyph.box;
    } else lines.push({ tallest: glyph.box, glyphs: [glyph] });
  }
  return lines.map(({ glyphs }) => lineOf(glyphs));
}

function lineOf(glyphs: readonly Glyph[]): TextLine {
  return {
    box: around(glyphs.map(({ box }) => box)),
    glyphs: glyphs.toSorted((a, b) => a.box.left - b.box.left),
  };
}

/** What stands in a cell, a line of it on a line; text that is turned is read as it stands, after what is upright. */
export function textOf(glyphs: readonly Glyph[]): string {
  return [0, 1, 2, 3]
    .flatMap((turn) => linesOf(upright(glyphs, turn)))
    .map(lineText)
    .join('\n');
}

/** The characters that read in one direction, seen with the page turned so that they stand upright. */
export function upright(glyphs: readonly Glyph[], turn: number): Glyph[] {
  const same = glyphs.filter((glyph) => glyph.turn === turn);
  return same.map((glyph) => ({ ...glyph, box: turned(glyph.box, turn), turn: 0 }));
}

/** From which part of a character's height on a gap between two is a blank. */
const blankGap = 0.2;

/**
 * A line as text, with a blank where the gap is wide. Raised figures (a note's number) come as `[2]`, lest they read as
 * digits of the figure before them.
 */
export function lineText({ glyphs }: TextLine): string {
  const tallest = glyphs.reduce(
    (tall, { box }) => (heightOf(box) > heightOf(tall) ? box : tall),
    glyphs[0]?.box as Box,
  );
  const words = glyphs.map((glyph, index) => {
    const before = glyphs[index - 1];
    const raised = isRaised(glyph, tallest);
    const opens = raised && !(before && isRaised(before, tallest));
    const closes = !raised && before !== undefined && isRaised(before, tallest);
    const blank = before !== undefined && gapBetween(before, glyph) > blankGap * heightOf(tallest);
    return `${closes ? ']' : ''}${blank ? ' ' : ''}${opens ? '[' : ''}${glyph.text}`;
  });
  const last = glyphs.at(-1);
  return words.join('') + (last && isRaised(last, tallest) ? ']' : '');
}

/** The gap between two characters of a line beyond what their spacing makes. */
export function gapBetween(before: Glyph, after: Glyph): number {
  return after.box.left - before.box.right - before.spacing;
}

function isRaised({ text, box }: Glyph, tallest: Box): boolean {
  const height = heightOf(tallest);
  return /^\d+$/.test(text) && heightOf(box) < 0.8 * height && tallest.bottom - box.bottom > 0.2 * height;
}

export function heightOf({ top, bottom }: Box): number {
  return bottom - top;
}

function centre({ top, bottom }: Box): number {
  return (top + bottom) / 2;
}

function isBeside(a: Box, b: Box): boolean {
  const both = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  return both >= lineShare * Math.min(heightOf(a), heightOf(b));
}
