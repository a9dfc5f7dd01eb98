import { levelDue } from '../domain/due.ts';
import type { Order } from '../domain/event.ts';
import {
  grants,
  toldExtension,
  type ExtensionInput,
  type ExtensionKey,
  type ToldExtension,
} from '../domain/extension.ts';
import { meetConditions, type Conditions } from '../domain/precondition.ts';
import { Problem } from '../domain/problem.ts';
import { hasToReport } from '../domain/standing.ts';
import type { StoredExtension } from '../domain/store.ts';
import type { Service } from './service.ts';
import { contentTag } from './tags.ts';
import type { Written } from './write-outcome.ts';

export interface ExtensionWrite extends Order {
  readonly key: ExtensionKey;
  readonly conditions: Conditions;
}

/** An extension's entity tag. */
export function extensionTag(extension: ToldExtension): string {
  return contentTag(JSON.stringify(extension));
}

/**
 * Gives an agency more time for one year, or grants it another date. Granting the same again changes nothing.
 *
 * @throws Problem `agency-not-found`, `year-not-found`, `precondition-failed`, `extension-not-expected`, `extension-not-later`.
 */
export async function putExtension(
  { store, now }: Service,
  { key, conditions, act, by }: ExtensionWrite,
  input: ExtensionInput,
): Promise<Written<ToldExtension>> {
  return store.changeExtension<Written<ToldExtension>>(key, (found) => {
    const ownDue = ownDueOf(key, found);
    const { extension } = found;
    const stored = extension && toldExtension(extension, found);
    if (stored && grants(stored, input)) {
      return { result: { outcome: 'unchanged', resource: stored, tag: extensionTag(stored) } };
    }
    meetConditions(conditions, stored && extensionTag(stored), false);
    refuseNoLater(key, input.due, ownDue);
    const { due, reason } = input;
    const at = now().toISOString();
    const next = { ...key, due, reason, grantedBy: by.keyId, grantedAt: at };
    const outcome = stored ? 'updated' : 'created';
    const resource = toldExtension(next, found);
    const result = { outcome, resource, tag: extensionTag(resource) } as const;
    return { write: next, deed: { act, by, at, reason }, result };
  });
}

/** @throws Problem `agency-not-found`, `year-not-found`, `extension-not-expected`. */
function ownDueOf({ agencyId, year: number }: ExtensionKey, { agency, year }: StoredExtension): string {
  if (!agency) throw new Problem('agency-not-found', { params: { agencyId } });
  if (!year) throw new Problem('year-not-found', { params: { year: number } });
  if (!hasToReport(agency, number)) throw new Problem('extension-not-expected', { params: { agencyId, year: number } });
  return levelDue(year, agency);
}

function refuseNoLater({ agencyId, year }: ExtensionKey, due: string, ownDue: string): void {
  if (due > ownDue) return;
  throw new Problem('extension-not-later', { params: { agencyId, year, due, ownDue } });
}
