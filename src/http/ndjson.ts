import type { Readable } from 'node:stream';

/** A line of NDJSON, or what kept it, or all that would come after it, from being read. */
export type Line = { readonly text: Buffer } | { readonly tooLong: true } | { readonly tooMuch: true };

interface Limits {
  /** The most bytes of one line. */
  readonly line: number;
  /** The most bytes of all of them. */
  readonly body: number;
}

const newline = 0x0a;

/** What blank lines are made of. */
const blank = new Set([0x20, 0x09, 0x0d]);

/**
 * The lines of a body as they come in, blank ones left out. What is held in memory is one line at most; the rest of a
 * line that is too long is passed over, and a body that is too long is read no further.
 */
export async function* linesOf(body: Readable, limits: Limits): AsyncGenerator<Line> {
  let pending: Buffer[] = [];
  let [length, read] = [0, 0];
  for await (const chunk of body as AsyncIterable<Buffer>) {
    read += chunk.length;
    if (read > limits.body) {
      yield { tooMuch: true };
      return;
    }
    let start = 0;
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, start)) {
      pending.push(chunk.subarray(start, end));
      const line = lineOf(pending, length + end - start, limits.line);
      [pending, length, start] = [[], 0, end + 1];
      if (line) yield line;
    }
    length += chunk.length - start;
    // Of a line that is too long already nothing more is kept.
    if (length > limits.line) pending = [];
    else pending.push(chunk.subarray(start));
  }
  const last = lineOf(pending, length, limits.line);
  if (last) yield last;
}

function lineOf(parts: readonly Buffer[], length: number, limit: number): Line | undefined {
  if (length > limit) return { tooLong: true };
  if (parts.every((part) => part.every((byte) => blank.has(byte)))) return undefined;
  return { text: Buffer.concat(parts) };
}
