import type { Aligned } from './aligned.ts';
import type { Entry } from './entry.ts';

/** The share of the lines that may have too few figures or too many: more of them are a habit, fewer are accidents. */
const accidents = 1 / 5;

/**
 * Which cell of a line is gone, and where run-together digits part, can only be told of documents that print a figure
 * in every cell. Where cells are left blank, or a column is added, as a habit, a line in doubt has no reading.
 */
export function withoutGuesses(all: readonly Aligned[]): Aligned[] {
  const lines = withoutMiscounts(all);
  const stated = lines.filter(({ entry }) => entry.slots.some(({ read }) => read.kind === 'figure'));
  const whole = stated.filter(({ placings }) => placings.cut !== true);
  const odd = whole.filter(({ entry, target }) => !isFilled(entry, target.cells.length));
  const isKept = (line: Aligned) => {
    const { sure, cut } = line.placings;
    return sure || (cut ? odd.length === 0 && isLikeOthers(line, whole) : odd.length <= whole.length * accidents);
  };
  return lines.map((line) => (isKept(line) ? line : withoutWays(line)));
}

/** Of a row that is cut off the beginning is known by rows above it: of its own block where blank cells leave no trace. */
function isLikeOthers({ entry, target }: Aligned, whole: readonly Aligned[]): boolean {
  if (entry.standing === 'parted') return whole.length > 1;
  return whole.some((line) => line.target.columns === target.columns);
}

/** The share of a block's lines with a figure too many that shows a column the form does not have. */
const addedColumn = 1 / 10;

/** Where a column is added, as many figures as cells are not those of the cells, unless heads stand over them. */
function withoutMiscounts(lines: readonly Aligned[]): Aligned[] {
  return lines.map((line) => {
    if (line.entry.standing === 'ruled') return line;
    const block = lines.filter(({ target }) => target.columns === line.target.columns);
    const wide = block.filter(({ entry, target }) => entry.slots.filter(isMarked).length > target.cells.length);
    return wide.length > block.length * addedColumn ? withoutWays(line) : line;
  });
}

function isMarked({ text }: Entry['slots'][number]): boolean {
  return text !== '';
}

function withoutWays(line: Aligned): Aligned {
  return { ...line, placings: { sure: false, ways: [] } };
}

/** As many figures as cells, or run-together digits enough for all of them. */
function isFilled({ slots }: Entry, cells: number): boolean {
  const figures = slots.filter(({ read }) => read.kind === 'figure');
  const digits = figures.reduce((sum, { text }) => sum + text.length, 0);
  return figures.length === cells || (figures.length < cells && figures.length === slots.length && digits >= cells);
}
