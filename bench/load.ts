import { connect, type Socket } from 'node:net';

/** What is asked, again and again. `undefined` where there is nothing left to ask. */
export type Next = () => Buffer | undefined;

export interface Answered {
  readonly answers: number;
  readonly seconds: number;
}

/** Connections kept alive, one request under way on each. */
const connections = 32;

/** The bytes of one request. */
export function requestBytes(
  method: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  body?: string,
): Buffer {
  const all = {
    host: '127.0.0.1',
    accept: 'application/json',
    ...headers,
    ...(body !== undefined && {
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(body)),
    }),
  };
  const head = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`${method} ${path} HTTP/1.1\r\n${head.join('')}\r\n${body ?? ''}`);
}

/** Goes round and round a list, on from where it was left. */
export function rotation(requests: readonly Buffer[]): Next {
  let asked = 0;
  return () => requests[asked++ % requests.length];
}

/** Gives out the next `count` of a list at every call, each request once and never again. */
export function slices(requests: readonly Buffer[], count: number): () => Next {
  let asked = 0;
  return () => {
    const end = Math.min(asked + count, requests.length);
    return () => (asked < end ? requests[asked++] : undefined);
  };
}

/**
 * Asks a server on many connections at once, for some milliseconds or until there is nothing left to ask. Written for
 * this bench alone: it sends bytes made beforehand and looks for no more than status and length, so that one core of it
 * keeps one core of any server busy.
 *
 * @throws Error at the first answer that is not a success.
 */
export async function load(port: number, next: Next, milliseconds = Number.POSITIVE_INFINITY): Promise<Answered> {
  const sockets = await Promise.all(Array.from({ length: connections }, () => open(port)));
  const start = performance.now();
  const ask = () => (performance.now() - start < milliseconds ? next() : undefined);
  try {
    const answers = await Promise.all(sockets.map((socket) => converse(socket, ask)));
    const seconds = (performance.now() - start) / 1_000;
    return { answers: answers.reduce((sum, count) => sum + count, 0), seconds };
  } finally {
    for (const socket of sockets) socket.destroy();
  }
}

function open(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, noDelay: true }, () => resolve(socket));
    socket.once('error', reject);
  });
}

/** Asks on one connection, the next request when the answer before is complete; answers how many were answered. */
function converse(socket: Socket, ask: Next): Promise<number> {
  return new Promise((resolve, reject) => {
    let answers = 0;
    let missing = 0;
    const askNext = () => {
      const request = ask();
      if (request) socket.write(request);
      else resolve(answers);
    };
    socket.on('error', reject);
    socket.on('close', () => reject(new Error('the server closed a connection')));
    socket.on('data', (chunk) => {
      try {
        missing = missing > 0 ? missing - chunk.length : lengthOf(chunk) - chunk.length;
      } catch (error) {
        socket.destroy(error as Error);
        return;
      }
      if (missing > 0) return;
      answers += 1;
      askNext();
    });
    askNext();
  });
}

/** How many bytes an answer has, from its first chunk, which holds its whole head. */
function lengthOf(chunk: Buffer): number {
  const end = chunk.indexOf('\r\n\r\n');
  const head = chunk.toString('latin1', 0, end);
  const status = head.slice(9, 12);
  if (!successes.has(status)) throw new Error(`unexpected answer: ${chunk.toString()}`);
  const length = bodiless.has(status) ? 0 : Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1]);
  if (end < 0 || Number.isNaN(length)) throw new Error(`an answer without a length: ${head}`);
  return end + 4 + length;
}

const successes = new Set(['200', '201', '204', '304']);
const bodiless = new Set(['204', '304']);
