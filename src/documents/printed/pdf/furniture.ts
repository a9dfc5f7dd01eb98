import { isGrid, type Block, type Page } from './page.ts';
import { lineText, type TextLine } from './text.ts';

/** How far from the edge of a page its furniture stands, as a share of its height. */
const margin = 0.105;

const dashes = '[-‐‑–—―－~·•\\s]*';
const number = '[\\d０-９一二三四五六七八九十百]{1,4}';
/** `4`, `- 4 -`, `4 / 9`, `第 4 页`, `第4页 共9页`, `Page 4 of 9`. */
const pageNumber = new RegExp(
  [
    `^${dashes}[\\d０-９]{1,3}${dashes}$`,
    `^${dashes}\\d{1,3}\\s*/\\s*\\d{1,3}${dashes}$`,
    `^${dashes}(共\\s*${number}\\s*页[,，/\\s]*)?第\\s*${number}\\s*页[,，/\\s]*(共\\s*${number}\\s*页)?${dashes}$`,
    '^page\\s+\\d+(\\s+(of|/)\\s+\\d+)?$',
  ].join('|'),
  'i',
);

/** Pages without their running numbers, and without the lines at their edges that other pages have there as well. */
export function withoutFurniture(pages: readonly Page[]): Page[] {
  const counts = new Map<string, number>();
  for (const page of pages) {
    for (const text of new Set(atEdges(page).map((line) => running(line, page, pages.length)))) {
      counts.set(text, (counts.get(text) ?? 0) + 1);
    }
  }
  const isRunning = (line: TextLine, page: Page) => (counts.get(running(line, page, pages.length)) ?? 0) > 1;
  return pages.map((page) => {
    const furniture = new Set<Block>(
      atEdges(page).filter((line) => pageNumber.test(lineText(line)) || isRunning(line, page)),
    );
    return { ...page, blocks: page.blocks.filter((block) => !furniture.has(block)) };
  });
}

/** The lines in the margins above and below everything else. */
function atEdges({ blocks, box }: Page): TextLine[] {
  const height = (box.bottom - box.top) * margin;
  const isAtTop = (block: Block) => !isGrid(block) && block.box.bottom <= box.top + height;
  const isAtBottom = (block: Block) => !isGrid(block) && block.box.top >= box.bottom - height;
  return blocks.filter((block): block is TextLine => isAtTop(block) || isAtBottom(block));
}

/** The text of a line with its place on the page, in hundredths, `3/7` on page 3 of 7 taken for what it is. */
function running(line: TextLine, { number, box }: Page, pages: number): string {
  const text = lineText(line).replace(`${number}/${pages}`, '#/#');
  return `${text} ${Math.round((100 * (line.box.top - box.top)) / (box.bottom - box.top))}`;
}
