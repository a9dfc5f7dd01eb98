import { isWithin, turned, type Box } from './box.ts';

/** One character as it stands on the page. */
export interface Glyph {
  readonly text: string;
  /** Its advance across, and from what capitals reach to what commas reach down. */
  readonly box: Box;
  /** Which way it reads, in quarters with the clock: 0 to the right, 1 downwards. */
  readonly turn: number;
  /** What the typesetter set it apart from the next by, beside its own width. */
  readonly spacing: number;
  readonly ink: Ink;
}

/** `hidden` is drawn with nothing: the layer of recognised text over a scan. */
export type Ink = 'dark' | 'light' | 'hidden';

/** A straight piece of a stroked path. */
export interface Stroke {
  readonly box: Box;
  readonly width: number;
}

/** A filled path: the boxes around its parts. */
export interface Fill {
  readonly parts: readonly Box[];
  readonly ink: Ink;
}

/** What is drawn on one page, all of it in points from the page's top left corner. */
export interface Drawing {
  readonly page: Box;
  readonly glyphs: readonly Glyph[];
  readonly strokes: readonly Stroke[];
  readonly fills: readonly Fill[];
}

/** What a person sees of a drawing, turned so that most of its text reads to the right. */
export function seen(drawing: Drawing): Drawing {
  const glyphs = onceEach(visible(drawing));
  const quarters = mainTurn(glyphs);
  return quarters === 0 ? { ...drawing, glyphs } : turnedDrawing({ ...drawing, glyphs }, quarters);
}

/** White on white is not printed; text drawn with nothing counts only where there is no other, over a scan. */
function visible({ glyphs, fills }: Drawing): readonly Glyph[] {
  const dark = fills.filter(({ ink }) => ink === 'dark').flatMap(({ parts }) => parts);
  const isOnDark = (box: Box) => dark.some((part) => isWithin(box, part));
  const printed = glyphs.filter(({ ink, box }) => ink === 'dark' || (ink === 'light' && isOnDark(box)));
  return printed.length > 0 ? printed : glyphs.filter(({ ink }) => ink === 'hidden');
}

/** How far apart, in heights of the character, two of the same are one that was drawn twice to look bold. */
const boldShift = 0.12;

function onceEach(glyphs: readonly Glyph[]): Glyph[] {
  const byText = new Map<string, Glyph[]>();
  return glyphs.filter((glyph) => {
    const size = glyph.box.bottom - glyph.box.top;
    const key = (dx: number, dy: number) =>
      `${glyph.text} ${Math.round(glyph.box.left / size) + dx} ${Math.round(glyph.box.top / size) + dy}`;
    const around = [-1, 0, 1].flatMap((dx) => [-1, 0, 1].flatMap((dy) => byText.get(key(dx, dy)) ?? []));
    if (around.some((other) => isSamePlace(glyph.box, other.box, size * boldShift))) return false;
    byText.set(key(0, 0), [...(byText.get(key(0, 0)) ?? []), glyph]);
    return true;
  });
}

function isSamePlace(a: Box, b: Box, tolerance: number): boolean {
  return Math.abs(a.left - b.left) < tolerance && Math.abs(a.top - b.top) < tolerance;
}

function mainTurn(glyphs: readonly Glyph[]): number {
  const counts = [0, 1, 2, 3].map((turn) => glyphs.filter((glyph) => glyph.turn === turn).length);
  return counts.indexOf(Math.max(...counts));
}

function turnedDrawing({ page, glyphs, strokes, fills }: Drawing, quarters: number): Drawing {
  const turn = (box: Box) => turned(box, quarters);
  return {
    page: turn(page),
    glyphs: glyphs.map((glyph) => ({ ...glyph, box: turn(glyph.box), turn: (glyph.turn + 4 - quarters) % 4 })),
    strokes: strokes.map((stroke) => ({ ...stroke, box: turn(stroke.box) })),
    fills: fills.map((fill) => ({ ...fill, parts: fill.parts.map(turn) })),
  };
}
