import { hash, randomBytes } from 'node:crypto';
import { compile, type CheckedForm } from '../domain/compile.ts';
import type { Edition } from '../domain/edition.ts';
import type { Surroundings } from '../domain/judge.ts';
import type { ReportSurroundings, Store } from '../domain/store.ts';
import { FigureMatrix } from '../domain/statistics/figure-matrix.ts';
import { measuresOf, type Measures } from '../domain/statistics/measure.ts';
import { withThresholds, type Thresholds } from '../domain/thresholds.ts';
import { figureFollower } from './follow-figures.ts';

/** The editions compiled: what reports are held against. */
export interface Rulebook {
  readonly editions: readonly Edition[];
  readonly forms: ReadonlyMap<string, CheckedForm>;
  /** What statistics can be asked for. */
  readonly measures: Measures;
  /** Changes whenever a report may be judged otherwise than before. */
  readonly rulesVersion: string;
}

/** What every operation works with; time and chance are passed in. */
export interface Service extends Rulebook {
  readonly store: Store;
  /** The figures of every report, with every write that was answered. */
  readonly figures: () => Promise<FigureMatrix>;
  readonly now: () => Date;
  /** So many bytes nobody can foretell. */
  readonly random: (bytes: number) => Buffer;
}

/**
 * Compiles the editions once, with a city's own thresholds. `programVersion` is part of what the rules are known by:
 * another program may read a text otherwise.
 *
 * @throws ThresholdRefused
 */
export function buildRulebook(
  editions: readonly Edition[],
  programVersion: string,
  thresholds: Thresholds = {},
): Rulebook {
  const adjusted = withThresholds(editions, thresholds);
  const forms = new Map(adjusted.map((edition) => [edition.id, compile(edition)]));
  return {
    editions: adjusted,
    forms,
    measures: measuresOf(forms.values()),
    rulesVersion: hash('sha256', `${programVersion} ${JSON.stringify(adjusted)}`, 'base64url').slice(0, 16),
  };
}

/** Puts the rulebook beside the store; `random` is the system's own where left out. */
export function buildService(
  rulebook: Rulebook,
  store: Store,
  now: () => Date,
  random: Service['random'] = randomBytes,
): Service {
  const widths = new Map([...rulebook.forms].map(([edition, { cells }]) => [edition, cells.length]));
  return { ...rulebook, store, figures: figureFollower(store, () => new FigureMatrix(widths)), now, random };
}

/** The compiled form of an edition that is known to exist: a report's or a year's own. */
export function formOf({ forms }: Rulebook, edition: string): CheckedForm {
  const form = forms.get(edition);
  if (!form) throw new Error(`no edition ${edition}: the database was written with a form this program does not have`);
  return form;
}

/** What a stored report is judged by. */
export function surroundingsOf(
  rulebook: Rulebook,
  { agency, neighbours }: ReportSurroundings,
  edition: string,
): Surroundings {
  if (!agency) throw new Error('a report without an agency');
  return { forms: rulebook.forms, form: formOf(rulebook, edition), agency, neighbours };
}
