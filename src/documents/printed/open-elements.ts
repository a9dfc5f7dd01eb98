import {
  blocks,
  enclosing,
  lists,
  parentOf,
  siblings,
  tableParts,
  unprinted,
  type OpenElement,
} from './html-elements.ts';
import { DocumentRefused } from '../refusal.ts';

/** How deep elements may stand in one another; browsers build no deeper tree either. */
export const greatestDepth = 512;

type Test = (element: OpenElement) => boolean;

/** The elements of a page that have begun and not ended. Missing and stray tags are mended as browsers do. */
export class OpenElements {
  readonly #elements: OpenElement[] = [];
  readonly #leave: (element: OpenElement) => void;

  /** @param leave is called for every element that ends, while it is still the innermost */
  constructor(leave: (element: OpenElement) => void) {
    this.#leave = leave;
  }

  get innermost(): OpenElement | undefined {
    return this.#elements.at(-1);
  }

  /** @throws DocumentRefused `too-large` */
  begin(element: OpenElement): void {
    if (this.#elements.length === greatestDepth) throw tooDeep();
    this.#elements.push(element);
  }

  /**
   * Ends what cannot stay open when an element of this name begins.
   * @returns the part of a table that has to begin first, where one is missing
   */
  makeWayFor(name: string): string | undefined {
    if (name === 'table') this.#endBeforeTable();
    else if (tableParts.has(name)) return this.#endBeforePart(name);
    else if (blocks.has(name)) this.#endBeforeBlock(name);
    return undefined;
  }

  /** Ends the innermost element of this name and all within it, if an end tag here reaches one. */
  end(name: string): void {
    const ended = this.#find((element) => element.name === name, wallOf(name));
    if (ended >= 0) this.#endFrom(ended);
  }

  endAll(): void {
    this.#endFrom(0);
  }

  #endBeforePart(part: string): string | undefined {
    const { names, missing } = parentOf(part);
    const parent = this.#find(({ name }) => names.has(name), isTable);
    if (parent < 0) return missing;
    this.#endFrom(parent + 1);
    return undefined;
  }

  /** A table stands in a cell of another, or after it. */
  #endBeforeTable(): void {
    const part = this.#elements.findLast(({ name }) => tableParts.has(name));
    if (!part || holdsText(part)) this.#endBeforeBlock('table');
    else this.end('table');
  }

  #endBeforeBlock(name: string): void {
    const alike = siblings.get(name);
    const sibling = alike ? this.#find((element) => alike.has(element.name), isList) : -1;
    const ended = sibling >= 0 ? sibling : this.#find((element) => element.name === 'p', isEnclosing);
    if (ended >= 0) this.#endFrom(ended);
  }

  /** Where the innermost element that is meant stands, unless a wall stands before it; -1 where there is none. */
  #find(isMeant: Test, isWall: Test): number {
    const found = this.#elements.findLastIndex((element) => isMeant(element) || isWall(element));
    const element = this.#elements[found];
    return element && isMeant(element) ? found : -1;
  }

  #endFrom(index: number): void {
    while (this.#elements.length > index) {
      this.#leave(this.#elements.at(-1) as OpenElement);
      this.#elements.pop();
    }
  }
}

const isTable: Test = ({ name }) => name === 'table';
const isEnclosing: Test = ({ name }) => enclosing.has(name);
const isList: Test = ({ name }) => enclosing.has(name) || lists.has(name);
const isEnclosingOrBlock: Test = ({ name, block }) => block || enclosing.has(name);
const holdsText: Test = ({ name }) => name !== 'table' && enclosing.has(name);

/**
 * What an end tag does not reach beyond: parts of a table end from anywhere within it, a phrase only within its block.
 * What hides its content ends whatever was left open in it, or the rest of the page would be hidden.
 */
function wallOf(name: string): Test {
  if (tableParts.has(name)) return isTable;
  return [blocks, unprinted, enclosing].some((names) => names.has(name)) ? isEnclosing : isEnclosingOrBlock;
}

function tooDeep(): DocumentRefused {
  return new DocumentRefused('too-large', {
    'zh-CN': `网页的标签嵌套超过 ${greatestDepth} 层。请从浏览器另存网页，或把内容贴到 Word 文档后再上传。`,
    en: `The page’s elements are nested more than ${greatestDepth} deep. Save it from a browser, or paste it into a Word document.`,
  });
}
