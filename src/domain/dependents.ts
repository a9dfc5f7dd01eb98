import type { Agency } from './agency.ts';
import type { Neighbours } from './neighbours.ts';
import type { ReportKey, ReportState } from './report.ts';

/** What became of a report, as far as others are concerned. */
export interface ReportChange {
  readonly key: ReportKey;
  readonly agency: Agency;
  readonly before: ReportState | undefined;
  /** Absent where the report was removed. */
  readonly after: ReportState | undefined;
}

/** The reports whose check looks at a report that has changed, each once; some may not exist. */
export function dependentsOf({ key, agency, before, after }: ReportChange, neighbours: Neighbours): ReportKey[] {
  const handedInChanged = before?.countedRevision !== after?.countedRevision;
  // Narratives that are as they were are not compared again.
  const textChanged = after ? after.signatures !== undefined : before !== undefined;
  return distinct([
    ...(handedInChanged ? [...laterYears(key, neighbours), ...parentsOf(key, agency)] : []),
    // Nothing resembles a report that was not there.
    ...(textChanged && before ? neighbours.resembling(key) : []),
    ...(textChanged ? (after?.untold ?? []) : []),
  ]).filter(({ agencyId, year }) => agencyId !== key.agencyId || year !== key.year);
}

/**
 * The reports to judge anew after an agency has changed: its own, its successors' and its parent's, before and after,
 * and after a new name those whose findings tell of it. What only tells of it (contact, codes) changes no check.
 */
export function dependentsOfAgency(
  before: Agency | undefined,
  after: Agency | undefined,
  { successors, yearsOf, resembling }: Pick<Neighbours, 'successors' | 'yearsOf' | 'resembling'>,
): ReportKey[] {
  if (before && after && facts.every((fact) => before[fact] === after[fact])) return [];
  const concerned = [before, after].flatMap((agency) => {
    if (!agency) return [];
    const { id, parentId, succeededBy } = agency;
    return [id, parentId, succeededBy, ...(succeededBy === undefined ? [] : successors(succeededBy))];
  });
  const ids = new Set(concerned.filter((id) => id !== undefined));
  const renamed = before && before.name !== after?.name ? keysOf(before.id, yearsOf) : [];
  return [...[...ids].flatMap((id) => keysOf(id, yearsOf)), ...renamed.flatMap((key) => resembling(key))];
}

function keysOf(agencyId: string, yearsOf: Neighbours['yearsOf']): ReportKey[] {
  return yearsOf(agencyId).map((year) => ({ agencyId, year }));
}

/** What checks look at in an agency. */
const facts = [
  'name',
  'level',
  'kind',
  'parentId',
  'consolidates',
  'vertical',
  'activeFrom',
  'activeTo',
  'succeededBy',
] as const;

/** An agency's later reports are compared with this one, and so are those of whoever took over. */
function laterYears({ agencyId, year }: ReportKey, neighbours: Neighbours): ReportKey[] {
  return [agencyId, ...neighbours.successors(agencyId)].flatMap((id) =>
    neighbours
      .yearsOf(id)
      .filter((later) => later > year)
      .map((later) => ({ agencyId: id, year: later })),
  );
}

function parentsOf({ year }: ReportKey, { parentId, vertical }: Agency): ReportKey[] {
  return parentId === undefined || vertical ? [] : [{ agencyId: parentId, year }];
}

/** Each report once. */
export function distinct(keys: readonly ReportKey[]): ReportKey[] {
  return [...new Map(keys.map(({ agencyId, year }) => [`${agencyId}/${year}`, { agencyId, year }])).values()];
}
