import { Tokenizer } from 'htmlparser2';

/** What a page is made of, in order; names are in lower case, entities are resolved. */
export interface TagListener {
  open(name: string, attributes: ReadonlyMap<string, string>): void;
  close(name: string): void;
  text(text: string): void;
}

/**
 * Tells every tag and text of a page. Tags are told as they stand: the parser above htmlparser2's tokenizer would let a
 * stray `</div>` within a cell close the table around it, which no browser does.
 */
export function eachTag(html: string, listener: TagListener): void {
  let tag = '';
  let attributes = new Map<string, string>();
  let attribute = '';
  let value = '';
  const opened = () => listener.open(tag, attributes);
  const nothing = () => {};
  const tokenizer = new Tokenizer(
    {},
    {
      onopentagname(start, end) {
        tag = html.slice(start, end).toLowerCase();
        attributes = new Map();
      },
      onattribname(start, end) {
        attribute = html.slice(start, end).toLowerCase();
        value = '';
      },
      onattribdata: (start, end) => void (value += html.slice(start, end)),
      onattribentity: (codePoint) => void (value += String.fromCodePoint(codePoint)),
      onattribend: () => void (attributes.has(attribute) || attributes.set(attribute, value)),
      onopentagend: opened,
      onselfclosingtag: opened,
      onclosetag: (start, end) => listener.close(html.slice(start, end).toLowerCase()),
      ontext: (start, end) => listener.text(html.slice(start, end)),
      ontextentity: (codePoint) => listener.text(String.fromCodePoint(codePoint)),
      oncdata: nothing,
      oncomment: nothing,
      ondeclaration: nothing,
      onprocessinginstruction: nothing,
      onend: nothing,
    },
  );
  tokenizer.write(html);
  tokenizer.end();
}
