import type { Readable } from 'node:stream';

/** A line of NDJSON, or what kept it from being read. */
export type Line = { readonly text: Buffer } | { readonly tooLong: true };

const newline = 0x0a;

/**
 * The lines of a body as they come in, blank ones left out. What is held in memory is one line at most; the rest of a
 * line longer than `limit` bytes is passed over.
 */
export async function* linesOf(body: Readable, limit: number): AsyncGenerator<Line> {
  let pending: Buffer[] = [];
  let length = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    let start = 0;
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, start)) {
      yield* lineOf([...pending, chunk.subarray(start, end)], length + end - start, limit);
      [pending, length, start] = [[], 0, end + 1];
    }
    length += chunk.length - start;
    // Of a line that is too long already nothing more is kept.
    pending = length > limit ? [] : [...pending, chunk.subarray(start)];
  }
  yield* lineOf(pending, length, limit);
}

function* lineOf(parts: readonly Buffer[], length: number, limit: number): Generator<Line> {
  if (length > limit) {
    yield { tooLong: true };
    return;
  }
  const text = Buffer.concat(parts);
  if (text.toString('latin1').trim() !== '') yield { text };
}
