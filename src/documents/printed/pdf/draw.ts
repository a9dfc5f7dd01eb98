import { OPS } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { Box } from './box.ts';
import type { Drawing, Ink } from './drawing.ts';
import { after, identity, type Matrix } from './matrix.ts';
import { clipTo, drawPath } from './paths.ts';
import { blankCanvas, type Canvas, type Font } from './state.ts';
import { moveText, setTextMatrix, showText, type ShownGlyph } from './typeset.ts';

/** A page's operators as pdfjs hands them over. */
export interface Operators {
  readonly fnArray: readonly number[];
  readonly argsArray: readonly (readonly unknown[] | null)[];
}

/** Carries out a page's operators and tells what stands where. */
export function draw(operators: Operators, page: Box, matrix: Matrix, fonts: ReadonlyMap<string, Font>): Drawing {
  const canvas = blankCanvas(page, matrix, fonts);
  operators.fnArray.forEach((operator, index) => {
    acts.get(operator)?.(canvas, ...((operators.argsArray[index] ?? []) as never[]));
  });
  return canvas;
}

/** The names of the fonts that operators ask for. */
export function fontNames({ fnArray, argsArray }: Operators): Set<string> {
  const direct = argsArray.filter((_, index) => fnArray[index] === OPS.setFont).map((args) => args?.[0] as string);
  const states = argsArray.filter((_, index) => fnArray[index] === OPS.setGState);
  const named = states.flatMap((args) => args?.[0] as GraphicsState).filter(([key]) => key === 'Font');
  return new Set([...direct, ...named.map(([, value]) => (value as [string, number])[0])]);
}

type GraphicsState = readonly (readonly [key: string, value: unknown])[];
type Corners = readonly [number, number, number, number];

// pdfjs gives each operator arguments of its own: each act states what it takes.
const acts = new Map<number, (canvas: Canvas, ...args: never[]) => void>([
  [OPS.save, save],
  [OPS.restore, restore],
  [OPS.transform, ({ state }, ...matrix: Matrix) => void (state.matrix = after(state.matrix, matrix))],
  [OPS.clip, (canvas) => void (canvas.clips = true)],
  [OPS.eoClip, (canvas) => void (canvas.clips = true)],
  [OPS.constructPath, constructPath],
  [OPS.setLineWidth, ({ state }, width: number) => void (state.strokeWidth = width)],
  [OPS.setGState, setGraphicsState],
  [OPS.setFillRGBColor, ({ state }, colour: string) => void (state.fillInk = inkOf(colour))],
  [OPS.setFillColorN, ({ state }) => void (state.fillInk = 'dark')],
  [OPS.setFillTransparent, ({ state }) => void (state.fillInk = 'hidden')],
  [OPS.beginText, ({ state }) => setTextMatrix(state, identity)],
  [OPS.setTextMatrix, ({ state }, matrix: ArrayLike<number>) => setTextMatrix(state, matrixOf(matrix))],
  [OPS.moveText, ({ state }, x: number, y: number) => moveText(state, x, y)],
  [OPS.setLeadingMoveText, setLeadingMoveText],
  [OPS.nextLine, ({ state }) => moveText(state, 0, -state.leading)],
  [OPS.setLeading, ({ state }, leading: number) => void (state.leading = leading)],
  [OPS.setFont, setFont],
  [OPS.setCharSpacing, ({ state }, spacing: number) => void (state.charSpacing = spacing)],
  [OPS.setWordSpacing, ({ state }, spacing: number) => void (state.wordSpacing = spacing)],
  [OPS.setHScale, ({ state }, percent: number) => void (state.textScale = percent / 100)],
  [OPS.setTextRise, ({ state }, rise: number) => void (state.rise = rise)],
  [OPS.setTextRenderingMode, ({ state }, mode: number) => void (state.mode = mode)],
  [OPS.showText, (canvas, shown: readonly (ShownGlyph | number)[]) => showText(canvas, shown)],
  [OPS.paintFormXObjectBegin, beginForm],
  [OPS.paintFormXObjectEnd, restore],
  [OPS.beginAnnotation, beginAnnotation],
  [OPS.endAnnotation, restore],
]);

function save(canvas: Canvas): void {
  canvas.saved.push({ ...canvas.state });
}

function restore(canvas: Canvas): void {
  canvas.state = canvas.saved.pop() ?? canvas.state;
}

function constructPath(canvas: Canvas, paint: number, [path]: readonly (ArrayLike<number> | null)[]): void {
  drawPath(canvas, paint, path ?? []);
}

function setGraphicsState(canvas: Canvas, changes: GraphicsState): void {
  for (const [key, value] of changes) {
    if (key === 'LW') canvas.state.strokeWidth = value as number;
    if (key === 'Font') setFont(canvas, ...(value as [string, number]));
  }
}

function setFont({ state, fonts }: Canvas, name: string, size: number): void {
  state.font = fonts.get(name) ?? {};
  state.fontSize = size;
}

function setLeadingMoveText({ state }: Canvas, x: number, y: number): void {
  state.leading = -y;
  moveText(state, x, y);
}

function beginForm(canvas: Canvas, matrix: ArrayLike<number> | null, corners: ArrayLike<number> | null): void {
  save(canvas);
  if (matrix) canvas.state.matrix = after(canvas.state.matrix, matrixOf(matrix));
  if (corners) clipTo(canvas.state, Array.from(corners) as unknown as Corners);
}

/** What is written into a form's field: it stands on the page itself, whatever was drawn before it. */
function beginAnnotation(canvas: Canvas, _id: string, corners: Corners, transform: Matrix, matrix: Matrix): void {
  save(canvas);
  canvas.state = { ...canvas.blank };
  clipTo(canvas.state, corners);
  canvas.state.matrix = after(after(canvas.state.matrix, transform), matrix);
}

/** pdfjs hands over some matrices as typed arrays. */
function matrixOf(matrix: ArrayLike<number>): Matrix {
  return Array.from(matrix) as unknown as Matrix;
}

/** From which share of full light a colour cannot be told from the paper. */
const paper = 0.96;

function inkOf(colour: string): Ink {
  const channels = colour.match(/[0-9a-f]{2}/gi) ?? [];
  return channels.every((channel) => parseInt(channel, 16) >= paper * 255) ? 'light' : 'dark';
}
