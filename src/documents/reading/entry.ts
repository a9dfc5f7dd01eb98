import type { Place } from '../printed/printed.ts';
import type { CellText } from './figure.ts';

/** A place for a figure, filled or not. */
export interface Slot {
  readonly text: string;
  readonly read: CellText;
  readonly where: Place;
  /** The first column of the table it stands in, and how many it covers, where there is a table. */
  readonly column?: number;
  readonly span?: number;
  /** Nothing stands in this place in any row like it: it may be no column of the form. */
  readonly unused?: true;
}

/** Words that are no figure: of a label, or of what stands over the columns. */
export interface Words {
  readonly text: string;
  readonly normal: string;
  readonly where: Place;
  /** The columns of the table they cover, where there is a table. */
  readonly column?: number;
  readonly span?: number;
}

/**
 * How the figures stand. `ruled`: in the cells of a table. `listed`: each on a line of its own. `parted`: on one line,
 * parted by tabs or bars. `run`: in running text, parted by white space or not at all.
 */
export type Standing = 'ruled' | 'listed' | 'parted' | 'run';

/** A run of figures, with the words it may belong to. */
export interface Entry {
  readonly standing: Standing;
  /** Words on the line of the figures, before them; outermost first. */
  readonly own: readonly Words[];
  /** Words between the figures before and these, on lines above. */
  readonly above: readonly Words[];
  /** The words that stand over the figures: the heads of their columns, and what else is there. */
  readonly heads: readonly Words[];
  readonly slots: readonly Slot[];
  /** The row ends before the others of its block: a cell is gone. */
  readonly short?: true;
  /** The document ends with them: there may have been more; `open` where nothing closes the last of them. */
  readonly breaksOff?: 'closed' | 'open';
}
