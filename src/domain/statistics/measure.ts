import type { CheckedForm } from '../compile.ts';
import type { CellValue } from '../edition.ts';
import type { Words } from '../language.ts';
import { nearNames } from '../near-names.ts';
import type { Fault } from '../problem.ts';

/** A sum of some cells less that of others, as places in a vector of one edition. */
export interface SumOfCells {
  readonly added: Int32Array;
  readonly subtracted: Int32Array;
  /** What it is counted in. */
  readonly value: CellValue;
}

/** What a figure is made of on one edition of the form. */
export interface MeasureParts {
  readonly numerator: SumOfCells;
  /** Of a ratio. */
  readonly denominator?: SumOfCells;
}

/** A figure statistics can be asked for: a cell, a sum the form has no cell for, or an indicator. */
export interface Measure {
  /** Permanent: a cell's address, an indicator's id. */
  readonly id: string;
  readonly kind: 'cell' | 'subtotal' | 'indicator';
  /** In the words of the latest edition that has it, as what follows. */
  readonly label: Words;
  readonly unit?: Words;
  /** What an indicator is computed from. */
  readonly formula?: Words;
  /** A ratio is Σ ÷ Σ over several reports; anything else adds up. */
  readonly isRatio: boolean;
  readonly byEdition: ReadonlyMap<string, MeasureParts>;
}

/** By id, in the order of the latest form; what only earlier ones have comes last. */
export type Measures = ReadonlyMap<string, Measure>;

interface OfEdition extends Omit<Measure, 'byEdition'> {
  readonly parts: MeasureParts;
}

/** Everything statistics can be asked for, on any edition; the forms come oldest first. */
export function measuresOf(forms: Iterable<CheckedForm>): Measures {
  const measures = new Map<string, Measure>();
  for (const form of [...forms].reverse()) {
    for (const { parts, ...measure } of measuresOfForm(form)) {
      const latest = measures.get(measure.id) ?? { ...measure, byEdition: [] };
      measures.set(measure.id, { ...latest, byEdition: new Map([[form.edition.id, parts], ...latest.byEdition]) });
    }
  }
  return measures;
}

function measuresOfForm(form: CheckedForm): OfEdition[] {
  const none = new Int32Array();
  const sumOf = (value: CellValue, added: Int32Array): MeasureParts => ({
    numerator: { added, subtracted: none, value },
  });
  return [
    ...form.cells.map(({ address: id, label, unit, value, index }): OfEdition => {
      const parts = sumOf(value, Int32Array.of(index));
      return { id, kind: 'cell', label, ...(unit && { unit }), isRatio: false, parts };
    }),
    ...form.subtotals.map(({ address: id, label, value, parts: cells }): OfEdition => {
      const unit = form.cells[cells[0] as number]?.unit;
      return { id, kind: 'subtotal', label, ...(unit && { unit }), isRatio: false, parts: sumOf(value, cells) };
    }),
    ...form.indicators.map(({ id, label, formula, numerator, denominator }): OfEdition => {
      const parts = { numerator, ...(denominator && { denominator }) };
      return { id, kind: 'indicator', label, formula, isRatio: denominator !== undefined, parts };
    }),
  ];
}

/** Of very many names that are not there, so many get others offered: each is compared with every name there is. */
const mostOffered = 20;

/**
 * The figures that names stand for, each once, in the order asked for. A name with `*` for its section, row or column
 * stands for every cell there; `*` alone for all of them. `indicators` takes ids, or `*`.
 */
export function findMeasures(
  measures: Measures,
  asked: { readonly cells: readonly string[]; readonly indicators: readonly string[] },
): { readonly found: readonly Measure[]; readonly faults: readonly Fault[] } {
  const names = [...asked.cells.map(cellName), ...asked.indicators.map(indicatorName)];
  const all = [...measures.values()];
  const results = names.map((name) => ({ ...name, found: all.filter(name.matches) }));
  const unknown = results.filter(({ found }) => found.length === 0);
  const faults = unknown.map(({ name, parameter, isKind }, place): Fault => {
    if (measures.has(name))
      return { in: 'query', pointer: `/${parameter}`, params: { name }, detail: elsewhere[parameter] };
    const candidates = place < mostOffered ? all.filter(isKind).map(({ id }) => id) : [];
    const params = { name, near: nearNames(name, candidates).join(', ') };
    return { in: 'query', pointer: `/${parameter}`, params, detail: noSuchFigure[parameter] };
  });
  return { found: [...new Set(results.flatMap(({ found }) => found))], faults };
}

interface AskedName {
  readonly name: string;
  readonly parameter: 'cells' | 'indicators';
  readonly isKind: (measure: Measure) => boolean;
  readonly matches: (measure: Measure) => boolean;
}

function cellName(name: string): AskedName {
  const isKind = ({ kind }: Measure) => kind !== 'indicator';
  if (!name.includes('*')) {
    return { name, parameter: 'cells', isKind, matches: (measure) => isKind(measure) && measure.id === name };
  }
  const wanted = name === '*' ? ['*', '*', '*'] : name.split('.');
  const matches = ({ kind, id }: Measure) => {
    const parts = id.split('.');
    return kind === 'cell' && wanted.length === 3 && parts.every((part, n) => wanted[n] === '*' || wanted[n] === part);
  };
  return { name, parameter: 'cells', isKind, matches };
}

function indicatorName(name: string): AskedName {
  const isKind = ({ kind }: Measure) => kind === 'indicator';
  const matches = (measure: Measure) => isKind(measure) && (name === '*' || measure.id === name);
  return { name, parameter: 'indicators', isKind, matches };
}

const noSuchFigure = {
  cells: {
    'zh-CN': '没有指标“{name}”；相近的有：{near}。全部指标见 /v1/statistics/catalogue。',
    en: 'There is no cell “{name}”; near it are: {near}. All of them are at /v1/statistics/catalogue.',
  },
  indicators: {
    'zh-CN': '没有比率或派生指标“{name}”；相近的有：{near}。全部指标见 /v1/statistics/catalogue。',
    en: 'There is no indicator “{name}”; near it are: {near}. All of them are at /v1/statistics/catalogue.',
  },
} as const;

/** What was asked for by the other parameter. */
const elsewhere = {
  cells: {
    'zh-CN': '“{name}”是比率或派生指标，请写在 indicators 中。',
    en: '“{name}” is an indicator: name it in `indicators`.',
  },
  indicators: {
    'zh-CN': '“{name}”是表中的数据，请写在 cells 中。',
    en: '“{name}” is a cell: name it in `cells`.',
  },
} as const;
