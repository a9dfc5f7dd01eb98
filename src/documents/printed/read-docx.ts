import { DomUtils, parseDocument } from 'htmlparser2';
import mammoth from 'mammoth';
import { bufferOf, xmlPartsOf } from './archive.ts';
import type { Printed, PrintedLine } from './printed.ts';
import { readHtml } from './read-html.ts';
import { damaged } from '../refusal.ts';

/** Of one XML part, in bytes; the official form has 250 KB. mammoth holds up to three hundred times as much while it works. */
const greatestPart = 4 * 1024 * 1024;

/** How Chinese Word and WPS call the heading styles they make anew, beside the English names mammoth knows. */
const headingStyles = [1, 2, 3, 4, 5, 6].flatMap((level) => [
  `p[style-name='标题 ${level}'] => h${level}:fresh`,
  `p[style-name='标题${level}'] => h${level}:fresh`,
]);

const conversion = {
  styleMap: ["p[style-name='Title'] => h1:fresh", "p[style-name='标题'] => h1:fresh", ...headingStyles],
  ignoreEmptyParagraphs: false,
  // A style map in the file could drop or rename what it pleases.
  includeEmbeddedStyleMap: false,
  convertImage: mammoth.images.imgElement(async () => ({ src: '' })),
};

/**
 * What a Word document prints: deleted text left out, inserted text kept, notes at the end. Numbers Word makes by itself
 * (automatic lists) stand nowhere in the text and are lost, so are headers and footers.
 * @throws DocumentRefused as `xmlPartsOf` does, `damaged` for what is no Word document
 */
export async function readDocx(bytes: Uint8Array): Promise<Printed> {
  const parts = await xmlPartsOf(bytes, greatestPart);
  // Word prints white space as it stands.
  const { lines } = readHtml(`<div style="white-space:pre-wrap">${await toHtml(bytes)}</div>`);
  const title = titleOf(parts.get('docProps/core.xml'));
  return { ...(title && { title }), lines: shiftsRows(parts) ? lines.map(withoutGrid) : lines };
}

async function toHtml(bytes: Uint8Array): Promise<string> {
  try {
    return (await mammoth.convertToHtml({ buffer: bufferOf(bytes) }, conversion)).value;
  } catch (error) {
    throw damaged(error);
  }
}

function titleOf(properties: Buffer | undefined): string {
  const document = parseDocument(properties?.toString('utf8') ?? '', { xmlMode: true });
  return DomUtils.textContent(DomUtils.getElementsByTagName('dc:title', document)).trim();
}

/** Whether a row begins right of its table's edge, which mammoth does not tell: its cells would stand too far left. */
function shiftsRows(parts: ReadonlyMap<string, Buffer>): boolean {
  return [...parts].some(
    ([name, xml]) => name.startsWith('word/') && /<w:gridBefore\b[^>]*w:val="[1-9]/.test(xml.toString('utf8')),
  );
}

function withoutGrid(line: PrintedLine): PrintedLine {
  return line.kind === 'grid' ? { ...line, kind: 'separated' } : line;
}
