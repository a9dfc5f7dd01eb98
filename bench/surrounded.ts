import { sideBySide, type Assessed, type QuotedClaim } from '../src/domain/assessed.ts';
import type { CheckedForm } from '../src/domain/compile.ts';
import type { Figures } from '../src/domain/figures.ts';
import { soundFigures } from './reports.ts';

/** Whose reports they are, and of how many years: the last with four before it. */
export const years = [2019, 2020, 2021, 2022, 2023] as const;

const children = 40;

/**
 * A report with everything its rules look at: an agency that consolidates (every other time some of its children are
 * missing), four earlier years, and narratives that say what the tables say in some dozen places.
 */
export function surrounded(form: CheckedForm, id: string, n: number): Assessed {
  const vectors = years.map((year) => soundFigures(form, id, year)).reverse();
  const [figures, last, ...before] = vectors as [Figures, Figures, ...Figures[]];
  const missing = n % 2 === 0 ? [] : ['示例区教育局', '示例区民政局'];
  return {
    year: 2023,
    figures: sideBySide(figures, last),
    readings: readingsOf(form, figures),
    zeroReport: false,
    handedIn: true,
    agency: { level: 'county', kind: 'government', consolidates: true },
    lastYear: { year: 2022, sameEdition: true, figures: last, indicators: form.indicators, cells: form.cellAt },
    earlier: [last, ...before],
    children: { expected: children, reported: children - missing.length, missing, sums: figures.slice() },
    textsCompared: true,
    likenesses: [],
  };
}

/** What an overview of the usual sort says: all of it as the tables have it. */
function readingsOf(form: CheckedForm, figures: Figures): Assessed['readings'] {
  const figure = (address: string) => figures[form.cellAt.get(address)?.index ?? -1] ?? 0;
  const requests = (row: string) => figure(`requests.${row}.total`);
  const claims = [
    claim('period', 'year', 2023),
    claim('received', 'count', requests('received')),
    claim('carriedIn', 'count', requests('carriedIn')),
    claim('accepted', 'count', requests('received') + requests('carriedIn')),
    claim('concluded', 'count', requests('concluded')),
    claim('carriedOut', 'count', requests('carriedOut')),
    claim('granted', 'count', requests('granted')),
    claim('partlyGranted', 'count', requests('partlyGranted')),
    claim('granted', 'share', (100 * requests('granted')) / requests('concluded')),
    claim('reconsideration', 'count', figure('disputes.reconsideration.total')),
    claim('reconsideration.upheld', 'count', figure('disputes.reconsideration.upheld')),
    claim('directLitigation', 'count', figure('disputes.directLitigation.total')),
    claim('normativeDocuments.issued', 'count', figure('disclosure.normativeDocuments.issued')),
  ];
  const narratives = form.narratives.map(({ key }) => [key, { length: 300, claims: key === 'overview' ? claims : [] }]);
  const other = { length: 40, claims: [claim('processingFee', 'mention', null)] };
  return { ...Object.fromEntries(narratives), other } as Assessed['readings'];
}

function claim(topic: QuotedClaim['topic'], kind: QuotedClaim['kind'], value: number | null): QuotedClaim {
  return { topic, kind, value, precision: 'exact', start: 0, end: 10, text: '新收政府信息公开申请' };
}
