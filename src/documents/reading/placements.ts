import type { Entry, Slot, Words } from './entries.ts';
import type { Target } from './vocabulary.ts';

/** What stands in one cell of a row: a slot, or some of the digits in it. `undefined`: nothing that is printed. */
export interface Fill {
  readonly slot: Slot;
  /** Where run-together digits had to be parted. */
  readonly digits?: string;
}

/** One way of giving the figures of an entry to the cells of a row, in their order. */
export type Placement = readonly (Fill | undefined)[];

/** The ways there are. One, and `sure`: that is how it is printed; several: arithmetic may tell which. */
export interface Placings {
  readonly sure: boolean;
  /** The document breaks off within the row: what is printed of it stands in its first cells. */
  readonly cut?: true;
  readonly ways: readonly Placement[];
}

/** More ways than these are too many to tell anything by. */
const mostWays = 5_000;

const none: Placings = { sure: false, ways: [] };

/** The ways of giving the figures of an entry to the cells of a line of the form. */
export function placingsOf(entry: Entry, target: Target): Placings {
  const placings = placedIn(entry, target);
  const last = entry.slots.findLast((slot) => !isEmpty(slot));
  if (entry.breaksOff !== 'open' || !last || isZero(last)) return placings;
  // The last figure of a text that breaks off may have lost digits; a nought is no beginning of a count.
  const withoutLast = placings.ways.map((way) => way.map((fill) => (fill?.slot === last ? undefined : fill)));
  return { ...placings, ways: [...placings.ways, ...withoutLast] };
}

function placedIn(entry: Entry, target: Target): Placings {
  const { standing, slots } = entry;
  const size = target.cells.length;
  // A cell is gone: blanks do not tell whether it was one of the form.
  if (entry.short && slots.length >= size && slots.some(isEmpty)) return none;
  if (standing === 'ruled' && entry.short && slots.length < size) return uncertain(slots, size);
  if (standing === 'ruled') return byHeads(entry, target) ?? withoutUnusedEnds(slots, size);
  if (standing === 'listed') {
    if (entry.breaksOff && slots.length < size) return cutOff(slots, size);
    if (slots.length > size && slots.some(isEmpty)) return withoutUnusedEnds(slots, size);
    return exactly(slots, size) ?? uncertain(slots, size);
  }
  // Blanks at the ends may be padding, or belong to the label.
  const kept = standing === 'parted' ? inner(slots) : slots;
  if (entry.breaksOff && kept.length < size) return standing === 'run' ? none : cutOff(slots, size);
  if (kept.length === 0 && slots.length >= size) return exactly(slots.slice(0, size), size) ?? none;
  if (standing === 'run' && kept.length < size) return partings(kept, size);
  return exactly(kept, size) ?? uncertain(kept, size);
}

/** The cells printed before a document breaks off. */
function cutOff(slots: readonly Slot[], size: number): Placings {
  if (slots.some(({ read }) => read.kind !== 'figure')) return none;
  const fills = Array.from({ length: size }, (_, index): Fill | undefined => {
    const slot = slots[index];
    return slot && { slot };
  });
  return { sure: false, cut: true, ways: [fills] };
}

function exactly(slots: readonly Slot[], size: number): Placings | undefined {
  return slots.length === size ? { sure: true, ways: [slots.map((slot) => ({ slot }))] } : undefined;
}

/**
 * By the heads over the columns, where a table has them all: in the order they are printed where each has its figure,
 * else by the columns they cover.
 */
function byHeads(entry: Entry, target: Target): Placings | undefined {
  const { heads, slots } = entry;
  const over = target.kind === 'across' ? headsAcross(heads, target) : headsOver(heads, target);
  if (!over) return undefined;
  const inPrint = [...over].sort((a, b) => a.column - b.column);
  const below = slots.length === over.length ? slots : underHeads(inPrint, entry);
  if (!below) return undefined;
  const way = over.map((head): Fill | undefined => {
    const slot = below[inPrint.indexOf(head)];
    return slot && { slot };
  });
  return { sure: true, ways: [way] };
}

/**
 * What stands under each head, if every figure stands under one and the row goes on to the last: none has moved. Under
 * a head that is none of the form (小计, 备注) are figures of others.
 */
function underHeads(over: readonly Over[], { heads, slots }: Entry): (Slot | undefined)[] | undefined {
  const below = over.map((head) => slots.find((slot) => covers(head, slot)));
  if (endOf(slots.at(-1) as Slot) < endOf(over.at(-1) as Over)) return undefined;
  const others = slots.filter((slot) => slot.read.kind !== 'blank' && !below.includes(slot));
  if (others.length === 0) return below;
  const isOthers = (slot: Slot) =>
    heads.some(({ normal, column, span }) => normal !== '' && column === slot.column && span === slot.span);
  const isExact = over.every(({ column }, index) => below[index]?.column === column);
  return isExact && others.every(isOthers) ? below : undefined;
}

function endOf({ column = 0, span = 1 }: { readonly column?: number; readonly span?: number }): number {
  return column + span;
}

interface Over {
  readonly column: number;
  readonly span: number;
}

/** The head of every column, in the form's order, the nearest where one is repeated; `undefined` where one is missing. */
function headsOver(heads: readonly Words[], { columns }: Target): Over[] | undefined {
  const over = columns.flatMap(({ name }) => {
    const head = heads.findLast((words) => words.column !== undefined && isHead(words.normal, name));
    return head ? [overOf(head, heads)] : [];
  });
  const places = new Set(over.map(({ column }) => column));
  return places.size === columns.length ? over : undefined;
}

/** The heads of rows that stand side by side: all of them, in the form's order as they are printed. */
function headsAcross(heads: readonly Words[], { columns }: Target): Over[] | undefined {
  const names = new Set(columns.map(({ name }) => name));
  const found = heads.filter(({ normal, column }) => column !== undefined && names.has(normal));
  const inPrint = found.sort((a, b) => (a.column as number) - (b.column as number));
  const isWhole =
    inPrint.length === columns.length &&
    inPrint.every(
      ({ normal, column }, index) => normal === columns[index]?.name && column !== inPrint[index + 1]?.column,
    );
  return isWhole ? inPrint.map((head) => overOf(head, heads)) : undefined;
}

/** A head covers its columns, and those behind it over which nothing is said: where merged cells were lost. */
function overOf({ column = 0, span = 1 }: Words, heads: readonly Words[]): Over {
  const next = Math.min(...heads.flatMap((other) => ((other.column ?? 0) > column ? (other.column as number) : [])));
  return { column, span: Number.isFinite(next) ? Math.max(span, next - column) : span };
}

/** A head may go on behind its name: with a unit, or a remark. */
function isHead(text: string, name: string): boolean {
  return name.length > 2 ? text.startsWith(name) : text === name;
}

/** A blank cell may stand beside the one that is meant; only what stands at the head's own column, or is stated, counts. */
function covers({ column, span }: Over, slot: Slot): boolean {
  if (slot.column === undefined || slot.column < column || slot.column >= column + span) return false;
  return slot.column === column || slot.read.kind !== 'blank';
}

/** Without unused columns that are too many, at the ends; at both of them it may be either that is none of the form. */
function withoutUnusedEnds(slots: readonly Slot[], size: number): Placings {
  const starts = Array.from({ length: Math.max(0, slots.length - size + 1) }, (_, start) => start).filter((start) =>
    [...slots.slice(0, start), ...slots.slice(start + size)].every(({ unused }) => unused),
  );
  const ways = starts.map((start) => slots.slice(start, start + size).map((slot) => ({ slot })));
  const isBlank = slots.every(({ read }) => read.kind === 'blank');
  return { sure: ways.length === 1 || isBlank, ways: isBlank ? ways.slice(0, 1) : ways };
}

function inner(slots: readonly Slot[]): readonly Slot[] {
  return slots.slice(
    slots.findIndex((slot) => !isEmpty(slot)),
    slots.findLastIndex((slot) => !isEmpty(slot)) + 1,
  );
}

function isEmpty(slot: Slot | undefined): boolean {
  return slot?.text === '';
}

/** One cell too few: any may be the one that is gone. Some too many: zeros that do not belong may be left out. */
function uncertain(slots: readonly Slot[], size: number): Placings {
  const fills = slots.map((slot) => ({ slot }));
  if (slots.length < size) return { sure: false, ways: slots.length < 2 ? [] : withGaps(fills, size) };
  const zeros = slots.flatMap((slot, index) => (isZero(slot) ? [index] : []));
  return { sure: false, ways: without(fills, zeros, slots.length - size) };
}

function isZero({ read }: Slot): boolean {
  return read.kind === 'figure' && Number(read.digits) === 0;
}

function withGaps(fills: Placement, size: number): Placement[] {
  const missing = size - fills.length;
  if (missing === 0) return [fills];
  if (missing > 2) return [];
  const places = Array.from({ length: fills.length + 1 }, (_, index) => index);
  const ways = places.map((place) => [...fills.slice(0, place), undefined, ...fills.slice(place)]);
  return missing === 1 ? ways : ways.flatMap((way) => withGaps(way, size));
}

function without(fills: Placement, zeros: readonly number[], count: number): Placement[] {
  if (count === 0) return [fills];
  if (count > 2) return [];
  return zeros.flatMap((zero, index) =>
    without(
      fills.filter((_, place) => place !== zero),
      zeros.slice(index + 1).map((place) => place - 1),
      count - 1,
    ),
  );
}

/** Run-together digits parted in every way that gives each cell a figure: `801000081` is 80·1·0·0·0·0·81, or otherwise. */
function partings(slots: readonly Slot[], size: number): Placings {
  if (!slots.every(({ text }) => /^\d+$/u.test(text))) return uncertain(slots, size);
  const fills = slots.map((slot) => ({ slot }));
  const ways: Placement[] = slots.length > 1 ? withGaps(fills, size) : [];
  partInto(slots, 0, size, [], ways);
  // Zeros, and one figure behind them, part in one way, however many cells are blank.
  const sure = slots.length === 1 && /^0*\d$/u.test((slots[0] as Slot).text);
  return ways.length > mostWays ? none : { sure, ways };
}

/** A figure that long is not parted off: no count has more digits. */
const longestFigure = 8;

function partInto(slots: readonly Slot[], from: number, cells: number, done: readonly Fill[], ways: Placement[]): void {
  const [slot, ...rest] = slots;
  if (!slot) {
    if (cells === 0) ways.push(done);
    return;
  }
  const left = slot.text.length - from;
  // Each figure still to come takes a digit at least.
  if (cells < 1 + rest.length || ways.length > mostWays) return;
  const longest = slot.text[from] === '0' ? 1 : Math.min(left, longestFigure);
  for (let length = 1; length <= longest; length += 1) {
    const fill = { slot, digits: slot.text.slice(from, from + length) };
    if (length === left) partInto(rest, 0, cells - 1, [...done, fill], ways);
    else partInto(slots, from + length, cells - 1, [...done, fill], ways);
  }
}
