import { cells, elementOf, pageElements, rowGroups, voidElements, type OpenElement } from './html-elements.ts';
import { generator } from '../own-words.ts';
import { HtmlTable } from './html-table.ts';
import { eachTag, type TagListener } from './html-tags.ts';
import { OpenElements } from './open-elements.ts';
import type { Printed } from './printed.ts';
import { PrintedLines } from './printed-lines.ts';
import { TextFlow } from './text-flow.ts';

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

/** A page while it is being read, tag by tag. */
class Page implements TagListener {
  readonly #lines = new PrintedLines();
  readonly #elements = new OpenElements((element) => this.#leave(element));
  readonly #tables: HtmlTable[] = [];
  readonly #paragraph = new TextFlow();
  readonly #titleText = new TextFlow();
  #title: string | undefined;
  #tableCount = 0;
  /** The service itself has made the page: nothing stands in it beside the report. */
  #isOurs = false;
  #paragraphCount = 0;
  #paragraphsBefore = 0;

  open(name: string, attributes: ReadonlyMap<string, string>): void {
    if (voidElements.has(name)) this.#void(name, attributes);
    else if (!pageElements.has(name)) this.#begin(name, attributes);
  }

  text(text: string): void {
    const element = this.#elements.innermost;
    if (element?.name === 'title') this.#titleText.write(text, false);
    if (element?.hidden || element?.unseen) return;
    const isNote = element?.raised && this.#flow !== this.#paragraph;
    this.#flow.write(isNote ? bracketed(text) : text, element?.kept === true);
  }

  close(name: string): void {
    if (name === 'br' || name === 'p' || pageElements.has(name)) this.#endLine();
    this.#elements.end(name);
  }

  end(): Printed {
    this.#elements.endAll();
    this.#endLine();
    const page = !this.#isOurs && { isPage: true as const };
    return { ...(this.#title && { title: this.#title }), ...page, lines: this.#lines.lines };
  }

  /** Where text goes: into the innermost cell, or a paragraph. */
  get #flow(): TextFlow {
    return this.#tables.at(-1)?.flow ?? this.#paragraph;
  }

  #void(name: string, attributes: ReadonlyMap<string, string>): void {
    if (name === 'meta' && attributes.get('name') === 'generator')
      this.#isOurs = attributes.get('content') === generator;
    if (this.#elements.innermost?.hidden || this.#elements.innermost?.unseen) return;
    if (name === 'br' || name === 'hr') this.#endLine();
    if (name === 'input' && printedFields.has(attributes.get('type')?.toLowerCase())) {
      this.#tables.at(-1)?.flow?.write(attributes.get('value') ?? '', true);
    }
  }

  #begin(name: string, attributes: ReadonlyMap<string, string>): void {
    const missing = this.#elements.makeWayFor(name);
    if (missing) this.#begin(missing, noAttributes);
    const element = elementOf(name, attributes, this.#elements.innermost);
    this.#elements.begin(element);
    if (!element.hidden) this.#enter(element, attributes);
  }

  #enter({ name, block }: OpenElement, attributes: ReadonlyMap<string, string>): void {
    if (block) this.#endLine();
    if (name === 'p') this.#paragraphsBefore = this.#paragraphCount;
    if (name === 'table') this.#beginTable();
    if (cells.has(name)) this.#tables.at(-1)?.beginCell(attributes);
  }

  #beginTable(): void {
    this.#endParagraph();
    for (const line of this.#tables.at(-1)?.layOut().split('\n') ?? []) this.#addParagraph(line);
    this.#tables.push(new HtmlTable(++this.#tableCount));
  }

  #leave({ name, block, hidden, kept }: OpenElement): void {
    if (name === 'title') this.#title ??= this.#titleText.take();
    if (hidden) return;
    if (block) this.#endLine();
    // Where white space is kept, a paragraph with nothing in it is a blank line.
    const isBlank = name === 'p' && kept && this.#paragraphCount === this.#paragraphsBefore;
    if (isBlank && this.#flow === this.#paragraph) this.#addLine('');
    const table = this.#tables.at(-1);
    if (cells.has(name)) table?.endCell();
    if (name === 'tr') table?.endRow(this.#lines);
    if (rowGroups.has(name)) table?.endGroup();
    if (name === 'table') this.#tables.pop();
  }

  #endLine(): void {
    if (this.#flow === this.#paragraph) this.#endParagraph();
    else this.#flow.endLine();
  }

  #endParagraph(): void {
    for (const line of this.#paragraph.take().split('\n')) this.#addParagraph(line);
  }

  #addParagraph(text: string): void {
    if (text.trim() !== '') this.#addLine(text);
  }

  #addLine(text: string): void {
    const kind = this.#elements.innermost?.heading ? 'heading' : 'plain';
    this.#lines.add(kind, [{ text, column: 0, span: 1 }], { line: ++this.#paragraphCount });
  }
}

/** A note's number, so that it joins no figure; some stand in brackets already. */
function bracketed(text: string): string {
  const number = text.trim();
  return number === '' || /^\[.*\]$/u.test(number) ? text : `[${number}]`;
}
