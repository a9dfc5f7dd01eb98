import type { Database } from 'better-sqlite3';
import { Problem } from '../domain/problem.ts';
import type { Once } from '../domain/store.ts';

/** How long an answer is kept to be given again, in days. */
const keptFor = 7;

interface ReplyRow {
  readonly request: string;
  readonly reply: string;
}

/** Answers of requests that are to be carried out once. */
export function replyStore(database: Database) {
  const find = database.prepare<[string, string], ReplyRow>(
    'SELECT request, reply FROM replies WHERE key_id = ? AND idempotency_key = ?',
  );
  const insert = database.prepare(`
    INSERT INTO replies (key_id, idempotency_key, request, reply, created_at)
    VALUES (:keyId, :idempotencyKey, :request, :reply, :at)
  `);
  const forget = database.prepare<[string, number]>(
    "DELETE FROM replies WHERE created_at < strftime('%Y-%m-%dT%H:%M:%fZ', ?, '-' || ? || ' days')",
  );
  return {
    /**
     * Does the work and keeps what it answers, or gives the answer of the first time.
     *
     * @throws Problem `idempotency-key-reused` where something else was asked for under the same key.
     */
    answered<Result>(once: Once | undefined, work: () => Result): Result {
      if (!once) return work();
      const known = find.get(once.keyId, once.idempotencyKey);
      if (known && known.request !== once.request) throw new Problem('idempotency-key-reused');
      if (known) return JSON.parse(known.reply) as Result;
      const result = work();
      forget.run(once.at, keptFor);
      insert.run({ ...once, reply: JSON.stringify(result) });
      return result;
    },
  };
}
