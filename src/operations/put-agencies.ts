import { agencyFaults, agencyFrom, type Agency, type AgencyInput, type FindAgency } from '../domain/agency.ts';
import type { Order } from '../domain/event.ts';
import { dependentsOfAgency, distinct } from '../domain/dependents.ts';
import { agencyTag, idFaults, refuseFaults } from './change-agency.ts';
import { nameable, refuseMisplaced, refuseOthers } from './permission.ts';
import { rechecking } from './recheck-reports.ts';
import type { Service } from './service.ts';
import type { WriteOutcome } from './write-outcome.ts';

export type BatchCounts = Readonly<Record<WriteOutcome, number>>;

/**
 * Registers or replaces many agencies, all or none; parents may stand anywhere in the batch. Where an id occurs twice,
 * the second is refused.
 *
 * @throws Problem `agency-refused`, each fault named by its index.
 */
export async function putAgencies(
  service: Service,
  { act, by }: Order,
  inputs: readonly (AgencyInput & { id: string })[],
): Promise<BatchCounts> {
  const agencies = inputs.map((input) => agencyFrom(input.id, input));
  const batch = new Map(agencies.map((agency) => [agency.id, agency]));
  const firstOf = new Map(agencies.map(({ id }, index) => [id, index] as const).reverse());
  return service.store.changeAgencies((registry) => {
    const { find } = registry;
    const stored = new Map(agencies.map(({ id }) => [id, find(id)]));
    const after = (id: string) => batch.get(id) ?? find(id);
    refuseOthers(by, [...batch.keys()], find);
    const named = (agency: Agency): FindAgency => {
      const others = nameable(by, stored.get(agency.id), find);
      return (id) => batch.get(id) ?? others(id);
    };
    refuseFaults(
      agencies.flatMap((agency, index) => [
        ...idFaults(agency, `/items/${index}`),
        ...repeatFaults(agency.id, index, firstOf.get(agency.id)),
        ...agencyFaults(agency, named(agency), `/items/${index}`),
      ]),
    );
    refuseMisplaced(by, agencies, after);
    const outcomes = agencies.map((agency): WriteOutcome => {
      const before = stored.get(agency.id);
      if (!before) return 'created';
      return agencyTag(before) === agencyTag(agency) ? 'unchanged' : 'updated';
    });
    const count = (outcome: WriteOutcome) => outcomes.filter((candidate) => candidate === outcome).length;
    const write = agencies.filter((_, index) => outcomes[index] !== 'unchanged');
    const dependents = write.flatMap((agency) => dependentsOfAgency(stored.get(agency.id), agency, registry));
    return {
      write,
      deed: { act, by, at: service.now().toISOString() },
      ...rechecking(service, distinct(dependents), true),
      result: { created: count('created'), updated: count('updated'), unchanged: count('unchanged') },
    };
  });
}

function repeatFaults(id: string, index: number, first = index): ReturnType<typeof agencyFaults> {
  if (first === index) return [];
  const detail = {
    'zh-CN': '代码“{id}”与第 {first} 项重复（从 0 数起）。',
    en: 'The id “{id}” is that of item {first} (counted from 0).',
  };
  return [{ pointer: `/items/${index}/id`, params: { id, first }, detail }];
}
