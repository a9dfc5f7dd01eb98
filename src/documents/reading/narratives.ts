import type { Section } from '../../domain/edition.ts';
import type { PrintedLine } from '../printed/printed.ts';
import type { Headings } from './headings.ts';
import { simplified } from './normal-form.ts';

/** A stretch of lines, by index; `end` is the first that is no more of it. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** The lines of each section that was found: from its heading to the next, the last to where the page goes on. */
export function stretches(
  { at, marked }: Headings,
  sections: readonly Section[],
  lines: readonly PrintedLine[],
  isPage = false,
): Map<string, Stretch> {
  const starts = sections.flatMap(({ key }) => at.get(key) ?? []);
  return new Map(
    sections.flatMap(({ key }) => {
      const start = at.get(key);
      if (start === undefined) return [];
      const end = starts.find((next) => next > start) ?? (marked && !isPage ? lines.length : endOfText(lines, start));
      return [[key, { start: start + 1, end }]];
    }),
  );
}

/** What pages put below a report and is none of it. */
const furniture =
  /^(?:扫一扫|分享|打印|【?打印|关闭|【?关闭|上一[篇条]|下一[篇条]|附件下载|相关附件|相关链接|相关文章|版权所有|主办单位|承办单位|网站标识码|网站地图|责任编辑|备案|.?ICP备|.公网安备|您(?:是|访问)|浏览次数|点击数)/u;

function endOfText(lines: readonly PrintedLine[], from: number): number {
  const below = lines.findIndex((line, index) => index > from && furniture.test(simplified(textOf(line)).trim()));
  return below < 0 ? lines.length : below;
}

/**
 * The text of some lines, a paragraph a line; `null` where there is none. Lines that were broken at the margin are one,
 * unless every line is known to be a paragraph.
 */
export function narrative(lines: readonly PrintedLine[], paragraphsKnown = false): string | null {
  const texts = lines.map(textOf);
  const margin = paragraphsKnown ? undefined : marginOf(texts);
  const paragraphs: string[] = [];
  let broken = false;
  for (const text of texts) {
    const continues = broken && !beginsParagraph.test(text);
    if (continues) paragraphs.push((paragraphs.pop() as string) + text.trimStart());
    else paragraphs.push(text);
    broken = margin !== undefined && widthOf(text) >= margin && !/[。！？：；!?:;]\s*$/u.test(text);
  }
  const whole = paragraphs.join('\n').replace(/^\s*\n|\s+$/gu, '');
  return whole.trim() === '' ? null : whole;
}

const beginsParagraph =
  /^\s*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.、．]|\u3000)/u;

/** How long a full line is where a text is broken into lines; `undefined` where it is not. */
function marginOf(texts: readonly string[]): number | undefined {
  const widths = texts
    .map(widthOf)
    .filter((width) => width > 0)
    .sort((a, b) => a - b);
  const widest = widths.at(-1) ?? 0;
  const full = widths.filter((width) => width >= widest - 10);
  // Paragraphs are of any length; lines broken at a margin are nearly all as long as it.
  return widths.length >= 3 && widest <= 120 && full.length >= widths.length / 3 ? widest - 10 : undefined;
}

/** In half-width characters. */
function widthOf(text: string): number {
  return [...text.trim()].reduce((sum, character) => sum + (character > '\u00ff' ? 2 : 1), 0);
}

export function textOf({ cells }: PrintedLine): string {
  return cells
    .map(({ text }) => text)
    .filter((text) => text.trim() !== '')
    .join('\t');
}
