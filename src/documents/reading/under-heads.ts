import type { Entry, Slot, Words } from './entry.ts';
import type { Fill, Placings } from './placing.ts';
import type { Target } from './target.ts';

/**
 * By the heads over the columns, where a table has them all: in the order they are printed where each has its figure,
 * else by the columns they cover.
 */
export function byHeads(entry: Entry, target: Target): Placings | undefined {
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
  // Heads in another order than the form's may be moved themselves, where one over them is gone: sums have to tell.
  const asInForm = over.every((head, index) => inPrint[index] === head);
  if (asInForm) return { sure: true, ways: [way] };
  return { sure: false, ways: slots.length === over.length ? [way, slots.map((slot) => ({ slot }))] : [way] };
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
