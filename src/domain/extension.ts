import type { Agency } from './agency.ts';
import { publishByOf, type Year } from './year.ts';

/** A later due date somebody wants to grant; the date is an ISO 8601 day. */
export interface ExtensionInput {
  readonly due: string;
  readonly reason: string;
}

export interface ExtensionKey {
  readonly year: number;
  readonly agencyId: string;
}

/** A later due date granted to one agency for one year: by which key, when (ISO 8601, UTC) and why. */
export interface Extension extends ExtensionKey, ExtensionInput {
  readonly grantedBy: string;
  readonly grantedAt: string;
}

/** An extension as it is answered. */
export interface ToldExtension extends Extension {
  /** By when the report has to be public, where more time is granted than that leaves. */
  readonly afterPublishBy?: string;
}

/** An extension in a list. */
export interface ListedExtension extends Extension {
  readonly agencyName: string;
}

/** Whether an input asks for what an extension grants already. */
export function grants({ due, reason }: Extension, input: ExtensionInput): boolean {
  return due === input.due && reason === input.reason;
}

/** An extension with what whoever grants it should know: it may go beyond the day of publication, which it does not move. */
export function toldExtension(
  extension: Extension,
  { year, agency }: { readonly year: Year | undefined; readonly agency: Agency | undefined },
): ToldExtension {
  const publishBy = year && agency && publishByOf(year, agency);
  return publishBy !== undefined && extension.due > publishBy ? { ...extension, afterPublishBy: publishBy } : extension;
}
