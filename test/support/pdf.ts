/** A4, in points. */
export const paper = { width: 595, height: 842 };

/** What a page holds and how it is laid on the table. */
export interface DrawnPage {
  /** A content stream. */
  readonly content: string;
  /** In degrees with the clock. */
  readonly rotate?: number;
  /** `/XObject` resources by name, each a content stream. */
  readonly forms?: Readonly<Record<string, string>>;
  /** An annotation with an appearance of its own, and how far it lies right of and above where it was drawn. */
  readonly stamp?: { readonly content: string; readonly at: readonly [number, number] };
  readonly cropBox?: readonly [number, number, number, number];
}

/** A PDF of such pages, written by hand: Helvetica as `/H`, and a font for Chinese that is not embedded as `/S`. */
export function pdfOf(pages: readonly DrawnPage[], { title, trailer = '' }: Wrapping = {}): Uint8Array {
  const objects: string[] = [];
  const add = (body: string) => `${objects.push(body)} 0 R`;
  const fonts = fontsOf(add);
  const tree = add('');
  const kids = pages.map((page) => add(pageObject(page, { tree, fonts, add })));
  objects[Number(tree.split(' ')[0]) - 1] =
    `<< /Type /Pages /Kids [${kids.join(' ')}] /Count ${kids.length} /MediaBox [0 0 ${paper.width} ${paper.height}] >>`;
  const root = add(`<< /Type /Catalog /Pages ${tree} >>`);
  const info = add(title === undefined ? '<< >>' : `<< /Title <FEFF${hexOf(title)}> >>`);
  return assembled(objects, `/Root ${root} /Info ${info} ${trailer}`);
}

interface Wrapping {
  readonly title?: string;
  /** More entries of the file's trailer. */
  readonly trailer?: string;
}

interface Making {
  readonly tree: string;
  readonly fonts: string;
  readonly add: (body: string) => string;
}

function pageObject({ content, rotate, forms, stamp, cropBox }: DrawnPage, { tree, fonts, add }: Making): string {
  const form = (drawn: string) => {
    const box = `/BBox [0 0 ${paper.width} ${paper.height}]`;
    return add(stream(drawn, `/Type /XObject /Subtype /Form ${box} /Resources << /Font ${fonts} >>`));
  };
  const named = Object.entries(forms ?? {}).map(([name, drawn]) => `/${name} ${form(drawn)}`);
  return [
    `<< /Type /Page /Parent ${tree} /Contents ${add(stream(content))}`,
    `/Resources << /Font ${fonts} /XObject << ${named.join(' ')} >> >>`,
    rotate === undefined ? '' : `/Rotate ${rotate}`,
    stamp ? `/Annots [${add(annotation(stamp.at, form(stamp.content)))}]` : '',
    cropBox ? `/CropBox [${cropBox.join(' ')}]` : '',
    '>>',
  ].join(' ');
}

function annotation([x, y]: readonly [number, number], appearance: string): string {
  const corners = [x, y, x + paper.width, y + paper.height];
  return `<< /Type /Annot /Subtype /Stamp /F 4 /Rect [${corners.join(' ')}] /AP << /N ${appearance} >> >>`;
}

function stream(content: string, entries = ''): string {
  return `<< ${entries} /Length ${content.length} >>\nstream\n${content}\nendstream`;
}

function fontsOf(add: (body: string) => string): string {
  const latin = add('<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>');
  const descriptor = add(
    '<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 ' +
      '/Ascent 850 /Descent -150 /CapHeight 700 /StemV 80 >>',
  );
  const glyphs = add(
    '<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 ' +
      `/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> /FontDescriptor ${descriptor} >>`,
  );
  const chinese = (encoding: string) =>
    add(
      `<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /${encoding} /DescendantFonts [${glyphs}] >>`,
    );
  return add(`<< /H ${latin} /S ${chinese('UniGB-UTF16-H')} /V ${chinese('UniGB-UTF16-V')} >>`);
}

function assembled(objects: readonly string[], trailer: string): Uint8Array {
  let text = '%PDF-1.7\n';
  const offsets = objects.map((body, index) => {
    const offset = text.length;
    text += `${index + 1} 0 obj\n${body}\nendobj\n`;
    return offset;
  });
  const entries = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const start = text.length;
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${entries}`;
  text += `trailer\n<< /Size ${objects.length + 1} ${trailer} >>\nstartxref\n${start}\n%%EOF\n`;
  return new TextEncoder().encode(text);
}

function hexOf(text: string): string {
  return [...Array(text.length).keys()].map((at) => text.charCodeAt(at).toString(16).padStart(4, '0')).join('');
}

/** How wide Helvetica sets digits, in sizes; Chinese is set a size wide. */
const digitWidth = 0.556;

export function widthOf(text: string, size: number): number {
  return [...text].reduce((sum, character) => sum + (isLatin(character) ? digitWidth : 1) * size, 0);
}

function isLatin(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text);
}

/** Text in one font with its line at `y`, counted from the top of the page like everything here. */
export function text(x: number, y: number, size: number, words: string): string {
  const shown = isLatin(words) ? `/H ${size} Tf` : `/S ${size} Tf`;
  const string = isLatin(words) ? `(${words.replace(/[()\\]/g, '\\$&')})` : `<${hexOf(words)}>`;
  return `BT ${shown} 1 0 0 1 ${fixed(x)} ${fixed(paper.height - y)} Tm ${string} Tj ET`;
}

/** A stroked line. */
export function line(x0: number, y0: number, x1: number, y1: number, width = 0.5): string {
  const [from, to] = [paper.height - y0, paper.height - y1];
  return `${width} w ${fixed(x0)} ${fixed(from)} m ${fixed(x1)} ${fixed(to)} l S`;
}

/** A rectangle as a path, to be followed by `f` or `S`. */
export function rectangle(left: number, top: number, right: number, bottom: number): string {
  return `${fixed(left)} ${fixed(paper.height - bottom)} ${fixed(right - left)} ${fixed(bottom - top)} re`;
}

/** A line drawn as a thin filled box. */
export function bar(x0: number, y0: number, x1: number, y1: number, width = 0.5): string {
  const half = width / 2;
  return `${rectangle(x0 - half, y0 - half, x1 + half, y1 + half)} f`;
}

function fixed(value: number): string {
  return value.toFixed(2);
}
