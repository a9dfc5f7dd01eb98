import { existedAtEndOf, type Agency } from './agency.ts';
import { sideBySide, type Assessed, type ChildrenFacts, type Readings, type ToldLikeness } from './assessed.ts';
import type { CheckedForm } from './compile.ts';
import { addUpChildren } from './consolidation.ts';
import { addUp, type Figures } from './figures.ts';
import type { HandedIn, Neighbours } from './neighbours.ts';
import type { ReportKey } from './report.ts';

/** The forms by edition. */
export type Forms = ReadonlyMap<string, CheckedForm>;

/** What rules look at in a report itself. */
export interface Own {
  readonly figures: Figures;
  readonly readings: Readings;
  readonly zeroReport: boolean;
  readonly handedIn: boolean;
  readonly likenesses: readonly ToldLikeness[];
}

/** Puts beside a report what its rules compare it with. */
export function gather(
  forms: Forms,
  form: CheckedForm,
  key: ReportKey,
  own: Own,
  agency: Agency,
  neighbours: Neighbours,
): Assessed {
  const past = pastOf(forms, form, key, agency, neighbours);
  const last = past.years.find(({ year }) => year === key.year - 1);
  return {
    ...own,
    year: key.year,
    figures: sideBySide(own.figures, last?.figures),
    agency: { level: agency.level, kind: agency.kind, consolidates: agency.consolidates },
    ...(last && { lastYear: last.lastYear }),
    unreported: past.unreported,
    earlier: past.years.map(({ figures }) => figures),
    textsCompared: true,
    ...(agency.consolidates && { children: childrenOf(form, key, neighbours) }),
  };
}

/** An earlier year: its figures in this form's order, and as its own form has them. */
interface PastYear {
  readonly year: number;
  readonly figures: Figures;
  readonly lastYear: NonNullable<Assessed['lastYear']>;
}

/** What an agency and those it succeeded handed in for earlier years, and who of them did not for the last. */
interface Past {
  /** Latest first. */
  readonly years: readonly PastYear[];
  /** By name. */
  readonly unreported: readonly string[];
}

/**
 * Adds up what an agency and those it succeeded by the end of the report's year handed in, year by year. A year in which
 * one that existed has not handed in is left out: a part is not to be taken for the whole.
 */
export function pastOf(forms: Forms, form: CheckedForm, key: ReportKey, agency: Agency, neighbours: Neighbours): Past {
  const line = [agency, ...takenOver(agency.id, neighbours.predecessors(agency.id), key.year)];
  const reports = line.flatMap((one) =>
    neighbours
      .handedInBefore({ ...key, agencyId: one.id })
      .filter(({ year }) => one === agency || existedAtEndOf(one, year)),
  );
  const missingIn = (year: number) =>
    line.filter((one) => {
      return existedAtEndOf(one, year) && !reports.some((report) => report.agencyId === one.id && report.year === year);
    });
  const years = [...new Set(reports.map(({ year }) => year))].sort((one, other) => other - one);
  const whole = years.filter((year) => missingIn(year).length === 0);
  return {
    years: whole.map((year) =>
      sumOfYear(
        forms,
        form,
        year,
        reports.filter((report) => report.year === year),
      ),
    ),
    unreported: line.length > 1 ? missingIn(key.year - 1).map(({ name }) => name) : [],
  };
}

/** Of the predecessors, those taken over by the end of a year; one that was still there then reported for itself. */
function takenOver(agencyId: string, predecessors: readonly Agency[], year: number): Agency[] {
  return predecessors
    .filter((one) => one.succeededBy === agencyId && !existedAtEndOf(one, year))
    .flatMap((one) => [one, ...takenOver(one.id, predecessors, year)]);
}

/** A year has one edition, so what was handed in for it adds up. */
function sumOfYear(forms: Forms, form: CheckedForm, year: number, reports: readonly HandedIn[]): PastYear {
  const own = forms.get((reports[0] as HandedIn).edition) as CheckedForm;
  const { sums: figures } = addUp(
    own.cells.length,
    reports.map((report) => report.figures),
  );
  const sameEdition = own === form;
  return {
    year,
    figures: sameEdition ? figures : onForm(form, own, figures),
    lastYear: { year, sameEdition, figures, indicators: own.indicators, cells: own.cellAt },
  };
}

/** Figures in the order of another form, by address; what only that form has is blank. */
export function onForm(form: CheckedForm, own: CheckedForm, figures: Figures): Figures {
  return Float64Array.from(form.cells, ({ address }) => figures[own.cellAt.get(address)?.index ?? -1] ?? Number.NaN);
}

/** What children have handed in, as rules look at it. */
function childrenOf(form: CheckedForm, { year, ...key }: ReportKey, neighbours: Neighbours): ChildrenFacts {
  const { expected, reported, missing, sums } = addUpChildren(form, year, neighbours.children({ ...key, year }));
  return {
    expected: expected.length,
    reported: reported.length,
    missing: missing.map(({ name }) => name),
    sums,
  };
}
