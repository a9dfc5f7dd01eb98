import type { Cell } from '../domain/cell.ts';
import type { CheckedForm } from '../domain/compile.ts';
import { packFigures, writtenFigure, type TableContent } from '../domain/figures.ts';
import type { ObstacleCode } from '../domain/import-codes.ts';
import { someOf, languages, type Language, type Params, type Words } from '../domain/language.ts';
import type { Fault } from '../domain/problem.ts';
import type { ReportContent } from '../domain/report.ts';
import type { Year } from '../domain/year.ts';
import type { DocumentReading, Unread } from '../documents/reading.ts';

/** Why a document was not written: a code programs go by, and a sentence for the clerk. */
export interface Obstacle {
  readonly code: ObstacleCode;
  readonly detail: Words;
  readonly params?: Params;
}

/** What is known of a document when it is to be written. */
export interface Candidate {
  readonly reading: DocumentReading;
  /** What is to be written: cells printed blank as 0 where a person said so and that can be. */
  readonly sections: ReportContent['sections'];
  /** The form its tables are laid out by. */
  readonly form: CheckedForm | undefined;
  readonly forms: ReadonlyMap<string, CheckedForm>;
  readonly agencyId: string | undefined;
  readonly year: number | undefined;
  /** That year, where it is registered. */
  readonly registered: Year | undefined;
  readonly blanksAreZero: boolean;
  /** What the API would refuse of its content. */
  readonly faults: readonly Fault[];
}

/** Everything that keeps a document from being written without a person looking at it; none where it may be. */
export function obstaclesTo(candidate: Candidate): Obstacle[] {
  return [...identityObstacles(candidate), ...editionObstacles(candidate), ...figureObstacles(candidate)];
}

function identityObstacles({ agencyId, year, registered }: Candidate): Obstacle[] {
  const known = year === undefined || registered ? [] : [{ ...yearNotRegistered, params: { year } }];
  return [...(agencyId === undefined ? [agencyUncertain] : []), ...(year === undefined ? [yearUnknown] : known)];
}

const agencyUncertain: Obstacle = {
  code: 'agency-uncertain',
  detail: {
    'zh-CN': '无法确定是哪个机关的报告；请从候选机关中选定，用 agencyId 指明。',
    en: 'Whose report it is is not certain; choose among the candidates and name it by agencyId.',
  },
};

const yearUnknown: Obstacle = {
  code: 'year-unknown',
  detail: { 'zh-CN': '文件中没有找到报告年度；请用 year 指明。', en: 'The document tells no year; name it by year.' },
};

const yearNotRegistered: Obstacle = {
  code: 'year-not-registered',
  detail: { 'zh-CN': '{year} 年度尚未登记。', en: 'The year {year} is not registered.' },
};

function editionObstacles({ reading: { edition, provenance }, registered }: Candidate): Obstacle[] {
  if (edition === undefined) return [noTables];
  if (Object.values(provenance).every(({ state }) => state === 'blank')) return [noFigures];
  if (!registered || registered.edition === edition) return [];
  const { year, edition: expected } = registered;
  return [{ code: 'other-edition', detail: otherEdition, params: { edition, year, expected } }];
}

const noTables: Obstacle = {
  code: 'no-tables',
  detail: { 'zh-CN': '文件中没有认出法定表格。', en: 'No table of the form was recognised in the document.' },
};

const noFigures: Obstacle = {
  code: 'no-figures',
  detail: {
    'zh-CN': '表格中一个数字也没有填写；空表不是零报告。',
    en: 'No figure is filled in at all; an empty form is no report of zeros.',
  },
};

const otherEdition: Words = {
  'zh-CN': '文件的表格是“{edition}”版，{year} 年度应使用“{expected}”版。',
  en: 'The tables are those of edition “{edition}”; the year {year} is on edition “{expected}”.',
};

function figureObstacles(candidate: Candidate): Obstacle[] {
  const { form, reading, sections, faults } = candidate;
  if (!form) return [];
  const { provenance, unread } = reading;
  const figures = packFigures(form, sections as Record<string, TableContent>);
  const expected = form.cells.filter((cell) => !isLeftOut(candidate, cell));
  const lost = unread.filter((one) => isLoss(candidate, one));
  const named = new Set(lost.map(({ cell }) => cell));
  const unfound = expected
    .filter(({ address }) => !named.has(address))
    .filter((cell) => {
      const found = provenance[cell.address];
      return !found || (found.state !== 'blank' && writtenFigure(cell, figures) === null);
    });
  const blank = expected.filter((cell) => {
    return provenance[cell.address]?.state === 'blank' && writtenFigure(cell, figures) === null;
  });
  return [
    ...(lost.length > 0 ? [cellsTold('unread', unreadFigures, lost.length, lost.map(namedBy(form)))] : []),
    ...(unfound.length > 0 ? [cellsTold('not-printed', notPrinted, unfound.length, unfound.map(labelOf))] : []),
    ...(blank.length > 0 ? [blankObstacle(candidate, blank)] : []),
    ...faults.map(({ pointer, detail, params }) => ({
      code: 'content-refused' as const,
      detail: at(pointer, detail),
      ...(params && { params }),
    })),
  ];
}

/**
 * A row the document does not print because its section is laid out by an edition that has no such row (the one row
 * （六）其他处理 of 2019 in a report of later years): nobody left it out, and it stays blank.
 */
function isLeftOut({ reading, forms }: Candidate, { address, section }: Pick<Cell, 'address' | 'section'>): boolean {
  const other = forms.get(reading.otherEditions[section] ?? '');
  return reading.provenance[address] === undefined && other !== undefined && !other.cellAt.has(address);
}

/**
 * Text outside the sections is no part of the form. A figure that only another edition has a cell for is lost if the
 * rest is written: rather not.
 */
function isLoss(candidate: Candidate, { reason, cell }: Unread): boolean {
  if (reason === 'outside') return false;
  const known = cell === undefined ? undefined : candidate.form?.cellAt.get(cell);
  const absent = reason === 'not-found' || reason === 'other-edition';
  return !(absent && known && isLeftOut(candidate, known));
}

const unreadFigures: Words = {
  'zh-CN': '有 {count} 处没有读出（{cells}），须由人核对后录入。',
  en: 'Not read: {count} ({cells}); a person has to look and enter them.',
};

const notPrinted: Words = {
  'zh-CN': '表格中有 {count} 格在文件里没有找到（{cells}）。',
  en: 'Cells of the form that are not in the document: {count} ({cells}).',
};

const printedBlank: Words = {
  'zh-CN': '有 {count} 格印成空白（{cells}）；如果空白就是 0，请用 blanksAreZero=true 确认。',
  en: 'Cells printed blank: {count} ({cells}); confirm with blanksAreZero=true if blank means 0.',
};

const notZero: Words = {
  'zh-CN': '有 {count} 格印成空白，但按合计不会是 0（{cells}），须由人核对后录入。',
  en: 'Cells printed blank that cannot be 0 by the sums: {count} ({cells}); a person has to look and enter them.',
};

function blankObstacle({ blanksAreZero }: Candidate, blank: readonly Cell[]): Obstacle {
  const [code, detail] = blanksAreZero ? (['blank-not-zero', notZero] as const) : (['blank', printedBlank] as const);
  return cellsTold(code, detail, blank.length, blank.map(labelOf));
}

function cellsTold(code: ObstacleCode, detail: Words, count: number, names: readonly Words[]): Obstacle {
  const [chinese, english] = languages.map((language) =>
    someOf(
      names.map((name) => name[language]),
      language,
    ),
  );
  return { code, detail, params: { count, cells: { 'zh-CN': chinese as string, en: english as string } } };
}

function labelOf({ label }: Cell): Words {
  return label;
}

/** How much of a text names it. */
const quotedLength = 20;

/** What cannot be read is named by its cell, else by what is printed. */
function namedBy(form: CheckedForm): (unread: Unread) => Words {
  return ({ cell, text }) => {
    const quoted = `“${text.slice(0, quotedLength)}”`;
    return form.cellAt.get(cell ?? '')?.label ?? { 'zh-CN': quoted, en: quoted };
  };
}

function at(pointer: string, detail: Words): Words {
  const prefixed = (language: Language) => `${pointer}: ${detail[language]}`;
  return { 'zh-CN': prefixed('zh-CN'), en: prefixed('en') };
}
