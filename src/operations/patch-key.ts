import { momentFrom } from '../domain/calendar.ts';
import { expiryFaults, keyFrom, type KeyView } from '../domain/key.ts';
import { mergePatch } from '../domain/merge-patch.ts';
import { Problem } from '../domain/problem.ts';
import { changeKey, type KeyWrite } from './change-key.ts';
import type { Service } from './service.ts';
import type { Written } from './write-outcome.ts';

/** What can be changed of a key; `null` removes it. */
export interface KeyPatch {
  readonly name?: string | null;
  readonly expiresAt?: string | null;
}

/**
 * Changes what a key is called and when it ends.
 *
 * @throws Problem `key-refused`, and what `changeKey` throws.
 */
export async function patchKey(service: Service, write: KeyWrite, patch: KeyPatch): Promise<Written<KeyView>> {
  return changeKey(service, write, (stored, at) => {
    const { name, expiresAt } = mergePatch(stored, patch) as { name?: string; expiresAt?: string };
    const until = expiresAt && (momentFrom(expiresAt) ?? expiresAt);
    // A key that has ended may still be given a name.
    const faults = until === stored.expiresAt ? [] : expiryFaults(until, at, '/expiresAt');
    if (faults.length > 0) throw new Problem('key-refused', { faults });
    return keyFrom({ ...stored, name, expiresAt: until });
  });
}
