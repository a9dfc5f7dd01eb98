import { existedAtEndOf } from './agency.ts';
import { greatestFigure, toInteger, toWritten, type Cell } from './cell.ts';
import { addUp, writtenFigure, type Figures, type Sums } from './figures.ts';
import type { Form } from './form.ts';
import type { Language } from './language.ts';
import type { Child } from './neighbours.ts';
import type { ReportStatus } from './report.ts';

/** An agency's children as far as their reports for a year add up (汇总), by id. */
export interface ChildrenSum extends Sums {
  /** Those that exist at the end of the year and are not led by their own system. */
  readonly expected: readonly Child[];
  /** Of those, who has handed in, and who has not. */
  readonly reported: readonly Reported[];
  readonly missing: readonly Child[];
  /** Those that exist and report up their own system. */
  readonly leftOut: readonly Child[];
}

type Reported = Child & { readonly figures: Figures };

/** Adds up what an agency's children have handed in for a year. */
export function addUpChildren(form: Form, year: number, children: readonly Child[]): ChildrenSum {
  const { expected, leftOut } = childrenOfYear(year, children);
  const reported = expected.filter((child): child is Reported => child.figures !== undefined);
  const vectors = reported.map(({ figures }) => figures);
  return {
    expected,
    reported,
    missing: expected.filter(({ figures }) => figures === undefined),
    leftOut,
    ...addUp(form.cells.length, vectors),
  };
}

function childrenOfYear(year: number, children: readonly Child[]): Pick<ChildrenSum, 'expected' | 'leftOut'> {
  const existing = children.filter((child) => existedAtEndOf(child, year));
  return {
    expected: existing.filter(({ vertical }) => !vertical),
    leftOut: existing.filter(({ vertical }) => vertical),
  };
}

/** A report that is part of a sum. */
export interface Contributor {
  readonly agencyId: string;
  readonly revision: number;
}

/** The reports an agency's children have handed in for a year, as far as they add up. */
export function contributorsAmong(year: number, children: readonly Child[]): Contributor[] {
  return childrenOfYear(year, children).expected.flatMap(({ id, revision }) => {
    return revision === undefined ? [] : [{ agencyId: id, revision }];
  });
}

/**
 * The sums as the cells of a report hold them. NaN where nobody has reported, where a child left the cell blank, and
 * where the sum is greater than any figure a report may state.
 */
export function statableSums(form: Form, { sums, reported }: ChildrenSum): Figures {
  return Float64Array.from(form.cells, (cell) => {
    return reported.length > 0 ? statable(cell, sums[cell.index] as number) : Number.NaN;
  });
}

function statable({ value }: Cell, integer: number): number {
  return Math.abs(integer) <= toInteger(value, greatestFigure(value)) ? integer : Number.NaN;
}

/** How far the children have reported. */
export interface Coverage {
  readonly expected: number;
  readonly reported: number;
  /** Nobody is missing. */
  readonly complete: boolean;
  readonly missing: readonly MissingChild[];
  readonly leftOut: readonly LeftOutChild[];
}

interface NamedChild {
  readonly agencyId: string;
  readonly name: string;
}

interface MissingChild extends NamedChild {
  /** Of the report it has not handed in; absent where it has not begun one. */
  readonly status?: ReportStatus;
}

interface LeftOutChild extends NamedChild {
  readonly reason: 'vertical';
}

export function coverageOf({ expected, reported, missing, leftOut }: ChildrenSum): Coverage {
  return {
    expected: expected.length,
    reported: reported.length,
    complete: missing.length === 0,
    missing: missing.map(({ id, name, status }) => ({ agencyId: id, name, ...(status && { status }) })),
    leftOut: leftOut.map(({ id, name }) => ({ agencyId: id, name, reason: 'vertical' })),
  };
}

/** One cell of a consolidation; figures as on the wire, `null` where there is none. */
export interface ConsolidatedCell {
  readonly cell: string;
  readonly label: string;
  readonly sum: number | null;
  /** How many children state a figure. */
  readonly contributors: number;
  /** How many that have reported left it blank, and the first of them by id. */
  readonly blank: number;
  readonly blankWith: readonly string[];
  /** What the agency's own report says. */
  readonly stated: number | null;
  /** `stated` − `sum`. */
  readonly difference: number | null;
}

/** How many children a cell names as having left it blank. */
export const mostNamed = 20;

/** What has become of each cell in the sum, beside what the agency itself states. */
export function consolidatedCells(
  form: Form,
  children: ChildrenSum,
  stated: Figures | undefined,
  language: Language,
): ConsolidatedCell[] {
  const sums = statableSums(form, children);
  const blankWith = blankWithIn(children);
  return form.cells.map((cell) => {
    const { index, value } = cell;
    const blank = children.blanks[index] as number;
    const difference = statable(cell, (stated?.[index] ?? Number.NaN) - (sums[index] as number));
    return {
      cell: cell.address,
      label: cell.label[language],
      sum: writtenFigure(cell, sums),
      contributors: children.reported.length - blank,
      blank,
      blankWith: blankWith[index] ?? [],
      stated: stated ? writtenFigure(cell, stated) : null,
      difference: toWritten(value, difference),
    };
  });
}

/** The ids of the first children that left a cell blank, by the cell's place. */
function blankWithIn({ reported, blanks, withBlank }: ChildrenSum): Readonly<Record<number, readonly string[]>> {
  const some = withBlank.map((n) => reported[n] as Reported);
  const named: Record<number, string[]> = {};
  for (const [place, count] of blanks.entries()) {
    if (count === 0) continue;
    const first: string[] = [];
    for (let n = 0; first.length < Math.min(count, mostNamed); n++) {
      const { id, figures } = some[n] as Reported;
      if (Number.isNaN(figures[place])) first.push(id);
    }
    named[place] = first;
  }
  return named;
}

/** What one child's report says in a cell. */
export interface Contribution extends NamedChild {
  /** `null` where it left the cell blank. */
  readonly value: number | null;
}

/** What each child that has reported says in a cell. */
export function contributionsTo(cell: Cell, { reported }: ChildrenSum): Contribution[] {
  return reported.map(({ id, name, figures }) => ({ agencyId: id, name, value: writtenFigure(cell, figures) }));
}
