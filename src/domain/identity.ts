/**
 * An equation within a report, as places in the figure vector: what stands in `one` adds up to what stands in `other`.
 * A cell stands in it once at most.
 */
export interface Identity {
  readonly one: Int32Array;
  readonly other: Int32Array;
}
