import { createHash } from 'node:crypto';
import type { ReportTag } from '../domain/store.ts';

/** The strong entity tag of a representation: what it says, hashed. */
export function contentTag(text: string): string {
  return `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`;
}

/** The weak tag of what is made anew each time: other bytes (a workbook bears its date), which say the same. */
export function weakContentTag(text: string): string {
  return `W/${contentTag(text)}`;
}

/** A report's entity tag, known without reading the report. */
export function reportTag({ id, revision, version }: ReportTag): string {
  return `"${id}-${revision}-${version}"`;
}
