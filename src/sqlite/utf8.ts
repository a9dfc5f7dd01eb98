let last: { readonly text: string; readonly bytes: Buffer } | undefined;

/**
 * A text as it is stored. A report's content goes into several places one after the other, and encoding it takes as long as
 * writing it: the last one is remembered.
 */
export function utf8Of(text: string): Buffer {
  if (last?.text !== text) last = { text, bytes: Buffer.from(text) };
  return last.bytes;
}
