import { greatestText, tooLong } from './printed-lines.ts';

/**
 * Running text as a browser lays it out: runs of ASCII white space are one space, none at the ends of a line. Other
 * spaces (U+00A0, U+3000) are printed characters.
 */
export class TextFlow {
  #text = '';
  /** What stands between the text so far and the next; nothing is printed until something follows. */
  #gap: '' | ' ' | '\n' = '';

  /**
   * Adds text; `kept` white space stays as it is.
   * @throws DocumentRefused `too-large`
   */
  write(text: string, kept: boolean): void {
    if (kept) this.#print(text.replaceAll(/\r\n?/g, '\n'));
    else this.#writeCollapsed(text.replaceAll(/[ \t\n\f\r]+/g, ' '));
  }

  /** Ends the line. Lines with nothing in them are not printed. */
  endLine(): void {
    this.#gap = '\n';
  }

  /** The text so far, its lines parted by `\n`; the flow begins anew. */
  take(): string {
    const text = this.#text;
    this.#text = '';
    this.#gap = '';
    return text;
  }

  #writeCollapsed(text: string): void {
    const start = text.startsWith(' ') ? 1 : 0;
    const end = text.length - (text.endsWith(' ') ? 1 : 0);
    if (start === 1) this.#space();
    if (start < end) this.#print(text.slice(start, end));
    if (end < text.length) this.#space();
  }

  #space(): void {
    if (this.#gap === '') this.#gap = ' ';
  }

  #print(text: string): void {
    if (text === '') return;
    if (this.#text.length + text.length > greatestText) throw tooLong();
    this.#text += this.#text === '' ? text : this.#gap + text;
    this.#gap = '';
  }
}
