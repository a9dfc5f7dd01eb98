import type { Cell } from './cell.ts';
import type { Form, FormLine } from './form.ts';
import type { Identity } from './identity.ts';
import type { Words } from './language.ts';
import { patternLayout, type PatternLayout } from './pattern.ts';

/** That a cell stands in an identity: added to `one` (1) or to `other` (-1). */
export interface Standing {
  readonly identity: number;
  readonly sign: 1 | -1;
}

/** Cells of one row that may have been typed one column off, in the order of the columns. */
export interface Span {
  readonly row: Words;
  readonly places: Int32Array;
  /** The identities in which one of them stands. */
  readonly touches: ReadonlySet<number>;
}

/** Identities that share cells, at least by way of others, and share none with the rest of the system. */
export interface IndependentPart {
  readonly section: string;
  /** Where all its cells are of one row. */
  readonly row?: string;
  readonly identities: readonly number[];
  /** In how many of its identities a cell stands at most. */
  readonly degree: number;
  readonly spans: readonly Span[];
}

/** The identities of a form, laid out for the search of wrong figures: made once for a form. */
export interface SuspectSystem {
  readonly cells: readonly Cell[];
  readonly identities: readonly Identity[];
  /** The places in each identity, both sides. */
  readonly places: readonly Int32Array[];
  /** For each cell, where it stands. */
  readonly standings: readonly (readonly Standing[])[];
  /** For each cell, those that stand in an identity with it. */
  readonly neighbours: readonly Int32Array[];
  readonly parts: readonly IndependentPart[];
  readonly patterns: PatternLayout;
}

/**
 * Lays out the identities of a form.
 *
 * @throws Error when a cell stands in an identity twice: a slip in the edition's data, found at start.
 */
export function suspectSystem(form: Form, identities: readonly Identity[]): SuspectSystem {
  const places = identities.map(({ one, other }) => Int32Array.of(...one, ...other));
  for (const each of places) refuseTwice(form, each);
  const standings = form.cells.map(({ index }) => standingsOf(identities, index));
  const neighbours = form.cells.map(({ index }) => neighboursOf(standings[index] as Standing[], places, index));
  const parts = connected(places).map((members) => independentPart(form, members, places, standings));
  return { cells: form.cells, identities, places, standings, neighbours, parts, patterns: patternLayout(form) };
}

/** How a cell stands in an identity; `undefined` where it does not. */
export function signIn(system: SuspectSystem, place: number, identity: number): 1 | -1 | undefined {
  for (const standing of system.standings[place] as Standing[]) {
    if (standing.identity === identity) return standing.sign;
  }
  return undefined;
}

function refuseTwice(form: Form, places: Int32Array): void {
  const twice = places.find((place, n) => places.indexOf(place) !== n);
  if (twice === undefined) return;
  throw new Error(`form ${form.edition.id}: ${(form.cells[twice] as Cell).address} stands in an identity twice`);
}

function standingsOf(identities: readonly Identity[], place: number): Standing[] {
  return identities.flatMap(({ one, other }, identity): Standing[] => {
    if (one.includes(place)) return [{ identity, sign: 1 }];
    return other.includes(place) ? [{ identity, sign: -1 }] : [];
  });
}

function neighboursOf(standings: readonly Standing[], places: readonly Int32Array[], place: number): Int32Array {
  const all = standings.flatMap(({ identity }) => [...(places[identity] as Int32Array)]);
  return Int32Array.from(new Set(all.filter((neighbour) => neighbour !== place)));
}

/** The identities by independent part, the parts in the order of their first identities. */
function connected(places: readonly Int32Array[]): number[][] {
  let parts: { identities: number[]; places: Set<number> }[] = [];
  places.forEach((added, identity) => {
    const joined = parts.filter((part) => added.some((place) => part.places.has(place)));
    const whole = {
      identities: [...joined.flatMap((part) => part.identities), identity].sort((a, b) => a - b),
      places: new Set([...joined.flatMap((part) => [...part.places]), ...added]),
    };
    parts = [...parts.filter((part) => !joined.includes(part)), whole];
  });
  return parts.map((part) => part.identities).sort(([a], [b]) => (a as number) - (b as number));
}

function independentPart(
  form: Form,
  identities: readonly number[],
  places: readonly Int32Array[],
  standings: readonly (readonly Standing[])[],
): IndependentPart {
  const within = new Set(identities.flatMap((identity) => [...(places[identity] as Int32Array)]));
  const cells = form.cells.filter(({ index }) => within.has(index));
  const { section, row } = cells[0] as Cell;
  return {
    section,
    ...(cells.every((cell) => cell.row === row) && { row }),
    identities,
    degree: Math.max(...cells.map(({ index }) => (standings[index] as Standing[]).length)),
    spans: spansOf(form, within, standings),
  };
}

/** Of each row that is in a part: all of it, and all but its stated totals. */
function spansOf(form: Form, within: ReadonlySet<number>, standings: readonly (readonly Standing[])[]): Span[] {
  return form.tables.flatMap((table) =>
    table.rows.flatMap((row) =>
      [table.columns, table.columns.filter(({ totalOf }) => totalOf === undefined)]
        .filter((columns, n) => n === 0 || columns.length < table.columns.length)
        .map((columns) => columns.map((column) => placeOf(form, table.section, row, column)))
        .filter((places) => places.every((place) => within.has(place)))
        .map((places) => ({
          row: row.name,
          places: Int32Array.from(places),
          touches: new Set(places.flatMap((place) => (standings[place] as Standing[]).map((s) => s.identity))),
        })),
    ),
  );
}

function placeOf(form: Form, section: string, row: FormLine, column: FormLine): number {
  return (form.cellAt.get(`${section}.${row.key}.${column.key}`) as Cell).index;
}
