import type { Cell } from '../domain/cell.ts';
import type { CheckedForm } from '../domain/compile.ts';
import {
  addUpChildren,
  consolidatedCells,
  contributionsTo,
  coverageOf,
  statableSums,
  type ChildrenSum,
} from '../domain/consolidation.ts';
import { unpackTables, type Figures } from '../domain/figures.ts';
import type { Language } from '../domain/language.ts';
import { nearNames } from '../domain/near-names.ts';
import type { Child } from '../domain/neighbours.ts';
import { Problem, type Fault } from '../domain/problem.ts';
import type { ReportKey } from '../domain/report.ts';
import type { InspectedReport, ReportSurroundings } from '../domain/store.ts';
import { formOf, type Rulebook, type Service } from './service.ts';
import { contentTag } from './tags.ts';

export interface ConsolidationQuery {
  readonly key: ReportKey;
  /** The addresses of the cells of which every child's figure is wanted; none for all cells without them. */
  readonly cells: readonly string[];
  readonly language: Language;
}

/** The tag of a consolidation, known without adding up. */
export async function consolidationTag(service: Service, query: ConsolidationQuery): Promise<string> {
  const { key } = query;
  return service.store.inspectReport(key, (found) => tagOf(service, query, found, found.neighbours.childrenAlone(key)));
}

/**
 * The sum of what an agency's children have handed in for a year (汇总), as JSON with its tag.
 *
 * @throws Problem `agency-not-found`, `year-not-found`, `not-consolidating`, `no-children`; `request-invalid` for a
 *   cell the year's edition does not have.
 */
export async function getConsolidation(
  service: Service,
  query: ConsolidationQuery,
): Promise<{ readonly tag: string; readonly answer: string }> {
  const { key, language } = query;
  return service.store.inspectReport(key, (found) => {
    const form = formOfConsolidation(service, key, found);
    const wanted = wantedCells(form, query.cells);
    const children = found.neighbours.children(key);
    const sum = addUpOrRefuse(form, key, children);
    const answer = {
      agencyId: key.agencyId,
      year: key.year,
      edition: form.edition.id,
      coverage: coverageOf(sum),
      sections: unpackTables(form, statableSums(form, sum)),
      cells: cellsOf(form, sum, found.report?.figures, language, wanted),
    };
    return { tag: tagOf(service, query, found, children), answer: JSON.stringify(answer) };
  });
}

/**
 * The form an agency's consolidation is on.
 *
 * @throws Problem `agency-not-found`, `year-not-found`, `not-consolidating`.
 */
export function formOfConsolidation(
  rulebook: Rulebook,
  { agencyId, year: number }: ReportKey,
  { agency, year }: ReportSurroundings,
): CheckedForm {
  if (!agency) throw new Problem('agency-not-found', { params: { agencyId } });
  if (!year) throw new Problem('year-not-found', { params: { year: number } });
  if (!agency.consolidates) throw new Problem('not-consolidating', { params: { agencyId } });
  return formOf(rulebook, year.edition);
}

/** @throws Problem `no-children`. */
export function addUpOrRefuse(form: CheckedForm, key: ReportKey, children: readonly Child[]): ChildrenSum {
  const sum = addUpChildren(form, key.year, children);
  if (sum.expected.length > 0) return sum;
  throw new Problem('no-children', { params: { ...key, leftOut: sum.leftOut.length } });
}

function cellsOf(
  form: CheckedForm,
  sum: ChildrenSum,
  stated: Figures | undefined,
  language: Language,
  wanted: readonly Cell[],
) {
  const cells = consolidatedCells(form, sum, stated, language);
  if (wanted.length === 0) return cells;
  return wanted.map((cell) => ({ ...cells[cell.index], values: contributionsTo(cell, sum) }));
}

/** @throws Problem `request-invalid`, with names that are much like each that is not there. */
function wantedCells({ cellAt }: CheckedForm, addresses: readonly string[]): Cell[] {
  const faults = addresses
    .filter((address) => !cellAt.has(address))
    .map((cell): Fault => {
      const near = nearNames(cell, [...cellAt.keys()]).join(', ');
      return { in: 'query', pointer: '/cell', params: { cell, near }, detail: noSuchCell };
    });
  if (faults.length > 0) throw new Problem('request-invalid', { faults });
  return [...new Set(addresses)].flatMap((address) => cellAt.get(address) ?? []);
}

const noSuchCell = {
  'zh-CN': '这一版表样没有指标“{cell}”；相近的有：{near}。',
  en: 'This edition has no cell “{cell}”; near it are: {near}.',
};

/** Made of what a consolidation is computed from; a revision's figures never change, so its number stands for them. */
function tagOf(
  { rulesVersion }: Service,
  { cells, language }: ConsolidationQuery,
  { agency, year, report }: InspectedReport,
  children: readonly Child[],
): string {
  const facts = children.map((child) => {
    const { id, name, vertical, activeFrom, activeTo, status, reportId, revision } = child;
    return [id, name, vertical, activeFrom, activeTo, status, reportId, revision];
  });
  const stated = report && Array.from(report.figures);
  return contentTag(JSON.stringify([rulesVersion, language, cells, agency, year, stated, facts]));
}
