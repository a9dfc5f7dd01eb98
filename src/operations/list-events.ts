import { setImmediate } from 'node:timers/promises';
import type { Event, Listener } from '../domain/event.ts';
import type { EventPage, PageOf, Store } from '../domain/store.ts';

/**
 * What happened next: the first events after `after` that are told; where there are none yet, what comes before
 * `patience` is aborted. Nothing is asked of the store while nothing is written.
 */
export async function nextEvents(
  store: Store,
  listener: Listener,
  { after = 0, limit }: PageOf<number>,
  patience: AbortSignal,
): Promise<EventPage> {
  for (let from = after; ;) {
    const page = await store.events(listener, { after: from, limit });
    if (page.events.length > 0) return page;
    from = page.upTo;
    // A long record is looked through bit by bit, so that others have their turn.
    if (from < page.last) await setImmediate();
    else if (patience.aborted) return page;
    else await store.eventAfter(from, patience);
  }
}

/** An event as it is told; where it was done from only to those who may know. */
export function eventAnswer(event: Event, showAddress: boolean) {
  const { sequence, at, act, by, resource, movedFrom, revisionBefore, revisionAfter, reason, state, hash } = event;
  return {
    sequence,
    at,
    act,
    ...(by && { actor: { ...by, address: showAddress ? by.address : undefined } }),
    resource: resourceAnswer(resource),
    movedFrom,
    revisionBefore,
    revisionAfter,
    reason,
    state: state === undefined ? null : (JSON.parse(state) as object),
    hash,
  };
}

/** `part` by its name. */
function resourceAnswer({ part, ...resource }: Event['resource']) {
  if (part === undefined) return resource;
  if (resource.kind === 'key') return { ...resource, keyId: part };
  const [rule, at] = part.split('/');
  return { ...resource, rule, at };
}
