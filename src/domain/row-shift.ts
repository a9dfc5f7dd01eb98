import { mayChange, type Change, type Correction, type Disagreement } from './correction.ts';
import type { Figures } from './figures.ts';
import type { Words } from './language.ts';
import { changeAlone } from './localisation.ts';
import type { Pattern } from './pattern.ts';
import { isFailure, residualsOf } from './residual.ts';
import type { IndependentPart, Span } from './suspect-system.ts';

/** A correction by moving the figures of a row, with its sentence. */
export interface Shift extends Correction {
  readonly pattern: Pattern;
}

const directions: readonly { readonly step: 1 | -1; readonly words: Words }[] = [
  { step: 1, words: { 'zh-CN': '右', en: 'right' } },
  { step: -1, words: { 'zh-CN': '左', en: 'left' } },
];

/**
 * The rows, with or without their stated totals, that were typed one column off: moved back by one they make every
 * identity hold. The figure that fell off the row's end is the one the identities call for.
 */
export function rowShifts(disagreement: Disagreement, part: IndependentPart): Shift[] {
  return part.spans
    .filter(({ touches }) => disagreement.failing.every((identity) => touches.has(identity)))
    .flatMap((span) =>
      directions.flatMap(({ step, words }) => {
        const correction = shifted(disagreement, part, step === 1 ? span.places : span.places.toReversed());
        if (!correction) return [];
        return [
          { ...correction, pattern: { name: 'rowShifted', params: { row: span.row, direction: words } } as const },
        ];
      }),
    );
}

/** Moves every figure to the next place. Only a 0 may fall off at the end; what belongs in the first place is solved for. */
function shifted(disagreement: Disagreement, part: IndependentPart, places: Span['places']): Correction | undefined {
  const { figures, system } = disagreement;
  const stated = Array.from(places, (place) => figures[place] as number);
  if (stated.at(-1) !== 0 || stated.some(Number.isNaN)) return undefined;
  const moved = figures.slice();
  places.forEach((place, n) => (moved[place] = stated[n - 1] ?? 0));
  const residuals = residualsOf(system.identities, moved);
  const failing = part.identities.filter((identity) => isFailure(residuals.of[identity] as number));
  const first = places[0] as number;
  if (failing.length > 0) {
    const by = changeAlone({ system, figures: moved, residuals, failing }, first);
    if (by === undefined) return undefined;
    moved[first] = by;
  }
  return correctionTo(disagreement, places, moved);
}

/** What has changed between the figures stated and the figures moved, if the cells may hold that. */
function correctionTo(disagreement: Disagreement, places: Span['places'], moved: Figures): Correction | undefined {
  const by = (place: number) => (moved[place] as number) - (disagreement.figures[place] as number);
  if (!places.every((place) => mayChange(disagreement, place, by(place)))) return undefined;
  const changes: Change[] = [...places]
    .filter((place) => by(place) !== 0)
    .sort((a, b) => a - b)
    .map((place) => ({ place, by: by(place) }));
  return { changes, total: changes.reduce((total, change) => total + Math.abs(change.by as number), 0) };
}
