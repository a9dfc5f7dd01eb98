import type { Indicator } from './indicator.ts';
import type { Lexicon } from './lexicon.ts';
import type { Rule } from './rule.ts';
import type { Words } from './language.ts';

/**
 * One edition of the statutory form, as data: what `src/forms` holds, one value per edition, nothing but JSON.
 * Keys are permanent: they are the API's cell addresses. The order of sections, blocks, rows and columns is the order
 * of the cells, and permanent too. `label['zh-CN']` is the official wording of the notice.
 */
export interface Edition {
  readonly id: string;
  readonly title: Words;
  /** The notice that laid the form down. */
  readonly notice: Words;
  /** The first and the last year reported on this form; `last` is absent while it is in force. */
  readonly years: { readonly first: number; readonly last?: number };
  readonly sections: readonly Section[];
  readonly rules: readonly Rule[];
  /** The words its narratives are read by. */
  readonly lexicon: Lexicon;
  readonly indicators: readonly Indicator[];
}

export type Section = NarrativeSection | TableSection;

export interface NarrativeSection {
  readonly kind: 'narrative';
  readonly key: string;
  readonly number: string;
  readonly label: Words;
  readonly description: Words;
}

export interface TableSection {
  readonly kind: 'table';
  readonly key: string;
  readonly number: string;
  readonly label: Words;
  readonly description: Words;
  readonly blocks: readonly Block[];
}

/** A part of a table in which every row has the same columns. */
export interface Block {
  readonly key: string;
  /** The heading printed over the block, where there is one (第二十条第（一）项). */
  readonly label?: Words;
  readonly rowGroups?: readonly Group[];
  readonly columnGroups?: readonly Group[];
  /** What is printed in the corner, where the headings of the rows and of the columns meet. */
  readonly corner?: Words;
  /** `true` where the rows are printed side by side in one line of figures, each with its columns below its heading. */
  readonly rowsSideBySide?: boolean;
  readonly rows: readonly Row[];
  readonly columns: readonly Column[];
}

/** A heading over several rows or columns. */
export interface Group {
  readonly key: string;
  readonly number?: string;
  readonly label: Words;
  /** The group this one stands in. */
  readonly within?: string;
  /** `true` where the sum of the group is of interest though the form has no cell for it: derived, never stored. */
  readonly subtotal?: boolean;
  /** `true` for a heading that is printed but is no part of what people call its members (申请人情况). */
  readonly headingOnly?: boolean;
}

/** A row or a column: one line of the table, on either axis. */
export interface Line {
  readonly key: string;
  readonly number?: string;
  /** Absent where the line is printed on its group's heading (edition 2019: （六）其他处理). */
  readonly label?: Words;
  readonly group?: string;
  /** For a stated total: what it adds up, a group's key or `*` for every line that is not a total itself. */
  readonly totalOf?: string;
}

export type Row = Line;

export interface Column extends Line {
  readonly value: CellValue;
  readonly unit?: Words;
}

/** `count`: an integer ≥ 0. `signedCount`: an integer. `amount`: 万元, at most six decimals. */
export const cellValues = ['count', 'signedCount', 'amount'] as const;
export type CellValue = (typeof cellValues)[number];
