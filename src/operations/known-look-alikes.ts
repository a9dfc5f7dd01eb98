import type { Principal } from '../domain/access.ts';
import type { Likeness } from '../domain/assessed.ts';
import type { ReportKey } from '../domain/report.ts';
import { mayReadAsItStands } from './permission.ts';
import type { Service } from './service.ts';

/** Which of the agencies that a report's texts are much the same as somebody may be told by name. */
export interface KnownLookAlikes {
  readonly mayName: (agencyId: string) => boolean;
  /**
   * What the check's tag has to tell apart: the places, in the list of what the report resembles, of those not known.
   * Not their ids: hashed or not, whoever has the list of all agencies would find out which it is.
   */
  readonly mark: string;
}

const everybody: KnownLookAlikes = { mayName: () => true, mark: '' };

/**
 * Decides whom a finding may name: a look-alike may be somebody’s draft, and then is nobody’s business outside its
 * reach. The agency’s own reports it knows anyway.
 */
export async function knownLookAlikes(
  { store }: Pick<Service, 'store'>,
  by: Principal,
  key: ReportKey,
): Promise<KnownLookAlikes> {
  // All agencies are within reach of a key bound to none: nothing needs to be read for it.
  if (by.agencyId === undefined) return everybody;
  const likenesses = await store.inspectReport(key, ({ report }) => report?.likenesses ?? []);
  const known = await Promise.all(likenesses.map((likeness) => isKnown(store, by, key, likeness)));
  const ids = new Set(likenesses.filter((_, place) => known[place]).map(({ agencyId }) => agencyId));
  const hidden = known.flatMap((one, place) => (one ? [] : [place]));
  return { mayName: (agencyId) => ids.has(agencyId), mark: hidden.length > 0 ? `-without-${hidden.join('.')}` : '' };
}

async function isKnown(
  store: Service['store'],
  by: Principal,
  key: ReportKey,
  { agencyId, year }: Likeness,
): Promise<boolean> {
  return agencyId === key.agencyId || mayReadAsItStands(store, by, { agencyId, year });
}
