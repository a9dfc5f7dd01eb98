import { toInteger, type Cell } from '../../domain/cell.ts';
import type { CheckedForm } from '../../domain/compile.ts';
import type { Figures } from '../../domain/figures.ts';
import type { CellProvenance, DocumentReading, Unread, UnreadReason } from '../reading.ts';
import type { Alignment } from './align.ts';
import type { Aligned } from './aligned.ts';
import type { Decision } from './arbitrate.ts';
import type { Entry } from './entry.ts';
import { fitFigure, moneyUnitIn, noteAlone, readCellText, type FigureText } from './figure.ts';
import type { Fill } from './placing.ts';

/** The figures of a document, with where they stand and what could not be read. */
export interface GatheredFigures extends Pick<
  DocumentReading,
  'otherEditions' | 'notes' | 'provenance' | 'statedSubtotals' | 'unread' | 'confidence'
> {
  readonly figures: Figures;
}

/** Puts what was decided of each line into the cells of the form. */
export function gatherFigures(
  form: CheckedForm,
  { lines, left, repeated }: Alignment,
  decisions: readonly (readonly Decision[])[],
): GatheredFigures {
  const gathered = new Gathered(form);
  for (const [index, line] of lines.entries()) gathered.take(line, decisions[index] as readonly Decision[]);
  for (const line of repeated) gathered.compare(line);
  for (const entry of left) gathered.leave('ambiguous', undefined, textOf(entry), entry);
  gathered.tellMissing(lines);
  const { figures, notes, provenance, statedSubtotals, otherEditions, unread, confidence } = gathered;
  return { figures, notes, provenance, statedSubtotals, otherEditions, unread, confidence };
}

/** How much less sure a figure is whose cell follows from arithmetic. */
const inference = 0.7;

class Gathered implements GatheredFigures {
  readonly #form: CheckedForm;
  readonly figures: Figures;
  readonly notes: Record<string, string> = {};
  readonly provenance: Record<string, CellProvenance> = {};
  readonly statedSubtotals: Record<string, number> = {};
  readonly otherEditions: Record<string, string> = {};
  readonly unread: Unread[] = [];

  constructor(form: CheckedForm) {
    this.#form = form;
    this.figures = new Float64Array(form.cells.length).fill(Number.NaN);
  }

  get confidence(): number {
    const sum = Object.values(this.provenance).reduce((total, { confidence }) => total + confidence, 0);
    return Math.round((sum / this.#form.cells.length) * 1_000) / 1_000;
  }

  take(line: Aligned, decisions: readonly Decision[]): void {
    const { entry, target } = line;
    if (target.edition !== undefined) this.otherEditions[target.section] = target.edition;
    for (const [index, address] of target.cells.entries()) {
      const decision = decisions[index];
      if (target.kind === 'subtotal') this.#subtotal(address, target.columns[index]?.key, decision);
      else if (decision === 'undecided') this.leave('ambiguous', address, textOf(entry), entry);
      else if (decision) this.#fill(address, decision, line);
    }
  }

  #fill(address: string, fill: Fill, line: Aligned): void {
    const { slot } = fill;
    const cell = this.#form.cellAt.get(address);
    const inferred = fill.digits !== undefined || !line.placings.sure;
    const confidence = line.confidence * (inferred ? inference : 1);
    const place = { where: slot.where, text: slot.text, confidence: Math.round(confidence * 100) / 100 };
    if (!cell)
      return slot.read.kind === 'blank'
        ? undefined
        : this.leave('other-edition', undefined, slot.text, line.entry, fill);
    const note = slot.read.kind === 'words' ? noteAlone(slot.text) : undefined;
    if (slot.read.kind === 'blank' || note !== undefined) this.#blank(address, note, place);
    else if (slot.read.kind === 'words') this.leave('not-a-figure', address, slot.text, line.entry, fill);
    else this.#figure(cell, fill, slot.read, line, { state: inferred ? 'inferred' : 'printed', ...place });
  }

  #blank(address: string, note: string | undefined, place: Omit<CellProvenance, 'state'>): void {
    this.provenance[address] = { state: 'blank', ...place };
    if (note !== undefined) this.notes[address] = note;
  }

  #figure(cell: Cell, fill: Fill, read: FigureText, { entry }: Aligned, provenance: CellProvenance): void {
    const text = fill.digits === undefined ? read : (readCellText(fill.digits) as FigureText);
    const fitted = fitFigure(cell, text, cell.value === 'amount' ? unitOver(entry) : undefined);
    if ('reason' in fitted) return this.leave(fitted.reason, cell.address, fill.slot.text, entry, fill);
    this.figures[cell.index] = toInteger(cell.value, fitted.value);
    this.provenance[cell.address] = provenance;
    if (text.note !== undefined) this.notes[cell.address] = text.note;
  }

  #subtotal(address: string, column: string | undefined, decision: Decision): void {
    if (!decision || decision === 'undecided' || decision.slot.read.kind !== 'figure' || column === undefined) return;
    const fitted = fitFigure({ value: 'count' }, decision.slot.read, undefined);
    if ('value' in fitted && decision.digits === undefined) this.statedSubtotals[address] = fitted.value;
  }

  /** A second run of figures for a line: the same again says nothing, anything else leaves the cell blank. */
  compare({ entry, target, placings }: Aligned): void {
    const [way] = placings.ways;
    for (const [index, address] of target.cells.entries()) {
      const cell = this.#form.cellAt.get(address);
      if (!cell || Number.isNaN(this.figures[cell.index])) continue;
      const read = way?.[index]?.slot.read;
      const isSame =
        placings.sure && read?.kind === 'figure' && this.#valueOf(cell, read, entry) === this.figures[cell.index];
      if (isSame) continue;
      this.figures[cell.index] = Number.NaN;
      delete this.provenance[address];
      this.leave('conflict', address, textOf(entry), entry);
    }
  }

  #valueOf(cell: Cell, read: FigureText, entry: Entry): number {
    const fitted = fitFigure(cell, read, cell.value === 'amount' ? unitOver(entry) : undefined);
    return 'value' in fitted ? toInteger(cell.value, fitted.value) : Number.NaN;
  }

  leave(reason: UnreadReason, cell: string | undefined, text: string, entry: Entry, fill?: Fill): void {
    const where = (fill?.slot ?? entry.slots[0])?.where ?? {};
    this.unread.push({ reason, ...(cell !== undefined && { cell }), text, where });
  }

  /** Cells nothing was found for; where a line of another edition is printed in their place, for that reason. */
  tellMissing(lines: readonly Aligned[]): void {
    const told = new Set(this.unread.map(({ cell }) => cell));
    const replaced = new Set(
      lines.flatMap(({ target }) => (target.onGroup && target.edition !== undefined ? target.groups[0] : [])),
    );
    for (const { address, section, row } of this.#form.cells) {
      if (this.provenance[address] || told.has(address)) continue;
      const groups = this.#form.tables.find(
        (table) => table.section === section && table.rows.some(({ key }) => key === row),
      );
      const group = groups?.rows.find(({ key }) => key === row)?.groups[0];
      const reason = group !== undefined && replaced.has(group) ? 'other-edition' : 'not-found';
      this.unread.push({ reason, cell: address, text: '', where: {} });
    }
  }
}

function textOf({ slots }: Entry): string {
  return slots.map(({ text }) => text).join(' ');
}

/** The unit of money printed over the figures, or with the label. */
function unitOver({ heads, above, own }: Entry): string | undefined {
  return moneyUnitIn([...heads, ...above, ...own].map(({ text }) => text).join(''));
}
