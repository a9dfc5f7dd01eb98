import type { RegisteredAgency, Registry } from './figure-changes.ts';
import type { Selection } from './query.ts';
import { hasToReport } from '../standing.ts';
import type { Year } from '../year.ts';

/**
 * The agencies and years as they are registered, agencies by number: an agency keeps its number for as long as the
 * program runs. What is made of a registry never changes; another one makes another index.
 */
export interface AgencyIndex {
  /** By number; empty where an agency is gone. */
  readonly agencies: readonly (RegisteredAgency | undefined)[];
  /** The numbers by the order of ids. */
  readonly inOrder: readonly number[];
  /** Where an agency stands in that order, by number. */
  readonly positions: Int32Array;
  /** The number of an agency's parent, or -1. */
  readonly parents: Int32Array;
  readonly years: ReadonlyMap<number, Year>;
  readonly numberOf: (id: string) => number | undefined;
  /** Which agencies have to report for a year, by number: 1 for those that have. */
  readonly expectedIn: (year: number) => Uint8Array;
}

/** Lays a registry out by number, giving one to each agency that has none yet. */
export function indexAgencies({ agencies: registered, years }: Registry, numbers: Map<string, number>): AgencyIndex {
  for (const { id } of registered) if (!numbers.has(id)) numbers.set(id, numbers.size);
  const agencies: (RegisteredAgency | undefined)[] = Array.from({ length: numbers.size });
  const parents = new Int32Array(numbers.size).fill(-1);
  const positions = new Int32Array(numbers.size).fill(-1);
  const inOrder = registered.map((agency, position) => {
    const number = numbers.get(agency.id) as number;
    agencies[number] = agency;
    positions[number] = position;
    if (agency.parentId !== undefined) parents[number] = numbers.get(agency.parentId) ?? -1;
    return number;
  });
  const numberOf = (id: string) => {
    const number = numbers.get(id);
    return number !== undefined && agencies[number] ? number : undefined;
  };
  const expected = new Map<number, Uint8Array>();
  const expectedIn = (year: number) => {
    const known =
      expected.get(year) ??
      Uint8Array.from(agencies, (agency) => Number(agency !== undefined && hasToReport(agency, year)));
    expected.set(year, known);
    return known;
  };
  return {
    agencies,
    inOrder,
    positions,
    parents,
    years: new Map(years.map((year) => [year.year, year])),
    numberOf,
    expectedIn,
  };
}

/** Which agencies, by number, are in a subtree: 1 for those that are. All where no root is named; none where it is gone. */
export function subtreeOf({ agencies, parents, numberOf }: AgencyIndex, root: string | undefined): Uint8Array {
  const within = new Uint8Array(agencies.length);
  if (root === undefined) return within.fill(1);
  const head = numberOf(root);
  if (head === undefined) return within;
  // 2: known to be outside.
  within[head] = 1;
  for (let number = 0; number < within.length; number++) {
    let next = number;
    while (next >= 0 && within[next] === 0) next = parents[next] as number;
    const verdict = next >= 0 ? (within[next] as number) : 2;
    for (next = number; next >= 0 && within[next] === 0; next = parents[next] as number) within[next] = verdict;
  }
  return within.map((verdict) => Number(verdict === 1));
}

/** Which agencies a caller may ask about at all, and which of them are asked about, by number. */
export function selectAgencies(
  index: AgencyIndex,
  { reach, under, agency, parent, level, kind, consolidated }: Selection,
): { readonly reached: Uint8Array; readonly selected: Uint8Array } {
  const reached = subtreeOf(index, reach);
  const below = under === undefined ? reached : subtreeOf(index, under);
  for (const [number, one] of index.agencies.entries()) {
    if (!one || (consolidated === 'exclude' && one.consolidates)) reached[number] = 0;
  }
  const selected = new Uint8Array(reached.length);
  for (let number = 0; number < reached.length; number++) {
    const one = index.agencies[number];
    if (!one || reached[number] === 0 || below[number] === 0) continue;
    if (agency !== undefined && one.id !== agency) continue;
    if (parent !== undefined && one.parentId !== parent) continue;
    if (level !== undefined && one.level !== level) continue;
    if (kind !== undefined && one.kind !== kind) continue;
    selected[number] = 1;
  }
  return { reached, selected };
}
