import type { Call } from './app.ts';

/** An answer of rows, as far as tests look at it. */
export interface Rows {
  readonly dataVersion: number;
  readonly basis: string;
  readonly columns: readonly { readonly name: string; readonly label: string }[];
  readonly editions: readonly { readonly edition: string; readonly years: number[]; readonly absent: string[] }[];
  readonly coverage: Readonly<Record<string, number>>;
  readonly items: readonly Readonly<Record<string, unknown>>[];
  readonly next?: string;
}

export const received = 'requests.received.total';

/** Asks for statistics; of requests received where nothing else is said. */
export async function statistics(call: Call, query: string): Promise<Rows> {
  const figures = /cells|indicators/.test(query) ? '' : `cells=${received}&`;
  const answer = await call('GET', `/v1/statistics?${figures}${query}`);
  if (answer.statusCode !== 200) throw new Error(answer.body);
  return answer.json<Rows>();
}
