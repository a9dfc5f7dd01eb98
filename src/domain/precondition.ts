import { Problem } from './problem.ts';

/** The conditions a write comes with (RFC 9110, section 13); header values as sent. */
export interface Conditions {
  readonly ifMatch?: string | undefined;
  readonly ifNoneMatch?: string | undefined;
}

/**
 * Refuses a write whose conditions the stored tag does not meet. `If-Match: *` overrides whatever is there, and lets
 * a first write through as well, so that a portal may send it always.
 *
 * @throws Problem `precondition-failed`; `precondition-required` where `required` and something would be overwritten.
 */
export function meetConditions({ ifMatch, ifNoneMatch }: Conditions, tag: string | undefined, required: boolean): void {
  const current = tag ?? '-';
  if (ifNoneMatch !== undefined && matchesTag(ifNoneMatch, tag)) failed(current);
  if (ifMatch === undefined) {
    if (required && tag !== undefined) throw new Problem('precondition-required');
  } else if (ifMatch.trim() !== '*' && !listsTag(ifMatch, tag)) failed(current);
}

/** Whether If-None-Match names a resource's tag, weakly compared; `*` names any that exists. */
export function matchesTag(header: string, tag: string | undefined): boolean {
  return tag !== undefined && (header.trim() === '*' || listsTag(strong(header), strong(tag)));
}

function strong(tags: string): string {
  return tags.replaceAll('W/', '');
}

/** Whether a list of entity tags holds the tag itself: a weak one is not good enough to write by (RFC 9110, 13.1.1). */
function listsTag(header: string, tag: string | undefined): boolean {
  return header.split(',').some((candidate) => candidate.trim() === tag);
}

function failed(current: string): never {
  throw new Problem('precondition-failed', { params: { current } });
}
