import {
  blocks,
  cells,
  elementOf,
  enclosing,
  lists,
  pageElements,
  parentOf,
  rowGroups,
  siblings,
  tableParts,
  voidElements,
  type OpenElement,
} from './html-elements.ts';
import { HtmlTable } from './html-table.ts';
import { eachTag, type TagListener } from './html-tags.ts';
import type { Printed } from './printed.ts';
import { PrintedLines } from './printed-lines.ts';
import { DocumentRefused } from './refusal.ts';
import { TextFlow } from './text-flow.ts';

/** How deep elements may stand in one another; browsers build no deeper tree either. */
export const greatestDepth = 512;

const noAttributes: ReadonlyMap<string, string> = new Map();

/** Fields whose value is printed. */
const printedFields = new Set([undefined, '', 'text', 'number', 'tel', 'search']);

/**
 * What a page shows: its paragraphs, and its tables row by row. Nothing is run or fetched; of what a script would show
 * or hide, and of style sheets, nothing is known. A table within a cell gives rows of its own, where it begins, and the
 * text beside it in that cell gives paragraphs.
 * @throws DocumentRefused `too-large`
 */
export function readHtml(html: string): Printed {
  const page = new Page();
  eachTag(html, page);
  return page.end();
}

/** Mends missing and stray tags as browsers do, going by the elements that are open. */
class Page implements TagListener {
  readonly #lines = new PrintedLines();
  readonly #elements: OpenElement[] = [];
  readonly #tables: HtmlTable[] = [];
  readonly #paragraph = new TextFlow();
  readonly #titleText = new TextFlow();
  #title: string | undefined;
  #tableCount = 0;
  #paragraphCount = 0;

  open(name: string, attributes: ReadonlyMap<string, string>): void {
    if (voidElements.has(name)) this.#void(name, attributes);
    else if (!pageElements.has(name)) this.#begin(name, attributes);
  }

  text(text: string): void {
    const element = this.#elements.at(-1);
    if (element?.name === 'title') this.#titleText.write(text, false);
    if (!element?.hidden) this.#flow.write(text, element?.kept === true);
  }

  close(name: string): void {
    if (name === 'br' || pageElements.has(name)) this.#endLine();
    const ended = this.#find((element) => element.name === name, wallOf(name));
    if (ended >= 0) this.#endFrom(ended);
    else if (name === 'p') this.#endLine();
  }

  end(): Printed {
    this.#endFrom(0);
    this.#endLine();
    return { ...(this.#title && { title: this.#title }), lines: this.#lines.lines };
  }

  /** Where text goes: into the innermost cell, or a paragraph. */
  get #flow(): TextFlow {
    return this.#tables.at(-1)?.flow ?? this.#paragraph;
  }

  #void(name: string, attributes: ReadonlyMap<string, string>): void {
    if (this.#elements.at(-1)?.hidden) return;
    if (name === 'br' || name === 'hr') this.#endLine();
    if (name === 'input' && printedFields.has(attributes.get('type')?.toLowerCase())) {
      this.#tables.at(-1)?.flow?.write(attributes.get('value') ?? '', true);
    }
  }

  #begin(name: string, attributes: ReadonlyMap<string, string>): void {
    if (tableParts.has(name)) this.#endBeforePart(name);
    else if (blocks.has(name)) this.#endBeforeBlock(name);
    if (this.#elements.length === greatestDepth) throw tooDeep();
    const element = elementOf(name, attributes, this.#elements.at(-1));
    this.#elements.push(element);
    if (!element.hidden) this.#enter(element, attributes);
  }

  #enter({ name, block }: OpenElement, attributes: ReadonlyMap<string, string>): void {
    if (block) this.#endLine();
    if (name === 'table') this.#beginTable();
    if (cells.has(name)) this.#tables.at(-1)?.beginCell(attributes);
  }

  #beginTable(): void {
    this.#endParagraph();
    for (const line of this.#tables.at(-1)?.layOut().split('\n') ?? []) this.#addParagraph(line);
    this.#tables.push(new HtmlTable(++this.#tableCount));
  }

  #leave({ name, block, hidden }: OpenElement): void {
    if (name === 'title') this.#title ??= this.#titleText.take();
    if (hidden) return;
    if (block) this.#endLine();
    const table = this.#tables.at(-1);
    if (cells.has(name)) table?.endCell();
    if (name === 'tr') table?.endRow(this.#lines);
    if (rowGroups.has(name)) table?.endGroup();
    if (name === 'table') this.#tables.pop();
  }

  /** A part of a table ends what it cannot stand in, and begins what it cannot be without. */
  #endBeforePart(part: string): void {
    if (part === 'table') return this.#endBeforeTable();
    const { names, missing } = parentOf(part);
    const parent = this.#find(({ name }) => names.has(name), isTable);
    if (parent >= 0) this.#endFrom(parent + 1);
    else this.#begin(missing, noAttributes);
  }

  /** A table stands in a cell of another, or after it. */
  #endBeforeTable(): void {
    const part = this.#find(({ name }) => tableParts.has(name));
    if (part < 0 || enclosesText(this.#elements[part])) this.#endBeforeBlock('table');
    else this.#endFrom(this.#find(isTable));
  }

  #endBeforeBlock(name: string): void {
    const alike = siblings.get(name);
    const sibling = alike ? this.#find((element) => alike.has(element.name), isList) : -1;
    const ended = sibling >= 0 ? sibling : this.#find((element) => element.name === 'p', isEnclosing);
    if (ended >= 0) this.#endFrom(ended);
  }

  /** Where the innermost element that is meant stands, unless a wall stands before it; -1 where there is none. */
  #find(isMeant: Test, isWall: Test = never): number {
    for (let index = this.#elements.length - 1; index >= 0; index--) {
      const element = this.#elements[index] as OpenElement;
      if (isMeant(element)) return index;
      if (isWall(element)) return -1;
    }
    return -1;
  }

  #endFrom(index: number): void {
    for (
      let element = this.#elements.at(-1);
      element && this.#elements.length > index;
      element = this.#elements.at(-1)
    ) {
      this.#leave(element);
      this.#elements.pop();
    }
  }

  #endLine(): void {
    if (this.#flow === this.#paragraph) this.#endParagraph();
    else this.#flow.endLine();
  }

  #endParagraph(): void {
    for (const line of this.#paragraph.take().split('\n')) this.#addParagraph(line);
  }

  #addParagraph(text: string): void {
    if (text.trim() === '') return;
    const kind = this.#elements.at(-1)?.heading ? 'heading' : 'plain';
    this.#lines.add(kind, [{ text, column: 0, span: 1 }], { line: ++this.#paragraphCount });
  }
}

type Test = (element: OpenElement) => boolean;

const never: Test = () => false;
const isTable: Test = ({ name }) => name === 'table';
const isEnclosing: Test = ({ name }) => enclosing.has(name);
const isList: Test = ({ name }) => enclosing.has(name) || lists.has(name);
const isEnclosingOrBlock: Test = ({ name, block }) => block || enclosing.has(name);

/** What an end tag does not reach beyond: a part of a table ends from anywhere within it, a phrase only within its block. */
function wallOf(name: string): Test {
  if (name === 'table') return never;
  if (tableParts.has(name)) return isTable;
  return blocks.has(name) ? isEnclosing : isEnclosingOrBlock;
}

function enclosesText(element: OpenElement | undefined): boolean {
  return element !== undefined && element.name !== 'table' && enclosing.has(element.name);
}

function tooDeep(): DocumentRefused {
  return new DocumentRefused('too-large', {
    'zh-CN': `网页的标签嵌套超过 ${greatestDepth} 层。请从浏览器另存网页，或把内容贴到 Word 文档后再上传。`,
    en: `The page’s elements are nested more than ${greatestDepth} deep. Save it from a browser, or paste it into a Word document.`,
  });
}
