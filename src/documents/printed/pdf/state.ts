import type { Box } from './box.ts';
import type { Drawing, Fill, Glyph, Ink, Stroke } from './drawing.ts';
import { identity, type Matrix } from './matrix.ts';

/** What is needed of a font to know where its characters stand. Widths are in the glyph's own units. */
export interface Font {
  readonly vertical?: boolean;
  readonly fontMatrix?: ArrayLike<number>;
  readonly defaultVMetrics?: VerticalMetrics;
}

/** The advance downwards (negative), and where the origin for vertical writing lies. */
export type VerticalMetrics = readonly [advance: number, x: number, y: number];

/** The graphics state of PDF as far as it decides where things stand and whether they are seen. */
export interface State {
  matrix: Matrix;
  clip: Box;
  fillInk: Ink;
  strokeWidth: number;
  font: Font;
  fontSize: number;
  charSpacing: number;
  wordSpacing: number;
  /** Horizontal scaling, 1 for none. */
  textScale: number;
  leading: number;
  rise: number;
  /** PDF's text rendering mode, 0 to 7. */
  mode: number;
  textMatrix: Matrix;
  /** The pen, and where its line began, before the text matrix. */
  x: number;
  y: number;
  lineX: number;
  lineY: number;
}

/** A page while it is being drawn. */
export interface Canvas {
  state: State;
  /** The state a page begins with. */
  readonly blank: State;
  readonly saved: State[];
  /** The next path narrows the clip. */
  clips: boolean;
  readonly fonts: ReadonlyMap<string, Font>;
  readonly page: Box;
  readonly glyphs: Glyph[];
  readonly strokes: Stroke[];
  readonly fills: Fill[];
}

/** A blank page; `matrix` takes PDF's coordinates to points from the top left corner of what is shown. */
export function blankCanvas(page: Box, matrix: Matrix, fonts: ReadonlyMap<string, Font>): Canvas & Drawing {
  const blank: State = {
    matrix,
    clip: page,
    fillInk: 'dark',
    strokeWidth: 1,
    font: {},
    fontSize: 0,
    charSpacing: 0,
    wordSpacing: 0,
    textScale: 1,
    leading: 0,
    rise: 0,
    mode: 0,
    textMatrix: identity,
    x: 0,
    y: 0,
    lineX: 0,
    lineY: 0,
  };
  return { state: { ...blank }, blank, saved: [], clips: false, fonts, page, glyphs: [], strokes: [], fills: [] };
}
