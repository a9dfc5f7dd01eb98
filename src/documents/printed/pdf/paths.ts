import { OPS } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { around, shared, type Box } from './box.ts';
import { heightScale, moved, movedBox } from './matrix.ts';
import type { Canvas, State } from './state.ts';

type Point = readonly [x: number, y: number];

/** A connected part of a path. */
interface Part {
  readonly points: Point[];
  /** For each point, whether a straight line leads to it from the one before. */
  readonly straight: boolean[];
}

/** How pdfjs writes a path: a number for what to do, then so many coordinates, of which the last two are a point. */
const coordinates = [2, 2, 6, 4, 0];
const [moveTo, lineTo, , , closePath] = [0, 1, 2, 3, 4];

const stroked = new Set([OPS.stroke, OPS.closeStroke, OPS.fillStroke, OPS.eoFillStroke, OPS.closeFillStroke]);
stroked.add(OPS.closeEOFillStroke);
const filled = new Set([OPS.fill, OPS.eoFill, OPS.fillStroke, OPS.eoFillStroke, OPS.closeFillStroke]);
filled.add(OPS.closeEOFillStroke);

/** Draws a path, or narrows the clip to it, as `paint` (one of pdfjs' `OPS`) says. */
export function drawPath(canvas: Canvas, paint: number, path: ArrayLike<number>): void {
  const parts = partsOf(path, canvas.state);
  if (parts.length === 0) return;
  if (filled.has(paint)) fill(canvas, parts);
  if (stroked.has(paint)) for (const part of parts) stroke(canvas, part);
  if (canvas.clips) canvas.state.clip = shared(canvas.state.clip, around(parts.map(boxOf)));
  canvas.clips = false;
}

/** Narrows the clip to a rectangle, given by two opposite corners. */
export function clipTo(state: State, [x0, y0, x1, y1]: readonly [number, number, number, number]): void {
  state.clip = shared(state.clip, movedBox(state.matrix, x0, y0, x1, y1));
}

function partsOf(path: ArrayLike<number>, { matrix }: State): Part[] {
  const parts: Part[] = [];
  for (let at = 0; at < path.length;) {
    const act = path[at] as number;
    const next = at + 1 + (coordinates[act] ?? 0);
    if (act === moveTo) parts.push({ points: [], straight: [] });
    const part = parts.at(-1);
    if (part && act === closePath) addPoint(part, part.points[0], true);
    else if (part) addPoint(part, moved(matrix, path[next - 2] as number, path[next - 1] as number), act === lineTo);
    at = next;
  }
  return parts;
}

function addPoint(part: Part, point: Point | undefined, straight: boolean): void {
  if (!point) return;
  part.points.push(point);
  part.straight.push(straight);
}

function boxOf({ points }: Part): Box {
  return around(points.map(([x, y]) => ({ left: x, top: y, right: x, bottom: y })));
}

function fill({ state, fills }: Canvas, parts: readonly Part[]): void {
  const seen = parts.map((part) => shared(boxOf(part), state.clip)).filter(hasExtent);
  if (seen.length > 0) fills.push({ parts: seen, ink: state.fillInk });
}

function stroke({ state, strokes }: Canvas, { points, straight }: Part): void {
  const width = state.strokeWidth * heightScale(state.matrix);
  points.forEach(([x, y], index) => {
    const from = points[index - 1];
    if (!from || !straight[index]) return;
    const box = around([from, [x, y] as const].map(([x, y]) => ({ left: x, top: y, right: x, bottom: y })));
    const seen = shared(box, grown(state.clip, width / 2));
    if (hasExtent(seen)) strokes.push({ box: seen, width });
  });
}

/** A line along the edge of the clip is half seen. */
function grown({ left, top, right, bottom }: Box, by: number): Box {
  return { left: left - by, top: top - by, right: right + by, bottom: bottom + by };
}

function hasExtent({ left, top, right, bottom }: Box): boolean {
  return right >= left && bottom >= top;
}
