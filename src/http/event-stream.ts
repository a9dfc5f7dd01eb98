import type { EventPage } from '../domain/store.ts';
import type { Event } from '../domain/event.ts';

/** How events are read as they happen, in the manner of a browser's `EventSource`. */
export interface Following {
  /** What comes next after an event, or an empty page now and then. */
  readonly next: (after: number) => Promise<EventPage>;
  /** Whether the reader is still there, and still let in. */
  readonly goesOn: () => Promise<boolean>;
  readonly answer: (event: Event) => { readonly sequence: number; readonly act: string };
}

/** How soon a client that lost its connection comes again, in milliseconds. */
const comesAgainAfter = 1_000;

/**
 * Server-sent events, beginning with a page that is there. No more is read from the store than the reader takes. Where
 * nothing happens, or nothing it is told of, an event without data keeps proxies awake and moves its number on.
 */
export async function* serverSentEvents(
  first: EventPage,
  { next, goesOn, answer }: Following,
): AsyncGenerator<string, void> {
  yield `retry: ${comesAgainAfter}\n\n`;
  for (let page = first; await goesOn(); page = await next(page.upTo)) {
    yield page.events.map((event) => message(answer(event))).join('') + `id: ${page.upTo}\n\n`;
  }
}

function message(answer: { readonly sequence: number; readonly act: string }): string {
  return `id: ${answer.sequence}\nevent: ${answer.act}\ndata: ${JSON.stringify(answer)}\n\n`;
}
