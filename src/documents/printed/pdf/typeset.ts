import { isWithin, type Box } from './box.ts';
import type { Glyph, Ink } from './drawing.ts';
import { after, movedBox, type Matrix } from './matrix.ts';
import type { Canvas, Font, State, VerticalMetrics } from './state.ts';

/** A character to be shown, as pdfjs hands it over; numbers between them move the pen back, in thousandths. */
export interface ShownGlyph {
  readonly unicode: string;
  readonly width: number;
  readonly isSpace: boolean;
  readonly vmetric?: VerticalMetrics | null;
}

/** The part of a character's height that stands above and below its line. */
const [ascent, descent] = [0.85, 0.15];

/** Fonts without a matrix of their own are measured in thousandths of their size. */
const usualScale = 0.001;

const usualVerticalMetrics: VerticalMetrics = [-1000, 500, 880];

/** Puts characters on the page where the pen is, and moves the pen behind them. */
export function showText(canvas: Canvas, shown: readonly (ShownGlyph | number)[]): void {
  const { state } = canvas;
  const direction = state.font.vertical ? -1 : 1;
  for (const glyph of shown) {
    if (typeof glyph === 'number') advance(state, (-glyph / 1000) * state.fontSize);
    else {
      const placed = place(state, glyph);
      if (placed && isWithin(placed.box, state.clip)) canvas.glyphs.push(placed);
      const spacing = state.charSpacing + (glyph.isSpace ? state.wordSpacing : 0);
      advance(state, direction * extent(state.font, glyph) * state.fontSize + spacing);
    }
  }
}

function advance(state: State, distance: number): void {
  if (state.font.vertical) state.y += distance;
  else state.x += distance * state.textScale;
}

/** How far a character moves the pen on, in sizes of the font. */
function extent(font: Font, glyph: ShownGlyph): number {
  const units = font.vertical ? -verticalMetrics(font, glyph)[0] : glyph.width;
  return units * scaleOf(font);
}

function scaleOf(font: Font): number {
  return font.fontMatrix?.[0] ?? usualScale;
}

function verticalMetrics(font: Font, glyph: ShownGlyph): VerticalMetrics {
  return glyph.vmetric ?? font.defaultVMetrics ?? usualVerticalMetrics;
}

/** Blanks are not placed: the gap they leave tells of them. Nor is what stands askew, which is a watermark. */
function place(state: State, glyph: ShownGlyph): Glyph | undefined {
  const text = glyph.unicode.replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\ufeff]/g, '').trim();
  const matrix = after(state.matrix, state.textMatrix);
  const turn = turnOf(matrix, Math.sign(state.fontSize * state.textScale));
  if (text === '' || turn === undefined) return undefined;
  const box = glyphBox(state, glyph, matrix);
  const spacing = Math.max(0, state.charSpacing) * Math.hypot(matrix[0], matrix[1]);
  return box.bottom > box.top && box.right >= box.left ? { text, box, turn, spacing, ink: inkOf(state) } : undefined;
}

function glyphBox(state: State, glyph: ShownGlyph, matrix: Matrix): Box {
  const { font, fontSize, textScale } = state;
  const scale = scaleOf(font) * fontSize;
  const [, originX, originY] = font.vertical ? verticalMetrics(font, glyph) : [0, 0, 0];
  const x = state.x - originX * scale * textScale;
  const y = state.y + state.rise - originY * scale;
  const width = glyph.width * scale * textScale;
  return movedBox(matrix, x, y - descent * fontSize, x + width, y + ascent * fontSize);
}

/** How far from upright text may stand, in radians. */
const askew = 0.09;

function turnOf([a, b]: Matrix, sign: number): number | undefined {
  const quarters = Math.atan2(b * sign, a * sign) / (Math.PI / 2);
  const nearest = Math.round(quarters);
  return Math.abs(quarters - nearest) * (Math.PI / 2) < askew ? (nearest + 4) % 4 : undefined;
}

function inkOf({ mode, fillInk }: State): Ink {
  const painting = mode % 4;
  if (painting === 3) return 'hidden';
  return painting === 0 ? fillInk : 'dark';
}

/** The pen at the beginning of another line, so far from where this one began. */
export function moveText(state: State, x: number, y: number): void {
  state.lineX += x;
  state.lineY += y;
  [state.x, state.y] = [state.lineX, state.lineY];
}

/** The pen at the origin of a text matrix. */
export function setTextMatrix(state: State, matrix: Matrix): void {
  state.textMatrix = matrix;
  [state.x, state.y, state.lineX, state.lineY] = [0, 0, 0, 0];
}
