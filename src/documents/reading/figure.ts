import { greatestFigure, type Cell } from '../../domain/cell.ts';
import { simplified } from './normal-form.ts';
import { remembered } from './remembered.ts';

/** Nothing is stated, by an empty cell or a mark for nothing. */
export interface BlankText {
  readonly kind: 'blank';
}

/** A figure as it is written: sign, digits, unit, and what is noted behind it. */
export interface FigureText {
  readonly kind: 'figure';
  /** `0` where a word says that nothing changed. */
  readonly digits: string;
  readonly sign?: '+' | '-';
  readonly unit?: string;
  readonly note?: string;
}

/** Something else. */
export interface OtherText {
  readonly kind: 'words';
}

export type CellText = BlankText | FigureText | OtherText;

/** Marks people put where there is nothing to state. None of them is a zero. */
const blankMark = /^(?:[/\\|／—–―－_·*-]{1,4}|无|空)?$/u;

const unchanged = /^(?:未增未减|无增无减|未增减|无增减|不增不减|无变化|未变化|没有变化|持平|不变|0\s*\/\s*0)$/u;

const rising = /^(?:净?增加?了?|新增|上升)$/u;

/** `[sign][digits][.digits][unit][（note）]`, with a question mark in front where an ideographic space was lost. */
const figure =
  /^(?:\?\s+)?(?<sign>[+\-−]|净?增加?了?|新增|上升|净?减少?了?|下降)?\s*(?<digits>\d{1,3}(?:[,，]\d{3})+|\d+)(?<decimals>\.\d+)?\s*(?<unit>[\p{Script=Han}]{1,3})?\s*(?:[（(](?<note>[^（()）]+)[)）])?$/u;

/** Reads what stands in one cell. */
export const readCellText = remembered(read);

function read(text: string): CellText {
  const plain = simplified(text).trim();
  if (blankMark.test(plain)) return { kind: 'blank' };
  if (unchanged.test(plain)) return { kind: 'figure', digits: '0', sign: '+' };
  const { sign, digits, decimals = '', unit, note } = figure.exec(plain)?.groups ?? {};
  if (digits === undefined) return { kind: 'words' };
  return {
    kind: 'figure',
    digits: digits.replace(/[,，]/gu, '') + decimals,
    ...(sign !== undefined && { sign: sign === '+' || rising.test(sign) ? '+' : '-' }),
    ...(unit !== undefined && { unit }),
    // As printed, not as simplified: the places are the same in both.
    ...(note !== undefined && { note: noteIn(text) }),
  };
}

/** The note where nothing but a note stands in a cell; elsewhere brackets may hold anything, and a figure is no note. */
export function noteAlone(text: string): string | undefined {
  return /^\s*[（(]\s*(?![\d０-９])[^（()）]+[)）]\s*$/u.test(text) ? noteIn(text) : undefined;
}

/** What stands in the last brackets. */
function noteIn(text: string): string {
  const opened = Math.max(text.lastIndexOf('('), text.lastIndexOf('（'));
  return text
    .slice(opened + 1)
    .replace(/[)）]\s*$/u, '')
    .trim();
}

/** What people count by. */
const counters = new Set('件 项 条 宗 批 批次 起 次 个 家 人 份 笔 部 件次 人次'.split(' '));

/** Millionths of 万元 in one of a unit of money. */
const moneyUnits: Readonly<Record<string, number>> = {
  元: 100,
  人民币: 100,
  千元: 100_000,
  万: 1_000_000,
  万元: 1_000_000,
  百万元: 100_000_000,
  亿: 10_000_000_000,
  亿元: 10_000_000_000,
};

/** Whether a figure has no unit, or one that is counted or paid in: not a year, nor a share. */
export function isCounted({ unit }: FigureText): boolean {
  return unit === undefined || counters.has(unit) || unit in moneyUnits;
}

/** Where a unit is said: behind 单位, or alone in brackets. */
const unitSaid = /[(（]?单位[:：]?([^()（）]*元[^()（）]*)|[(（]([^()（）]*元)[)）]/gu;

/**
 * The unit of money some words say: `本年收费金额（单位：万元）`. What is said of several, or of one nobody knows, is
 * given as it is said, and is none.
 */
export function moneyUnitIn(text: string): string | undefined {
  const plain = simplified(text).replace(/\s/gu, '');
  const places = [...plain.matchAll(unitSaid)].map(([, behind, within]) => behind ?? within ?? '');
  const said = new Set(places.flatMap((place) => place.match(/[^\p{P}\d]*元/gu) ?? []));
  return said.size === 0 ? undefined : [...said].join('、');
}

/** The figure of a cell as it is written on the wire, or why there is none. */
export type Fitted = { readonly value: number } | { readonly reason: 'not-a-figure' | 'unit-unknown' };

const notAFigure: Fitted = { reason: 'not-a-figure' };

/** What a figure is in a cell; `headUnit` is the unit of money its column's heading prints. */
export function fitFigure(cell: Pick<Cell, 'value'>, text: FigureText, headUnit: string | undefined): Fitted {
  const fitted = cell.value === 'amount' ? amountOf(text, headUnit) : countOf(cell, text);
  if ('value' in fitted && Math.abs(fitted.value) > greatestFigure(cell.value)) return notAFigure;
  return fitted;
}

function countOf(cell: Pick<Cell, 'value'>, { digits, sign, unit }: FigureText): Fitted {
  if (unit !== undefined && !counters.has(unit)) return notAFigure;
  if (sign !== undefined && cell.value !== 'signedCount') return notAFigure;
  const value = Number(digits);
  if (!Number.isInteger(value)) return notAFigure;
  return { value: sign === '-' && value !== 0 ? -value : value };
}

function amountOf({ digits, sign, unit }: FigureText, headUnit: string | undefined): Fitted {
  if (sign !== undefined) return notAFigure;
  const decimals = digits.split('.')[1]?.replace(/0+$/u, '').length ?? 0;
  const known = unit ?? headUnit;
  // Nothing is nothing in every unit; and yuan have two decimals at most.
  if (known === undefined && Number(digits) !== 0 && decimals <= 2) return { reason: 'unit-unknown' };
  const scale = moneyUnits[known ?? '万元'];
  if (scale === undefined) return unit === undefined ? { reason: 'unit-unknown' } : notAFigure;
  const millionths = Number(digits) * scale;
  const whole = Math.round(millionths);
  // More decimals than a cell holds are not rounded away.
  if (10 ** decimals > scale) return notAFigure;
  return { value: whole / 1_000_000 };
}
