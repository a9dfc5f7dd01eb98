import type { Language } from '../domain/language.ts';
import { Problem } from '../domain/problem.ts';
import { selectAgencies, subtreeOf, type AgencyIndex } from '../domain/statistics/agency-index.ts';
import type { Basis } from '../domain/statistics/figure-changes.ts';
import { findMeasures } from '../domain/statistics/measure.ts';
import type { Selection, StatisticsQuery } from '../domain/statistics/query.ts';
import { answerStatistics, type Statistics } from '../domain/statistics/statistics.ts';
import type { ReadScope } from '../domain/store.ts';
import type { Service } from './service.ts';

/** Who asks for statistics: what of the agencies within reach it may see. */
export interface StatisticsReader {
  readonly scope: ReadScope;
  /** The agency whose subtree is in reach; absent for all. */
  readonly reach?: string;
}

export interface StatisticsRequest
  extends
    Omit<Selection, 'basis' | 'reach' | 'tellsEmpty'>,
    Pick<StatisticsQuery, 'groupBy' | 'with' | 'sort' | 'top'> {
  readonly cells: readonly string[];
  readonly indicators: readonly string[];
  /** Of a report as it stands where nothing is said, of what was published where no more may be seen. */
  readonly basis?: Basis;
  readonly reader: StatisticsReader;
}

/** Statistics about to be computed from the figures there are now. */
export interface OpenStatistics {
  /** Another whenever an answer to the same request may be another. */
  readonly version: number;
  /** @throws Problem `request-invalid`. */
  readonly answer: (language: Language) => Statistics;
  /** To be called when no more rows are wanted. */
  readonly release: () => void;
}

/**
 * Gets ready to compute statistics, on figures that take in every write that was answered.
 *
 * @throws Problem `request-invalid` for figures that are not there, `agency-not-found`.
 */
export async function openStatistics(service: Service, request: StatisticsRequest): Promise<OpenStatistics> {
  const { cells, indicators, reader, basis = basisFor(reader), ...asked } = request;
  const { found: measures, faults } = findMeasures(service.measures, { cells, indicators });
  if (faults.length > 0) throw new Problem('request-invalid', { faults });
  const { reach, scope } = reader;
  const query: StatisticsQuery = {
    ...asked,
    measures,
    basis,
    tellsEmpty: scope === 'all',
    ...(reach !== undefined && { reach }),
  };
  const matrix = await service.figures();
  const reading = matrix.read(basis, (index) => selectAgencies(index, query).reached);
  try {
    refuseUnknown(reading.index, query, reader);
  } catch (problem) {
    reading.release();
    throw problem;
  }
  return {
    version: reading.version,
    answer: (language) => answerStatistics(reading, query, language),
    release: reading.release,
  };
}

/** What is counted where nothing is said of it: everything the reader may see. */
export function basisFor({ scope }: StatisticsReader): Basis {
  return scope === 'all' ? 'current' : 'published';
}

/** Whoever sees what has been published alone is not told whether there is an agency, and nobody of one out of reach. */
function refuseUnknown(
  index: AgencyIndex,
  { agency, parent, under }: StatisticsQuery,
  { scope, reach }: StatisticsReader,
): void {
  if (scope !== 'all') return;
  const within = subtreeOf(index, reach);
  const unknown = [agency, parent, under].find((id) => id !== undefined && within[index.numberOf(id) ?? -1] !== 1);
  if (unknown !== undefined) throw new Problem('agency-not-found', { params: { agencyId: unknown } });
}
