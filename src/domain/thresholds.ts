import type { Edition } from './edition.ts';

/** What a city sets otherwise than the form's own data does: by rule id, then by the threshold's name. */
export type Thresholds = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** A threshold that cannot be, with a sentence for the operator. */
export class ThresholdRefused extends Error {
  override readonly name = 'ThresholdRefused';
}

/**
 * The editions with these thresholds in place of their own.
 *
 * @throws ThresholdRefused for a rule or a threshold no edition has, naming those there are.
 */
export function withThresholds(editions: readonly Edition[], thresholds: Thresholds): Edition[] {
  for (const [rule, values] of Object.entries(thresholds)) refuseUnknown(editions, rule, Object.keys(values));
  return editions.map((edition) => ({
    ...edition,
    rules: edition.rules.map((rule) => {
      const set = thresholds[rule.id];
      return set && rule.thresholds ? { ...rule, thresholds: { ...rule.thresholds, ...set } } : rule;
    }),
  }));
}

function refuseUnknown(editions: readonly Edition[], id: string, names: readonly string[]): void {
  const adjustable = editions.flatMap(({ rules }) => rules).filter((rule) => rule.thresholds);
  const known = adjustable.filter((rule) => rule.id === id).flatMap((rule) => Object.keys(rule.thresholds ?? {}));
  const stranger = names.find((name) => !known.includes(name));
  if (known.length > 0 && stranger === undefined) return;
  const there = known.length > 0 ? known : adjustable.map((rule) => rule.id);
  const unknown = known.length > 0 ? `threshold ${stranger} of ${id}` : `rule ${id} with thresholds`;
  throw new ThresholdRefused(`There is no ${unknown}; there are: ${[...new Set(there)].join(', ')}.`);
}
