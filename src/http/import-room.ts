import type { onRequestAsyncHookHandler } from 'fastify';
import { Problem } from '../domain/problem.ts';

/** How many bodies of the greatest size are held at once: what imports may take of the memory. */
const bodiesHeld = 4;

/** Also a small body is work: as if it had so many bytes. */
const leastBytes = 262_144;

/**
 * A hook that lets no more imports in than there is memory for, before anything of their bodies is read. A body that
 * does not say how long it is may be as long as any.
 *
 * @throws Problem `body-too-large`; `import-busy` where others have to be done with first.
 */
export function importRoom(limit: number): onRequestAsyncHookHandler {
  let held = 0;
  return async ({ headers }, reply): Promise<void> => {
    const length = Number(headers['content-length'] ?? limit);
    if (length > limit) {
      // Whoever is refused goes on sending otherwise.
      reply.header('connection', 'close');
      throw new Problem('body-too-large', { params: { limit } });
    }
    const bytes = Math.max(length, Math.min(leastBytes, limit));
    if (held + bytes > bodiesHeld * limit) throw new Problem('import-busy');
    held += bytes;
    // Comes whether it was answered or its client went away.
    reply.raw.once('close', () => (held -= bytes));
  };
}
