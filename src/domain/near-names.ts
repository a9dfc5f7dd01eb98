import { commonLength } from './common-subsequence.ts';

/** How many names are offered for one that is not there. */
const offered = 3;

/** Of the names there are, those most like one that is not: they share the most letters in its order. */
export function nearNames(name: string, names: readonly string[]): string[] {
  const likeness = (other: string) => commonLength(name, other) / Math.max(name.length, other.length);
  return names
    .map((other) => ({ other, share: likeness(other) }))
    .sort((one, other) => other.share - one.share)
    .slice(0, offered)
    .map(({ other }) => other);
}
