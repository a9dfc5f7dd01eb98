/** An element that has begun and not ended, with what it means for the text in it. */
export interface OpenElement {
  readonly name: string;
  /** It begins and ends lines. */
  readonly block: boolean;
  readonly heading: boolean;
  /** Nothing in it is printed. */
  readonly hidden: boolean;
  /** Its text is not printed, though it keeps its place: a cell of a table stays a cell. */
  readonly unseen: boolean;
  /** It stands above or below the line: a note's number, no digit of the figure before it. */
  readonly raised: boolean;
  /** White space in it is kept as it is. */
  readonly kept: boolean;
}

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));

/** Elements that have no end. */
export const voidElements = words(
  'area base basefont br col embed frame hr img input keygen link meta param source track wbr',
);

/** Elements that are there whether their tags are or not. */
export const pageElements = words('html head body');

export const rowGroups = words('thead tbody tfoot');
export const cells = words('td th');
const rows = words('tr');
const tables = words('table');
const rowParents = words('table thead tbody tfoot');
export const tableParts = words('table thead tbody tfoot tr td th caption colgroup');

/** What can hold running text or lists of its own: nothing outside it is ended from within. */
export const enclosing = words('table td th caption select');
export const lists = words('ul ol dl');

/** What ends an element of its kind that stands open before it. */
export const siblings: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['li', words('li')],
  ['dt', words('dt dd')],
  ['dd', words('dt dd')],
  ['option', words('option')],
  ['optgroup', words('option optgroup')],
]);

/** What a part of a table stands in, and what begins by itself where none of that is open. */
export function parentOf(part: string): { readonly names: ReadonlySet<string>; readonly missing: string } {
  if (cells.has(part)) return { names: rows, missing: 'tr' };
  return { names: part === 'tr' ? rowParents : tables, missing: 'table' };
}

export const blocks = words(
  'address article aside blockquote caption center dd details dialog dir div dl dt fieldset figcaption figure footer form ' +
    'h1 h2 h3 h4 h5 h6 header hgroup legend li main menu nav ol optgroup option p pre search section summary ul',
);

/** What a browser with scripts shows nothing of, what is struck out, and how a word is spoken. */
export const unprinted = words(
  'audio canvas datalist del iframe noembed noframes noscript object rp rt s script strike style svg template title video',
);

const raising = words('sup sub');

const visibilityIn = /(?:^|;)\s*visibility\s*:\s*([a-z-]+)/i;
const displayIn = /(?:^|;)\s*display\s*:\s*([a-z-]+)/i;
const whiteSpaceIn = /(?:^|;)\s*white-space\s*:\s*([a-z-]+)/i;

const headings = words('h1 h2 h3 h4 h5 h6');
const keeping = words('pre textarea xmp plaintext listing');

/** The element a tag begins, within another. */
export function elementOf(
  name: string,
  attributes: ReadonlyMap<string, string>,
  around: OpenElement | undefined,
): OpenElement {
  const style = attributes.get('style');
  const display = valueIn(style, displayIn);
  const whiteSpace = valueIn(style, whiteSpaceIn);
  return {
    name,
    block: tableParts.has(name) || (display === undefined ? blocks.has(name) : parts(display)),
    heading: around?.heading === true || headings.has(name),
    hidden: around?.hidden === true || isHidden(name, attributes) || display === 'none',
    unseen: around?.unseen === true || valueIn(style, visibilityIn) === 'hidden',
    raised: around?.raised === true || raising.has(name),
    kept: whiteSpace === undefined ? around?.kept === true || keeping.has(name) : keepsSpace(whiteSpace),
  };
}

/** Of the choices of a form only the one that is made is printed. */
function isHidden(name: string, attributes: ReadonlyMap<string, string>): boolean {
  return unprinted.has(name) || attributes.has('hidden') || (name === 'option' && !attributes.has('selected'));
}

/** Whether a display parts what it holds from what stands beside it; `inline-block` does to the eye. */
function parts(display: string): boolean {
  return display !== 'inline' && display !== 'contents';
}

function keepsSpace(whiteSpace: string): boolean {
  return whiteSpace.startsWith('pre') || whiteSpace === 'break-spaces';
}

function valueIn(style: string | undefined, property: RegExp): string | undefined {
  return style === undefined ? undefined : property.exec(style)?.[1]?.toLowerCase();
}
