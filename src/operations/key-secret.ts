import { hash } from 'node:crypto';
import type { Service } from './service.ts';

/**
 * What is kept of a secret, SHA-256 in hexadecimal: enough to know it again, not to use it. Secrets are long and
 * random, so one round is enough.
 */
export function secretHash(secret: string): string {
  return hash('sha256', secret);
}

/** A secret nobody can guess, to be shown once. */
export function newSecret({ random }: Pick<Service, 'random'>): string {
  return `nb_${random(32).toString('base64url')}`;
}
