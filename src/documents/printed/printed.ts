/**
 * A document as it is printed, whatever kind of file it came in: its lines in reading order. A line is a paragraph or
 * a row of a table. Nothing in it is understood yet.
 */
export interface Printed {
  /** What the file itself says it is called (HTML `<title>`, the title among a Word file's properties). */
  readonly title?: string;
  /** It is a page of a website, where other things stand below a report. */
  readonly isPage?: true;
  readonly lines: readonly PrintedLine[];
  /** Nothing closes the last cell of a text: what stands in it may have been longer. */
  readonly open?: true;
}

/**
 * How far the boundaries of cells can be trusted.
 * `grid`: cells of a real table; a blank cell is a blank in print.
 * `separated`: text split by tabs or bars; blanks at the ends of a line may be padding, and cells may have been lost.
 * `plain`: one cell of running text, in which a label and its figures may stand together.
 * `heading`: a line the document itself marks as a heading (`<h2>`, Word's heading styles).
 */
export type LineKind = 'grid' | 'separated' | 'plain' | 'heading';

export interface PrintedLine {
  readonly kind: LineKind;
  readonly cells: readonly PrintedCell[];
  readonly place: Place;
}

export interface PrintedCell {
  /** As printed; lines within a cell are kept apart by `\n`. */
  readonly text: string;
  /** The first column of the table it covers, from 0, and how many. */
  readonly column: number;
  readonly span: number;
  /** It began in a row above and reaches down into this one. */
  readonly fromAbove?: true;
}

/** Where in a document something stands, counted from 1 as a person would. */
export interface Place {
  /** Of a document with pages. */
  readonly page?: number;
  /** The name of a workbook's sheet. */
  readonly sheet?: string;
  /** Of a line of text; of a document without lines (HTML, Word), the paragraph. */
  readonly line?: number;
  /** The table within the document, in reading order, nested ones counted where they begin. */
  readonly table?: number;
  readonly row?: number;
  readonly column?: number;
}
