/**
 * A number as written. `value` is `null` where it looks like a number and cannot be told for sure (三五, 十几, 30-40):
 * whoever meets it must read nothing.
 */
export interface Numeral {
  readonly value: number | null;
  /** Whether it was written in a rounded way: 1.2万, 两千. */
  readonly rounded: boolean;
  /** Whether it has no number before its first 百, 千 or 万: 百余件, but not 百件. */
  readonly headless: boolean;
  readonly end: number;
}

const chineseDigits: ReadonlyMap<string, number> = new Map([
  ...[...'〇一二三四五六七八九'].map((digit, value) => [digit, value] as const),
  ...[...'零壹贰叁肆伍陆柒捌玖'].map((digit, value) => [digit, value] as const),
  ['两', 2],
  ['○', 0],
]);

const multipliers: ReadonlyMap<string, number> = new Map([
  ['十', 10],
  ['拾', 10],
  ['百', 100],
  ['佰', 100],
  ['千', 1000],
  ['仟', 1000],
  ['万', 10_000],
  ['亿', 100_000_000],
]);

/** 廿, 卅, 卌: two characters in one. */
const tens: ReadonlyMap<string, string> = new Map([
  ['廿', '二十'],
  ['卅', '三十'],
  ['卌', '四十'],
]);

/** Twelve digits are more than any report counts. */
const longest = 12;

/** What a Chinese numeral may begin with. */
export const numeralCharacters: ReadonlySet<string> = new Set([
  ...chineseDigits.keys(),
  ...multipliers.keys(),
  ...tens.keys(),
]);

export function isChineseNumeral(character: string): boolean {
  return numeralCharacters.has(character);
}

/** The number that begins at a digit: `3,259`, `3 259`, `1.2万`, `3万5千`. */
export function readArabic(text: string, from: number): Numeral {
  let end = from;
  while (isGrouped(text, end)) end++;
  const written = text.slice(from, end);
  const value = plainValue(written);
  return multiplied(text, end, value, decimalsOf(written));
}

/** A digit, or a separator with digits on both sides. */
function isGrouped(text: string, at: number): boolean {
  const character = text.charAt(at);
  if (isDigit(character)) return true;
  return (character === ',' || character === ' ' || character === '.') && isDigit(text.charAt(at + 1));
}

function plainValue(written: string): number | null {
  if (written.length > 2 * longest) return null;
  if (/^\d{1,12}(\.\d{1,8})?$/.test(written)) return Number(written);
  if (/^\d{1,3}(,\d{3})+(\.\d{1,8})?$/.test(written)) return Number(written.replaceAll(',', ''));
  return /^\d{1,3}( \d{3})+$/.test(written) ? Number(written.replaceAll(' ', '')) : null;
}

function decimalsOf(written: string): number {
  const point = written.indexOf('.');
  return point < 0 ? 0 : written.length - point - 1;
}

/** A number in digits with 千, 万 and 亿 after it; each has to be smaller than the one before. */
function multiplied(text: string, from: number, first: number | null, decimals: number): Numeral {
  const unit = multipliers.get(text.charAt(from)) ?? 1;
  if (unit < 100) return { value: first, rounded: false, headless: false, end: from };
  const [factor, end] = doubled(text, from, unit);
  if (isDigit(text.charAt(end))) return further(text, end, first, factor);
  const value = first === null ? null : Math.round(first * factor);
  return { value, rounded: 10 ** decimals < factor, headless: false, end };
}

/** 千万, 百万: two in a row multiply. */
function doubled(text: string, from: number, unit: number): readonly [number, number] {
  const next = multipliers.get(text.charAt(from + 1));
  return next !== undefined && next > unit ? [unit * next, from + 2] : [unit, from + 1];
}

/** 3万 and then 5千: only with a smaller unit of its own, otherwise no one can say what the digits are. */
function further(text: string, from: number, first: number | null, factor: number): Numeral {
  let end = from;
  while (isDigit(text.charAt(end))) end++;
  const unit = multipliers.get(text.charAt(end)) ?? 1;
  const digits = Number(text.slice(from, end));
  const sure = first !== null && unit >= 100 && unit < factor && digits < 10 && !isDigit(text.charAt(end + 1));
  const value = sure ? Math.round(first * factor) + digits * unit : null;
  return { value, rounded: true, headless: false, end: unit > 1 ? end + 1 : end };
}

/** The number that begins at a Chinese numeral: the run of them, as long as numbers get, with 点 for decimals. */
export function readChinese(text: string, from: number): Numeral {
  let end = from;
  while (end - from <= 2 * longest && (isChineseNumeral(text.charAt(end)) || isPoint(text, end))) end++;
  const written = text.slice(from, end);
  const headless = (multipliers.get(written.charAt(0)) ?? 0) >= 100;
  const value = chineseValue(written);
  const rounded = (multipliers.get(written.charAt(written.length - 1)) ?? 0) >= 1000;
  return { value, rounded, headless, end };
}

function isPoint(text: string, at: number): boolean {
  return text.charAt(at) === '点' && chineseDigits.has(text.charAt(at + 1)) && isChineseNumeral(text.charAt(at - 1));
}

/** The value of a Chinese numeral, `null` where it is not one people agree on. */
export function chineseValue(written: string): number | null {
  if (written.length > 2 * longest) return null;
  const spelled = [...written].map((character) => tens.get(character) ?? character).join('');
  const [whole = '', decimals] = spelled.split('点');
  const value = [...whole].some((character) => multipliers.has(character)) ? sectioned(whole) : positional(whole);
  if (decimals === undefined || value === null) return value;
  return Number(`${value}.${[...decimals].map((digit) => chineseDigits.get(digit) ?? NaN).join('')}`);
}

/** 二〇二三: digit by digit. 三五件 and 一两件 are guesses, not numbers. */
function positional(written: string): number | null {
  const digits = [...written].map((character) => chineseDigits.get(character));
  if (digits.length === 0 || digits.includes(undefined)) return null;
  if (digits.length === 2 || (digits.length === 3 && !/[〇零]/.test(written))) return null;
  return Number(digits.join(''));
}

/** 一万二千零三十五: sections of 亿 and 万, each of 千, 百 and 十. */
function sectioned(written: string): number | null {
  let [rest, total] = [written, 0];
  for (const [character, factor] of [...'亿万'].map((big) => [big, multipliers.get(big) as number] as const)) {
    const at = rest.indexOf(character);
    if (at < 0) continue;
    const head = at === 0 && total === 0 && rest.length === written.length ? 1 : smallSection(rest.slice(0, at), true);
    if (head === null) return null;
    total += head * factor;
    rest = rest.slice(at + 1);
  }
  if (rest === '') return total;
  const tail = smallSection(rest, total === 0);
  return tail === null ? null : total + tail;
}

/** A number below ten thousand. 三百五 is not read: some say it for 350, some for 305. */
function smallSection(written: string, leading: boolean): number | null {
  let [total, digit, last, skipped] = [0, -1, 10_000, false];
  for (const [at, character] of [...written].entries()) {
    const value = chineseDigits.get(character);
    if (value !== undefined) {
      if (digit > 0 || (digit === 0 && value === 0)) return null;
      skipped ||= value === 0;
      digit = value;
      continue;
    }
    const unit = multipliers.get(character) as number;
    if (unit >= last || (digit < 0 && unit > 10 && at > 0) || (digit === 0 && unit > 10)) return null;
    total += Math.max(digit, 1) * unit;
    [digit, last] = [-1, unit];
  }
  if (digit < 0) return total;
  const settled = last === 10 || skipped || (last === 10_000 && leading);
  return settled ? total + digit : null;
}

function isDigit(character: string): boolean {
  return character >= '0' && character <= '9' && character.length === 1;
}
