/** What became of a write. */
export type WriteOutcome = 'created' | 'updated' | 'unchanged';

/** A resource after a write, with its entity tag. */
export interface Written<Resource> {
  readonly outcome: WriteOutcome;
  readonly resource: Resource;
  readonly tag: string;
}
