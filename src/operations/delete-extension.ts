import { toldExtension } from '../domain/extension.ts';
import { meetConditions } from '../domain/precondition.ts';
import { Problem } from '../domain/problem.ts';
import { extensionTag, type ExtensionWrite } from './put-extension.ts';
import type { Service } from './service.ts';

/**
 * Takes an extension back: the date of the agency's level holds again.
 *
 * @throws Problem `extension-not-found`, `precondition-failed`.
 */
export async function deleteExtension(
  { store, now }: Service,
  { key, conditions, act, by }: ExtensionWrite,
): Promise<void> {
  await store.changeExtension(key, (found) => {
    const { extension } = found;
    if (!extension) throw new Problem('extension-not-found', { params: { ...key } });
    meetConditions(conditions, extensionTag(toldExtension(extension, found)), false);
    return { remove: true, deed: { act, by, at: now().toISOString() }, result: undefined };
  });
}
