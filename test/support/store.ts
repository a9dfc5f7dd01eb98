import { agencyFrom, type AgencyInput } from '../../src/domain/agency.ts';
import type { Actor, Deed } from '../../src/domain/event.ts';
import { revise, type Surroundings } from '../../src/domain/judge.ts';
import {
  publish,
  type ReportInput,
  type ReportKey,
  type ReportState,
  type SectionsInput,
  writtenContent,
} from '../../src/domain/report.ts';
import type { Store, StoredReport } from '../../src/domain/store.ts';
import { surroundingsOf } from '../../src/operations/service.ts';
import { yearFrom } from '../../src/domain/year.ts';
import { editions } from '../../src/forms/editions.ts';
import { figuresWith, tablesOf, type Cells } from './figures.ts';
import { formOf, rulebook } from './forms.ts';

/** Who writes in tests. */
export const tester: Actor = { keyId: 'test', role: 'admin' };
export const testDeed: Deed = { act: 'test', by: tester, at: '2024-01-01T00:00:00.000Z' };

export async function saveAgencies(
  store: Store,
  agencies: Readonly<Record<string, Partial<AgencyInput>>>,
): Promise<void> {
  const write = Object.entries(agencies).map(([id, input]) =>
    agencyFrom(id, { name: `机关${id}`, level: 'county', kind: 'department', ...input }),
  );
  await store.changeAgencies(() => ({ write, deed: testDeed, result: undefined }));
}

export async function saveYears(store: Store, ...years: readonly number[]): Promise<void> {
  for (const year of years) {
    await store.changeYear(year, () => ({ write: yearFrom(year, {}, editions), deed: testDeed, result: undefined }));
  }
}

/** Writes a report's content and answers with its id. */
export async function saveReport(store: Store, key: ReportKey, input: ReportInput, now: string): Promise<number> {
  return changeState(store, key, (stored, edition, found) => {
    const surroundings = around(found, edition);
    return revise(surroundings, key, stored, writtenContent(surroundings.form, input), now);
  });
}

function around(found: StoredReport, edition: string): Surroundings {
  return surroundingsOf(rulebook, found, edition);
}

export async function publishReport(store: Store, key: ReportKey, now: string): Promise<number> {
  return changeState(store, key, (stored) => stored && publish(stored, now));
}

/** Writes what a report becomes, and answers with its id. */
async function changeState(
  store: Store,
  key: ReportKey,
  next: (stored: ReportState | undefined, edition: string, found: StoredReport) => ReportState | undefined,
): Promise<number> {
  return store.changeReport(key, (found) => {
    const { report, year } = found;
    const state = next(report, year?.edition ?? '', found);
    if (!state) throw new Error('nothing changed');
    return { write: state, deed: testDeed, result: (id) => id };
  });
}

export async function removeReport(store: Store, key: ReportKey): Promise<void> {
  await store.changeReport(key, () => ({ remove: true, deed: testDeed, result: () => undefined }));
}

/** A complete report of an edition with 0 in every cell but those named. */
export function filled(edition: string, cells: Cells = {}): ReportInput {
  const form = formOf(edition);
  const texts: SectionsInput = Object.fromEntries(form.narratives.map(({ key }) => [key, { text: '无' }]));
  return { sections: { ...tablesOf(form, figuresWith(form, cells)), ...texts } };
}

export async function removeAgency(store: Store, id: string): Promise<void> {
  await store.changeAgencies(() => ({ remove: id, deed: testDeed, result: undefined }));
}
