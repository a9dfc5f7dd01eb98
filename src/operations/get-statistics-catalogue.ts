import type { Language } from '../domain/language.ts';
import { selectAgencies } from '../domain/statistics/agency-index.ts';
import type { Basis } from '../domain/statistics/figure-changes.ts';
import { firstYears } from '../domain/statistics/first-years.ts';
import { SelectedReports } from '../domain/statistics/selected-reports.ts';
import { basisFor, type StatisticsReader } from './open-statistics.ts';
import type { Service } from './service.ts';

/** A figure statistics can be asked for. */
export interface CatalogueItem {
  readonly id: string;
  readonly kind: 'cell' | 'subtotal' | 'indicator';
  readonly label: string;
  readonly unit?: string;
  readonly formula?: string;
  /** Adds up over agencies and years; a ratio does not, it is Σ ÷ Σ. */
  readonly additive: boolean;
  /** Of the form, oldest first. */
  readonly editions: readonly string[];
  /** The first year of which the reader may see a figure; `null` where there is none. */
  readonly since: number | null;
}

/** Everything statistics can be asked for, in the order of the form. */
export interface Catalogue {
  /** What of a report counts here, and in statistics where nothing is said. */
  readonly basis: Basis;
  readonly items: readonly CatalogueItem[];
}

/** What statistics can be asked for, and since when there is something to tell. */
export async function getStatisticsCatalogue(
  service: Service,
  reader: StatisticsReader,
  language: Language,
): Promise<Catalogue> {
  const basis = basisFor(reader);
  const everything = { basis, consolidated: 'include', tellsEmpty: false, ...reader } as const;
  const matrix = await service.figures();
  const reading = matrix.read(basis, (index) => selectAgencies(index, everything).reached);
  try {
    const reports = new SelectedReports(reading, selectAgencies(reading.index, everything).reached, everything);
    const since = firstYears(reports, [...service.measures.values()]);
    const items = [...service.measures.values()].map(({ id, kind, label, unit, formula, isRatio, byEdition }) => ({
      id,
      kind,
      label: label[language],
      ...(unit && { unit: unit[language] }),
      ...(formula && { formula: formula[language] }),
      additive: !isRatio,
      editions: [...byEdition.keys()],
      since: since.get(id) ?? null,
    }));
    return { basis, items };
  } finally {
    reading.release();
  }
}
