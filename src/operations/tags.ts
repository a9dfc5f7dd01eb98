import { createHash } from 'node:crypto';
import type { ReportVersion } from '../domain/store.ts';

/** The strong entity tag of a representation: what it says, hashed. */
export function contentTag(text: string): string {
  return `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`;
}

/** A report's entity tag, known without reading the report. */
export function reportTag({ id, revision, version }: ReportVersion): string {
  return `"${id}-${revision}-${version}"`;
}
