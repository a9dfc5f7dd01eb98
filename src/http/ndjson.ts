import type { Readable } from 'node:stream';
import { Problem } from '../domain/problem.ts';

/** A line of NDJSON, or what kept it, or all that would come after it, from being read; counted from 1, blank ones too. */
export type Line = { readonly number: number } & (
  { readonly text: Buffer } | { readonly tooLong: true } | { readonly tooMuch: true }
);

interface Limits {
  /** The most bytes of one line. */
  readonly line: number;
  /** The most bytes of all of them. */
  readonly body: number;
}

const newline = 0x0a;

/** What blank lines are made of. */
const blank = new Set([0x20, 0x09, 0x0d]);

/** How many lines stay together at most. */
const mostTogether = 16;

/**
 * The lines of a body as they come in, those together that came together, blank ones left out. What is held in memory
 * is what came last and one line at most; the rest of a line that is too long is passed over, and a body that is too
 * long is read no further.
 */
export async function* linesOf(body: Readable, limits: Limits): AsyncGenerator<Line[]> {
  let pending: Buffer[] = [];
  let [length, read, number] = [0, 0, 1];
  for await (const chunk of body as AsyncIterable<Buffer>) {
    read += chunk.length;
    if (read > limits.body) {
      yield [{ number, tooMuch: true }];
      return;
    }
    const lines: Line[] = [];
    let start = 0;
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, start)) {
      pending.push(chunk.subarray(start, end));
      const line = lineOf(pending, length + end - start, limits.line);
      [pending, length, start] = [[], 0, end + 1];
      if (line) lines.push({ number, ...line });
      number += 1;
    }
    length += chunk.length - start;
    // Of a line that is too long already nothing more is kept.
    if (length > limits.line) pending = [];
    else pending.push(chunk.subarray(start));
    for (let at = 0; at < lines.length; at += mostTogether) yield lines.slice(at, at + mostTogether);
  }
  const last = lineOf(pending, length, limits.line);
  if (last) yield [{ number, ...last }];
}

function lineOf(
  parts: readonly Buffer[],
  length: number,
  limit: number,
): { readonly text: Buffer } | { readonly tooLong: true } | undefined {
  if (length > limit) return { tooLong: true };
  if (parts.every((part) => part.every((byte) => blank.has(byte)))) return undefined;
  return { text: Buffer.concat(parts) };
}

export interface BodyLimits extends Limits {
  /** The most lines there may be, blank ones not counted. */
  readonly lines: number;
}

/** A line within the limits, or the problem it cannot be taken with. */
export type TakenLine = { readonly number: number } & ({ readonly text: Buffer } | { readonly problem: Problem });

/** The lines of a body within its limits. Where there are too many, the one too many tells so, and no other is read. */
export async function* takenLines(body: Readable, limits: BodyLimits): AsyncGenerator<TakenLine[]> {
  let count = 0;
  for await (const lines of linesOf(body, limits)) {
    const taken = lines.slice(0, limits.lines - count).map((line) => takenLine(line, limits));
    const [tooMany] = lines.slice(taken.length);
    count += lines.length;
    if (tooMany) taken.push({ number: tooMany.number, problem: tooMuch('too-many-lines', limits.lines) });
    yield taken;
    if (tooMany) return;
  }
}

function takenLine(line: Line, limits: Limits): TakenLine {
  const { number } = line;
  if ('tooLong' in line) return { number, problem: tooMuch('body-too-large', limits.line) };
  if ('tooMuch' in line) return { number, problem: tooMuch('body-too-large', limits.body) };
  return line;
}

function tooMuch(code: 'too-many-lines' | 'body-too-large', limit: number): Problem {
  return new Problem(code, { params: { limit } });
}
