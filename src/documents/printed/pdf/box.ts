/** An upright rectangle on a page: points from its top left corner, `bottom` below `top`. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The least box around all of them. */
export function around(boxes: readonly Box[]): Box {
  return boxes.reduce((all, box) => ({
    left: Math.min(all.left, box.left),
    top: Math.min(all.top, box.top),
    right: Math.max(all.right, box.right),
    bottom: Math.max(all.bottom, box.bottom),
  }));
}

/** What two boxes share; one without any extent (`right < left`) where they share nothing. */
export function shared(a: Box, b: Box): Box {
  return {
    left: Math.max(a.left, b.left),
    top: Math.max(a.top, b.top),
    right: Math.min(a.right, b.right),
    bottom: Math.min(a.bottom, b.bottom),
  };
}

/** Whether the middle of a box lies in another. */
export function isWithin(box: Box, outer: Box): boolean {
  const [x, y] = middle(box);
  return x >= outer.left && x <= outer.right && y >= outer.top && y <= outer.bottom;
}

export function middle(box: Box): readonly [number, number] {
  return [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
}

/** The box as seen by a reader who has turned the page against the clock so many times by a quarter. */
export function turned(box: Box, quarters: number): Box {
  const { left, top, right, bottom } = box;
  if (quarters === 1) return { left: top, top: -right, right: bottom, bottom: -left };
  if (quarters === 2) return { left: -right, top: -bottom, right: -left, bottom: -top };
  if (quarters === 3) return { left: -bottom, top: left, right: -top, bottom: right };
  return box;
}
