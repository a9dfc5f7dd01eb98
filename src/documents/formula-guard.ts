/**
 * What a spreadsheet may take a text for when it begins so: a formula or a command, in half-width or full-width
 * characters. The apostrophe is among them so that `unguarded` knows every text that was guarded.
 */
const dangerous = /^[=+\-@＝＋－＠|\t\r\n']/;

/** A text as it stands in CSV: with an apostrophe before it where a spreadsheet would take it for a formula. */
export function guarded(text: string): string {
  return dangerous.test(text) ? `'${text}` : text;
}

/** The text that was guarded. */
export function unguarded(text: string): string {
  return text.startsWith("'") ? text.slice(1) : text;
}
