import type { unreadReasons } from '../domain/import-codes.ts';
import type { ReportContent } from '../domain/report.ts';
import type { Place } from './printed/printed.ts';

/** What could be read of a report in a document, and what could not. */
export interface DocumentReading {
  /** The agency as the document names it. */
  readonly agencyName?: string;
  readonly year?: number;
  /** Who wrote it and when (ISO 8601), where the document has fields for that. */
  readonly people: Readonly<Pick<ReportContent, 'preparedBy' | 'reviewedBy' | 'phone' | 'preparedOn'>>;
  /** The edition whose form the tables are laid out by; absent where no table was recognised. */
  readonly edition?: string;
  /** Sections, or rows of them, that are laid out by another edition than `edition`, by section. */
  readonly otherEditions: Readonly<Record<string, string>>;
  /** Every section and cell of the edition; what was not read is `null`. */
  readonly sections: ReportContent['sections'];
  /** Notes printed with figures, by cell address. */
  readonly notes: Readonly<Record<string, string>>;
  /** By cell address, for every cell that was found in print, blank or not. */
  readonly provenance: Readonly<Record<string, CellProvenance>>;
  /** Subtotals the document states though the form has no cell for them, by `section.group.column`. */
  readonly statedSubtotals: Readonly<Record<string, number>>;
  readonly unread: readonly Unread[];
  /** 0 to 1: the share of the form's cells found in print, each weighed by how surely it was read. */
  readonly confidence: number;
}

/**
 * `printed`: the figure stands there. `blank`: the cell stands there and is empty, or holds a mark for nothing (`/`, `-`).
 * `inferred`: which cell the printed figure belongs to, or where run-together digits part, follows from arithmetic alone.
 */
export type CellState = 'printed' | 'blank' | 'inferred';

export interface CellProvenance {
  readonly state: CellState;
  readonly where: Place;
  /** As printed. */
  readonly text: string;
  /** 0 to 1. */
  readonly confidence: number;
}

/**
 * Why something in the document did not become part of the report.
 * `not-found`: the document has no place for the cell (it stops before, or the row is missing).
 * `not-a-figure`: what stands in the cell is no figure.
 * `ambiguous`: figures that cannot be given to cells with certainty.
 * `conflict`: the document states the cell more than once, differently.
 * `unit-unknown`: an amount printed without its unit.
 * `other-edition`: a cell the edition of the report does not have.
 * `outside`: text that belongs to no section of the form.
 */
export type UnreadReason = (typeof unreadReasons)[number];

export interface Unread {
  readonly reason: UnreadReason;
  /** The address of the cell, where it is known. */
  readonly cell?: string;
  /** As printed; empty where nothing is. */
  readonly text: string;
  readonly where: Place;
}
