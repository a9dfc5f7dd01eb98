import type { Entry } from './entry.ts';
import type { Placings } from './placing.ts';
import type { Target } from './target.ts';

/** Figures that were given a line of the form. */
export interface Aligned {
  readonly entry: Entry;
  readonly target: Target;
  readonly placings: Placings;
  /** 0 to 1: how surely the line is the one meant. */
  readonly confidence: number;
}

/** How surely a line is known by its label, by a damaged one, by its place between others. */
export const sureness = { exact: 1, near: 0.9, order: 0.8 } as const;

/** Whether anything is stated in a slot. */
export function isStated({ read }: Entry['slots'][number]): boolean {
  return read.kind !== 'blank';
}
