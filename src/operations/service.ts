import { compile, type CheckedForm } from '../domain/check.ts';
import type { Edition } from '../domain/edition.ts';
import type { Store } from '../domain/store.ts';

/** What every operation works with; time is passed in. */
export interface Service {
  readonly store: Store;
  readonly editions: readonly Edition[];
  readonly forms: ReadonlyMap<string, CheckedForm>;
  readonly now: () => Date;
}

/** Compiles the editions once and puts them beside the store. */
export function buildService(store: Store, editions: readonly Edition[], now: () => Date): Service {
  return { store, editions, now, forms: new Map(editions.map((edition) => [edition.id, compile(edition)])) };
}

/** The compiled form of an edition that is known to exist: a report's or a year's own. */
export function formOf(service: Service, edition: string): CheckedForm {
  const form = service.forms.get(edition);
  if (!form) throw new Error(`no edition ${edition}: the database was written with a form this program does not have`);
  return form;
}
