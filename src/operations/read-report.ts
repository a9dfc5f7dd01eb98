import { pastAnswer } from '../domain/history.ts';
import type { ReportKey } from '../domain/report.ts';
import type { ReadScope, Store } from '../domain/store.ts';
import { contentTag, reportTag } from './tags.ts';

/** How a report is to be read: how much of it, and as of when (ISO 8601, UTC) where not as it is. */
export interface ReadAs {
  readonly scope: ReadScope;
  readonly asOf?: string | undefined;
}

/** A report as it is answered, UTF-8 JSON. */
export interface ReadAnswer {
  readonly tag: string;
  readonly answer: Uint8Array;
}

/** The report as it is, or as it was; `undefined` where there is none, or there was none then. */
export async function readReport(
  { store }: { readonly store: Store },
  key: ReportKey,
  { scope, asOf }: ReadAs,
): Promise<ReadAnswer | undefined> {
  if (asOf === undefined) {
    const report = await store.reportAnswer(key, scope);
    return report && { tag: reportTag(report), answer: report.answer };
  }
  const past = await store.reportAt(key, scope, asOf);
  if (!past) return undefined;
  const answer = pastAnswer(past, scope);
  return { tag: contentTag(answer), answer: Buffer.from(answer) };
}
