import type { Database } from 'better-sqlite3';
import { bandsOfTexts, type Signature } from '../domain/likeness.ts';
import { signatureFromBytes } from '../domain/similarity.ts';

/** The bands of a year's narratives, each with the ids of the reports that have it, in order; mostly it is one. */
interface YearBands {
  readonly stamp: number;
  readonly reports: Map<number, number | number[]>;
}

/** What all connections of a program to one database remember, by year. */
export type RememberedBands = Map<number, YearBands>;

interface SignedRow {
  readonly id: number;
  readonly section: string;
  readonly signature: Buffer;
}

/**
 * How many reports one band gives on either side of a report: a text everybody copied is told of by a few of them, and
 * everybody by others, so that no report has to be judged anew with very many.
 */
const perSide = 4;

/**
 * Which reports share a band. That is kept in memory, some 3 kB a report: it follows from the signatures, of which three
 * thousand reports are read in a tenth of a second. A year is stamped whenever its signatures change, in the same
 * transaction, and its bands are made again where they have another stamp: what another program wrote is noticed, and
 * what was undone.
 */
export function bandStore(database: Database, remembered: RememberedBands) {
  const stampOf = database.prepare<[number], number>('SELECT stamp FROM signature_stamps WHERE year = ?').pluck();
  const saveStamp = database.prepare<[number, number]>(`
    INSERT INTO signature_stamps (year, stamp)
    VALUES (?, ?)
    ON CONFLICT (year) DO UPDATE SET stamp = excluded.stamp
  `);
  const signed = database.prepare<[number], SignedRow>(`
    SELECT s.report_id AS id, s.section, s.signature
    FROM signatures AS s
    JOIN reports AS r ON r.id = s.report_id
    WHERE r.year = ?
    ORDER BY s.report_id
  `);
  const reportsByBand = (year: number): YearBands['reports'] => {
    const stamp = stampOf.get(year) ?? 0;
    const known = remembered.get(year);
    if (known?.stamp === stamp) return known.reports;
    const reports: YearBands['reports'] = new Map();
    for (const { id, section, signature } of signed.iterate(year)) {
      for (const band of bandsOfTexts([{ section, signature: signatureFromBytes(signature) }])) add(reports, band, id);
    }
    remembered.set(year, { stamp, reports });
    return reports;
  };
  return {
    /** Reports that share a band with one of these texts, beside the report they are of: those written next to it. */
    sharing(year: number, texts: readonly Signature[], own: number): number[] {
      const reports = reportsByBand(year);
      const found = bandsOfTexts(texts).map((band) => nearest(reports.get(band), own));
      return [...new Set([...found.flatMap(({ before }) => before), ...found.flatMap(({ after }) => after)])];
    },
    /** To be called before signatures of a report are written: which are gone then, and which are new. */
    change(year: number, id: number, gone: readonly Signature[], added: readonly Signature[]): void {
      const [reports, stamp] = [reportsByBand(year), Math.floor(Math.random() * 2 ** 53)];
      saveStamp.run(year, stamp);
      for (const band of bandsOfTexts(gone)) remove(reports, band, id);
      for (const band of bandsOfTexts(added)) add(reports, band, id);
      remembered.set(year, { stamp, reports });
    },
  };
}

export type BandStore = ReturnType<typeof bandStore>;

function add(reports: YearBands['reports'], band: number, id: number): void {
  const found = reports.get(band);
  const ids = idsOf(found);
  const place = placeOf(ids, id);
  if (ids[place] === id) return;
  ids.splice(place, 0, id);
  if (found === undefined) reports.set(band, id);
  else if (typeof found === 'number') reports.set(band, ids);
}

function remove(reports: YearBands['reports'], band: number, id: number): void {
  const [first, ...rest] = idsOf(reports.get(band)).filter((other) => other !== id);
  if (first === undefined) reports.delete(band);
  else reports.set(band, rest.length === 0 ? first : [first, ...rest]);
}

/** The ids before and after one, nearest first. */
function nearest(found: number | number[] | undefined, own: number) {
  const ids = idsOf(found);
  const place = placeOf(ids, own);
  const after = ids[place] === own ? place + 1 : place;
  return {
    before: ids.slice(Math.max(place - perSide, 0), place).toReversed(),
    after: ids.slice(after, after + perSide),
  };
}

function idsOf(found: number | number[] | undefined): number[] {
  if (found === undefined) return [];
  return typeof found === 'number' ? [found] : found;
}

/** Where an id stands among others, or would. */
function placeOf(ids: readonly number[], id: number): number {
  let [low, high] = [0, ids.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ids[middle] as number) < id) low = middle + 1;
    else high = middle;
  }
  return low;
}
