/** A heading on the way to a line of a table: of a group around it, or its own. */
export interface Heading {
  readonly key: string;
  readonly text: string;
}

/** A heading as it is printed: over how many lines, from which level, over how many levels. */
export interface PrintedHeading {
  readonly text: string;
  /** The first line it stands at, from 0, and how many. */
  readonly start: number;
  readonly length: number;
  /** The level it begins at, 0 the outermost, and how many it takes up. */
  readonly level: number;
  readonly levels: number;
}

/**
 * The headings of lines, each printed once over neighbours that share it. A line's own heading reaches over the levels
 * that other lines have groups on, so that `depth` levels are filled at every line.
 */
export function headingsAlong(lines: readonly (readonly Heading[])[], depth: number): PrintedHeading[] {
  return lines.flatMap((line, start) =>
    line.flatMap(({ text }, level) => {
      if (level === line.length - 1) return [{ text, start, length: 1, level, levels: depth - level }];
      if (shared(lines[start - 1], line, level)) return [];
      const end = lines.findIndex((other, place) => place > start && !shared(other, line, level));
      return [{ text, start, length: (end === -1 ? lines.length : end) - start, level, levels: 1 }];
    }),
  );
}

/** Whether two lines stand under one heading on a level: in the same groups down to it, and neither is headed by it alone. */
function shared(one: readonly Heading[] = [], other: readonly Heading[], level: number): boolean {
  if (one.length <= level + 1 || other.length <= level + 1) return false;
  return other.slice(0, level + 1).every(({ key }, place) => one[place]?.key === key);
}
