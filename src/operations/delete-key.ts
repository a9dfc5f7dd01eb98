import { revoked, type KeyView } from '../domain/key.ts';
import { changeKey, type KeyWrite } from './change-key.ts';
import type { Service } from './service.ts';
import type { Written } from './write-outcome.ts';

/**
 * Revokes a key: it opens nothing any more and stays in the list. One that was revoked stays as it is.
 *
 * @throws Problem what `changeKey` throws.
 */
export async function deleteKey(service: Service, write: KeyWrite): Promise<Written<KeyView>> {
  return changeKey(service, write, revoked);
}
