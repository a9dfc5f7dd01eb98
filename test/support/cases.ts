import { readdirSync, readFileSync } from 'node:fs';
import type { Cells } from './figures.ts';

/** A report that passes or fails a rule at one place; `rest` is what every cell not named holds. */
export interface Case {
  readonly rest: number | null;
  readonly cells: Cells;
  /** The narratives that say nothing. */
  readonly blankTexts?: readonly string[];
  readonly at: string;
  /** What the two sides of a failing sum come to. */
  readonly left?: number;
  readonly right?: number;
}

export interface Cases {
  readonly pass: Case;
  readonly fail: Case;
}

const folder = new URL('../forms/', import.meta.url);

/** The conformance cases on disk by rule id: one file a rule. */
export function readCases(): ReadonlyMap<string, Cases> {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  return new Map(files.map((file) => [file.replace(/\.json$/, ''), read(file)]));
}

function read(file: string): Cases {
  return JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Cases;
}
