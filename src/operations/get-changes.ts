import { changesBetween, type Changes } from '../domain/changes.ts';
import type { CheckedForm } from '../domain/compile.ts';
import type { StoredRevision } from '../domain/history.ts';
import type { Language } from '../domain/language.ts';
import { Problem } from '../domain/problem.ts';
import { contentFrom, withoutPeople, type ReportContent, type ReportKey } from '../domain/report.ts';
import type { ReadScope } from '../domain/store.ts';
import { compareTexts } from './compare-texts.ts';
import { formOf, type Service } from './service.ts';

/** Which revisions are compared; without `since`, a revision with the one before that the caller may read. */
export interface Compared {
  readonly revision: number;
  readonly since?: number;
}

/** What a correction shows: what has changed, why, and when. */
export interface RevisionChanges extends ReportKey, Changes {
  readonly edition: string;
  readonly revision: number;
  /** Absent for the first revision, which is compared with a blank report. */
  readonly since?: number;
  readonly at: string;
  readonly published?: string;
  readonly reason?: string;
}

/**
 * Everything in which a revision differs from an earlier one.
 *
 * @throws Problem `revision-not-found`, also for one the caller may not read; `request-invalid` where `since` is not
 *   an earlier one.
 */
export async function getChanges(
  service: Service,
  key: ReportKey,
  scope: ReadScope,
  { revision, since }: Compared,
  language: Language,
): Promise<RevisionChanges> {
  if (since !== undefined && since >= revision) throw new Problem('request-invalid', { faults: [notEarlier] });
  const after = await findRevision(service, key, scope, revision);
  const earlier = since ?? (await revisionBefore(service, key, scope, revision));
  const before = earlier === undefined ? undefined : await findRevision(service, key, scope, earlier);
  const form = formOf(service, after.edition);
  const { at, published, reason } = after.summary;
  return {
    ...key,
    edition: after.edition,
    revision,
    ...(earlier !== undefined && { since: earlier }),
    at,
    ...(published !== undefined && { published }),
    ...(reason !== undefined && { reason }),
    ...changesBetween(form, contentOf(form, before, scope), contentOf(form, after, scope), compareTexts, language),
  };
}

const notEarlier = {
  in: 'query',
  pointer: '/since',
  detail: { 'zh-CN': '应早于要看的修订。', en: 'Must be an earlier revision.' },
} as const;

/**
 * One revision the caller may read.
 *
 * @throws Problem `revision-not-found`.
 */
export async function findRevision(
  { store }: Service,
  key: ReportKey,
  scope: ReadScope,
  revision: number,
): Promise<StoredRevision> {
  const found = await store.revision(key, scope, revision);
  if (!found) throw new Problem('revision-not-found', { params: { ...key, revision } });
  return found;
}

async function revisionBefore({ store }: Service, key: ReportKey, scope: ReadScope, revision: number) {
  const [before] = await store.revisions(key, scope, { after: revision, limit: 1 });
  return before?.revision;
}

/** What the caller may read of a revision's content; where there is no revision, nothing is said. */
function contentOf(form: CheckedForm, stored: StoredRevision | undefined, scope: ReadScope): ReportContent {
  const content = stored ? (JSON.parse(stored.content) as ReportContent) : contentFrom(form, {}).content;
  return scope === 'all' ? content : withoutPeople(content);
}
