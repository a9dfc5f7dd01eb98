import type { Cell } from '../src/domain/cell.ts';
import type { CheckedForm } from '../src/domain/compile.ts';
import type { Figures } from '../src/domain/figures.ts';
import { findSuspects, type SuspectBlock, type SuspectSet } from '../src/domain/suspects.ts';
import { percent, quantile, verdictUnder, whole } from './figures.ts';
import { times } from './rate.ts';
import { seeded, soundFigures, type Random } from './reports.ts';

const errors = 10_000;
const hostile = 1_000;

/** Sound reports the errors are made in. */
const distinct = 500;

/** In microseconds, for a report with every cell wrong. */
const limit = 5_000;

/** Errors in a report, and the cells that are wrong. */
interface Mistyped {
  readonly figures: Figures;
  readonly wrong: readonly number[];
}

/** How the true cells fare among the sets of each block. */
interface Found {
  readonly listed: boolean;
  readonly first: boolean;
  readonly beyond: boolean;
}

export const suspectsHeading = ['', 'p50 µs', 'p99 µs', 'limit', '', 'listed', 'first', 'beyond'];

/** How fast suspects are found, and how often the true ones. */
export function measureSuspects(form: CheckedForm): string[][] {
  const random = seeded(2);
  const sound = Array.from({ length: distinct }, (_, n) => soundFigures(form, `agency-${n}`));
  const cells = form.cells.filter(({ section }) => section === 'requests' || section === 'disputes');
  const line = (what: string, size: number, count: number, bound?: number) => {
    const reports = Array.from({ length: count }, (_, n) =>
      mistyped(sound[n % distinct] as Figures, cells, size, random),
    );
    return lineOf(`${form.edition.id} ${what}`, form, reports, bound);
  };
  return [
    line('one cell wrong', 1, errors),
    line('two cells wrong', 2, errors),
    line('five cells wrong', 5, errors),
    line('every cell wrong', cells.length, hostile, limit),
  ];
}

function lineOf(what: string, form: CheckedForm, reports: readonly Mistyped[], bound: number | undefined): string[] {
  const find = ({ figures }: Mistyped) => findSuspects(form.suspects, figures);
  times(reports.slice(0, distinct), find);
  const [p50, p99] = micros(times(reports, find));
  const found = reports.map((report) => localised(form, find(report), report.wrong));
  const share = (member: keyof Found) => percent(found.filter((one) => one[member]).length / found.length, 1);
  return [
    what,
    ...[whole(p50), whole(p99)],
    ...[bound === undefined ? '' : `< ${whole(bound)}`, verdictUnder(p99, bound)],
    ...[share('listed'), share('first'), share('beyond')],
  ];
}

function micros(taken: readonly number[]): [number, number] {
  return [1_000 * quantile(taken, 0.5), 1_000 * quantile(taken, 0.99)];
}

/** Puts another small figure into as many cells as are to be wrong. */
function mistyped(sound: Figures, cells: readonly Cell[], size: number, random: Random): Mistyped {
  const figures = sound.slice();
  const left = cells.map(({ index }) => index);
  const wrong = Array.from({ length: size }, () => left.splice(Math.floor(random() * left.length), 1)[0] as number);
  for (const place of wrong) {
    const figure = Math.floor(random() * 100);
    figures[place] = figure === sound[place] ? figure + 1 : figure;
  }
  return { figures, wrong };
}

/** Whether in every block the true cells are among the sets, and whether they are the first, and no other block fails. */
function localised({ suspects }: CheckedForm, blocks: readonly SuspectBlock[], wrong: readonly number[]): Found {
  const truths = suspects.parts
    .map(({ section, row, identities }) => ({
      block: blocks.find((block) => block.section === section && block.row === row),
      cells: wrong.filter((place) => identities.some((identity) => suspects.places[identity]?.includes(place))),
    }))
    .filter(({ cells }) => cells.length > 0);
  const all = (isTrue: (sets: readonly SuspectSet[], cells: string) => boolean) =>
    truths.every(({ block, cells }) => isTrue(block?.sets ?? [], inOrder(cells)));
  return {
    listed: all((sets, cells) => sets.some((set) => placesOf(set) === cells)),
    first: all(([set], cells) => set !== undefined && placesOf(set) === cells),
    beyond: blocks.some(({ beyond }) => beyond),
  };
}

function placesOf({ cells }: SuspectSet): string {
  return inOrder(cells.map(({ cell }) => cell.index));
}

function inOrder(places: readonly number[]): string {
  return places.toSorted((a, b) => a - b).join();
}
