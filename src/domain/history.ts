import type { Verdict } from './check.ts';
import type { Contributor } from './consolidation.ts';
import { answerOf, openAnswer } from './report.ts';
import type { ReadScope } from './store.ts';

/** What is told of a revision in a list. Times are ISO 8601, UTC. */
export interface RevisionSummary {
  readonly revision: number;
  /** When it was made. */
  readonly at: string;
  /** The key of whoever made it. */
  readonly by?: string;
  /** The operation that made it; absent for what is older than the record. */
  readonly act?: string;
  /** Why it was made; of one that was published, why the report had been reopened before. */
  readonly reason?: string;
  readonly verdict: Verdict;
  readonly errors: number;
  readonly warnings: number;
  /** When it was first made public. */
  readonly published?: string;
  readonly origin?: Origin;
}

/** Where a revision's content came from, where nobody wrote it: a document, or the children's reports. */
export type Origin = ImportOrigin | ConsolidationOrigin;

interface ImportOrigin {
  readonly kind: 'import';
  readonly fileName: string;
  /** Of the document's bytes, in hexadecimal. */
  readonly sha256: string;
  readonly importedAt: string;
}

interface ConsolidationOrigin {
  readonly kind: 'consolidation';
  readonly consolidatedAt: string;
}

/** The same with where each figure stood in the document, by cell, or with the reports that were added up. */
export type OriginInFull =
  | (ImportOrigin & { readonly provenance: unknown })
  | (ConsolidationOrigin & { readonly contributors: readonly Contributor[] });

/** A report as it was: its head and its content, JSON each. */
export interface PastReport {
  readonly head: string;
  readonly content: string;
}

export interface StoredRevision extends PastReport {
  readonly summary: RevisionSummary;
  readonly edition: string;
  readonly origin?: OriginInFull;
}

/** What a report that was is answered with, JSON like a report that is. */
export function pastAnswer({ head, content }: PastReport, scope: ReadScope): string {
  const answer = answerOf(head, content);
  return scope === 'all' ? answer : openAnswer(answer);
}

/** A revision's answer: the report as it was, and where its content came from. */
export function revisionAnswer(stored: StoredRevision, scope: ReadScope): string {
  const answer = pastAnswer(stored, scope);
  const { origin } = stored;
  return origin ? answerOf(answer, JSON.stringify({ origin })) : answer;
}
