import Database from 'better-sqlite3';
import fc from 'fast-check';
import { copyFileSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import t, { type Test } from 'tap';
import type { Event } from '../../src/domain/event.ts';
import type { Store } from '../../src/domain/store.ts';
import { migrate } from '../../src/sqlite/migrations.ts';
import { openDatabase } from '../../src/sqlite/open.ts';
import { openStore } from '../../src/sqlite/store.ts';
import { verifyRecordIn } from '../../src/sqlite/verify-events.ts';
import { holdsAfterWaiting } from '../support/property.ts';
import { removeAgency, saveAgencies, saveYears, testDeed } from '../support/store.ts';

function fileOf(t: Test): string {
  return join(t.testdir(), 'events.db');
}

async function eventsOf(store: Store, under?: string): Promise<readonly Event[]> {
  const listener = { keys: true, ...(under !== undefined && { under }) };
  return (await store.events(listener, { limit: 10_000 })).events;
}

await t.test('a decision that throws leaves no event, and those that come with it keep theirs', async (t) => {
  const file = fileOf(t);
  const store = openStore(file);
  const fail = store.changeAgencies(() => {
    throw new Error('no');
  });
  const halfway = store.changeAgencies(() => ({
    write: [agency('x'), { ...agency('y'), name: null as unknown as string }],
    deed: testDeed,
    result: undefined,
  }));
  const outcomes = await Promise.allSettled([saveYears(store, 2021), halfway, saveYears(store, 2022), fail]);
  t.same(
    outcomes.map(({ status }) => status),
    ['fulfilled', 'rejected', 'fulfilled', 'rejected'],
  );
  await store.close();
  t.match(verifyRecordIn(file), { events: 2, faults: [], last: { sequence: 2 } });
});

await t.test('two processes write to one record', async (t) => {
  const file = fileOf(t);
  const [one, other] = [openStore(file), openStore(file)];
  const writes = Array.from({ length: 60 }, (_, n) => saveAgencies(n % 2 === 0 ? one : other, { [`a${n}`]: {} }));
  t.same(new Set((await Promise.allSettled(writes)).map(({ status }) => status)), new Set(['fulfilled']));
  t.same(
    (await eventsOf(one)).map(({ sequence }) => sequence),
    Array.from({ length: 60 }, (_, n) => n + 1),
  );
  await Promise.all([one.close(), other.close()]);
  t.match(verifyRecordIn(file), { events: 60, faults: [] });
});

await t.test(
  'who waits is woken by the next event, of this process or another, and when the store is closed',
  async (t) => {
    const file = fileOf(t);
    const [store, other] = [openStore(file), openStore(file)];
    t.teardown(() => other.close());
    // Nothing but a connection keeps a process that waits alive.
    const alive = setInterval(() => undefined, 60_000);
    t.teardown(() => clearInterval(alive));
    const never = new AbortController().signal;
    const own = store.eventAfter(0, never);
    await saveYears(store, 2021);
    await own;
    await store.eventAfter(0, never);
    const theirs = store.eventAfter(1, never);
    await saveYears(other, 2022);
    await theirs;
    const gone = new AbortController();
    const aborted = store.eventAfter(2, gone.signal);
    gone.abort();
    await aborted;
    await store.eventAfter(2, gone.signal);
    const atTheEnd = store.eventAfter(2, never);
    await store.close();
    await atTheEnd;
    t.pass();
  },
);

await t.test('a database filled before there was a record begins one with what is there, once', async (t) => {
  const file = fileOf(t);
  const folder = join(t.testdirName, 'migrations');
  mkdirSync(folder);
  const all = fileURLToPath(new URL('../../migrations/', import.meta.url));
  for (const name of readdirSync(all).filter((name) => name < '0004'))
    copyFileSync(join(all, name), join(folder, name));
  const database = openDatabase(file);
  migrate(database, folder);
  database.exec(`
    INSERT INTO agencies (id, name, level, kind, consolidates, vertical, due_level)
    VALUES ('a', '甲局', 'county', 'department', 0, 0, 'department');
    INSERT INTO years (year, edition, status) VALUES (2021, '2021', 'open');
    INSERT INTO reports (
      agency_id, year, edition, status, revision, version, check_version, verdict, errors, warnings, updated_at,
      figures, facts, answer
    )
    VALUES ('a', 2021, '2021', 'draft', 2, 3, 3, 'incomplete', 6, 0, '2022-02-01T00:00:00.000Z', zeroblob(1600), '{}', x'7b7d');
    INSERT INTO revisions (report_id, revision, created_at, content, figures)
    VALUES (1, 1, '2022-01-01T00:00:00.000Z', '{"a":1}', zeroblob(1600)),
      (1, 2, '2022-02-01T00:00:00.000Z', '{"a":2}', zeroblob(1600));
  `);
  database.close();
  await Promise.all([openStore(file).close()]);
  const store = openStore(file);
  t.teardown(() => store.close());
  const events = (await eventsOf(store)).filter(({ resource }) => resource.kind !== 'key');
  t.match(events, [
    { act: 'beginRecord', resource: { kind: 'year', year: 2021 } },
    { act: 'beginRecord', resource: { kind: 'agency', agencyId: 'a' } },
    { act: 'beginRecord', resource: { kind: 'report', agencyId: 'a', year: 2021 }, revisionAfter: 2, contentHash: /./ },
  ]);
  t.equal(events.length, 3);
  t.same(verifyRecordIn(file).faults, [], 'what was there before is not held against it');
});

await t.test('an event cannot be changed or removed by a slip', async (t) => {
  const file = fileOf(t);
  const store = openStore(file);
  await saveYears(store, 2021);
  await store.close();
  const database = new Database(file);
  t.teardown(() => database.close());
  t.throws(() => database.exec("UPDATE events SET act = 'other'"), /immutable/);
  t.throws(() => database.exec('DELETE FROM events'), /kept/);
});

function agency(id: string) {
  return { id, name: `机关${id}`, level: 'county', kind: 'department', consolidates: false, vertical: false } as const;
}

type Write = { readonly id: string; readonly parent: string | undefined } | { readonly remove: string };

const names = ['r', 'a', 'b', 'c', 'd', 'e', 'f'] as const;
const name = fc.constantFrom(...names);
const writes: fc.Arbitrary<Write[]> = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.record({ id: name, parent: fc.option(name, { nil: undefined }) }) },
    fc.record({ remove: name }),
  ),
  { maxLength: 40 },
);

/** A tree kept by hand. */
class Tree {
  readonly parents = new Map<string, string | undefined>();

  isWithin(id: string | undefined, root: string): boolean {
    if (id === undefined) return false;
    return id === root || this.isWithin(this.parents.get(id), root);
  }

  /** Whether it may be done: no cycles, no parent that is not there, nothing removed that others hang on. */
  allows(write: Write): boolean {
    const kept = (id: string) => this.parents.has(id);
    if ('remove' in write) return kept(write.remove) && ![...this.parents.values()].includes(write.remove);
    const { id, parent } = write;
    if (parent === undefined) return !kept(id) || this.parents.get(id) !== undefined;
    return kept(parent) && !this.isWithin(parent, id) && (!kept(id) || this.parents.get(id) !== parent);
  }
}

await t.test(
  'a listener is told of what is inside its agency, and of what has left it, whatever was moved',
  async (t) => {
    const property = fc.asyncProperty(
      writes,
      fc.integer({ min: 0, max: 40 }),
      fc.integer({ min: 1, max: 7 }),
      async (wanted, after, limit) => {
        const store = openStore(':memory:');
        const tree = new Tree();
        const done: { id: string; from: string | undefined; removed: boolean }[] = [];
        for (const write of wanted.filter((write) => tree.allows(write) && apply(tree, write, done))) {
          if ('remove' in write) await removeAgency(store, write.remove);
          else await saveAgencies(store, { [write.id]: write.parent === undefined ? {} : { parentId: write.parent } });
        }
        for (const root of names) {
          const read: Event[] = [];
          for (let from = Math.min(after, done.length); ;) {
            const page = await store.events({ under: root, keys: false }, { after: from, limit });
            read.push(...page.events);
            if (page.upTo === page.last) break;
            from = page.upTo;
          }
          const expected = done.flatMap(({ id, from, removed }, place) => {
            if (place < after) return [];
            const inside = tree.isWithin(id, root);
            if (!inside && !tree.isWithin(from, root)) return [];
            return [{ sequence: place + 1, state: inside && !removed }];
          });
          t.same(
            read.map(({ sequence, state }) => ({ sequence, state: state !== undefined })),
            expected,
            root,
          );
        }
        await store.close();
      },
    );
    await holdsAfterWaiting(t, property, { numRuns: 60 });
  },
);

/** Does a write to the tree, and notes where the agency was before where it is there no more. */
function apply(tree: Tree, write: Write, done: { id: string; from: string | undefined; removed: boolean }[]): boolean {
  const id = 'remove' in write ? write.remove : write.id;
  done.push({ id, from: tree.parents.get(id), removed: 'remove' in write });
  if ('remove' in write) tree.parents.delete(id);
  else tree.parents.set(id, write.parent);
  return true;
}
