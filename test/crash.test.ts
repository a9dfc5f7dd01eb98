import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import t, { type Test } from 'tap';
import { verifyFile } from '../src/cli/verify-file.ts';
import { editions } from '../src/forms/editions.ts';
import { buildRulebook } from '../src/operations/service.ts';
import { version } from '../src/version.ts';
import { adminKey } from './support/app.ts';
import { nianbao } from './support/commands.ts';
import { listening, run, type Running } from './support/process.ts';
import { agencySubject, asking, register, reportSubject, waiverSubject, type Chance } from './support/subjects.ts';
import { Writer, type Ask } from './support/writer.ts';

/** How often the service is killed. */
const kills = 50;

/** How many answers it gives at most before it is killed, and how many milliseconds later it is. */
const mostAnswers = 24;
const longestAfter = 10;

/** One in so many is killed before it answers. */
const stillborn = 8;

/** A start takes most of a second of the processor, and there are more of them than kills. */
t.setTimeout(300_000);

const rulebook = buildRulebook(editions, version);
const agencies = ['a', 'b', 'c', 'd', 'e'];

/** Repeatable as far as chance decides; what is under way at a moment is for the machine to say. */
function chanceFrom(seed: number): Chance {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Services on one file, one after the other; the next is being loaded while one runs. */
function lives(t: Test, file: string) {
  const environment = {
    NIANBAO_DB: file,
    NIANBAO_ADMIN_KEY: adminKey,
    PORT: '0',
    RATE_LIMIT_MAX: '0',
    NODE_COMPILE_CACHE: `${file}-code`,
  };
  const load = () => run(t, { args: ['test/support/loaded-service.ts'], environment });
  let loaded = load();
  return (): Running => {
    const begun = loaded;
    begun.child.stdin?.write('\n');
    loaded = load();
    return begun;
  };
}

async function answering({ said }: Running): Promise<Ask> {
  const [, url = ''] = await said(listening);
  return asking(url);
}

async function kill({ child, ended }: Running): Promise<void> {
  child.kill('SIGKILL');
  await ended;
}

/** Lets everybody write until so many answers have come; those who write go on until the service is gone. */
async function writeUntil(writers: readonly Writer[], ask: Ask, answers: number): Promise<void> {
  const enough = Promise.withResolvers<undefined>();
  let left = answers;
  const counted: Ask = async (...request) => {
    const response = await ask(...request);
    if ((left -= 1) < 0) enough.resolve(undefined);
    return response;
  };
  await Promise.race([Promise.all(writers.map((writer) => writer.write(counted))), enough.promise]);
}

interface Told {
  readonly sequence: number;
  readonly act: string;
  readonly actor?: object;
  readonly resource: { readonly agencyId?: string };
  readonly state: {
    readonly status?: string;
    readonly revision?: number;
    readonly contact?: { readonly name: string };
  };
  readonly reason?: string;
}

/** What is told of every subject since an event, in order, and how far that goes. */
async function toldAfter(ask: Ask, after: number): Promise<{ events: Told[]; last: number }> {
  const events: Told[] = [];
  for (let next: number | undefined = after, last = after; ;) {
    const page = (await (await ask('GET', `/v1/events?limit=500&after=${next}`)).json()) as {
      readonly items: Told[];
      readonly next?: number;
      readonly latest: number;
    };
    events.push(...page.items);
    last = page.latest;
    next = page.next;
    if (next === undefined) return { events, last };
  }
}

function inWords({ act, state, reason }: Told): string {
  if (act === 'putWaiver') return `${act} ${reason}`;
  if (act === 'patchAgency') return `${act} ${state.contact?.name}`;
  return `${act} ${state.status} ${state.revision}`;
}

/** What has become of each subject since, as the record tells it and as its writer knows it. */
function sideBySide(writers: readonly Writer[], known: readonly number[], events: readonly Told[]) {
  const doneByCallers = events.filter(({ actor }) => actor);
  return writers.map(({ subject, done }, place) => ({
    recorded: doneByCallers.filter(({ resource }) => resource.agencyId === subject.name).map(inWords),
    done: done.slice(known[place]).map((effect) => subject.told(effect)),
  }));
}

const seed = Date.now() % 2 ** 31;

// What a power failure leaves is not seen here: the pages of a process that was killed are still written to the disk,
// so that `synchronous = OFF` would pass as well.
void t.test(`killed at any moment, the service has what it acknowledged (seed ${seed})`, async (t) => {
  const file = join(t.testdir(), 'nianbao.db');
  const chance = chanceFrom(seed);
  const subjects = [
    ...agencies.map((id) => reportSubject(id, chance)),
    agencySubject('named'),
    waiverSubject('waived'),
  ];
  const writers = subjects.map((subject) => new Writer(subject));
  const begin = lives(t, file);
  let service = begin();
  let ask = await answering(service);
  await register(ask, [...agencies, 'named'], 'waived');
  let { last } = await toldAfter(ask, 0);

  for (let life = 1; life <= kills; life++) {
    const known = writers.map(({ done }) => done.length);
    await writeUntil(writers, ask, chance(mostAnswers));
    await setTimeout(chance(longestAfter));
    await kill(service);
    service = begin();
    if (chance(stillborn) === 0) {
      await setTimeout(chance(500));
      await kill(service);
      service = begin();
    }
    ask = await answering(service);
    t.same((await verifyFile(rulebook, file)).faults, [], 'the file is sound');
    await Promise.all(writers.map((writer) => writer.recover(ask)));
    const told = await toldAfter(ask, last);
    for (const { recorded, done } of sideBySide(writers, known, told.events)) t.same(recorded, done);
    last = told.last;
  }
  service.child.kill('SIGTERM');
  t.equal(await service.ended, 0);
  t.match((await nianbao(t, file, 'verify', file)).stdout, / 0 faults$/);
  t.comment(`${writers.reduce((sum, { done }) => sum + done.length, 0)} writes`);
});
