import type { Slot } from './entry.ts';

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

/** No way is known. */
export const none: Placings = { sure: false, ways: [] };
