import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { getDocument, type PDFDocumentProxy, type PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { printedLines } from './pdf/document.ts';
import { draw, fontNames, type Operators } from './pdf/draw.ts';
import type { Drawing } from './pdf/drawing.ts';
import type { Matrix } from './pdf/matrix.ts';
import { pageOf, type Page } from './pdf/page.ts';
import type { Font } from './pdf/state.ts';
import type { Printed } from './printed.ts';
import { DocumentRefused } from '../refusal.ts';

/** Most pages of a PDF; a report has five to twenty. */
export const mostPages = 200;

/** Most drawing operators on one page. A dense page of a report has about 5,000. */
export const mostOperators = 200_000;

/** Most characters on one page; one printed full has about 2,000. */
export const mostCharacters = 50_000;

const packageFolder = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));

/**
 * Reads a PDF: its ruled tables as grids, also over the ends of pages; tables without rules as separated lines where
 * columns of figures show; all else as plain lines from top to bottom. Running page numbers and heads are left out.
 * Nothing is fetched, no script is run, no picture is decoded.
 * @throws {DocumentRefused} `damaged`, `encrypted`, `no-text-layer` (a scan), `too-large`.
 */
export async function readPdf(bytes: Uint8Array): Promise<Printed> {
  const loading = getDocument({
    // pdfjs takes the bytes away from their owner: it gets a copy.
    data: new Uint8Array(bytes),
    cMapUrl: join(packageFolder, 'cmaps/'),
    cMapPacked: true,
    standardFontDataUrl: join(packageFolder, 'standard_fonts/'),
    isEvalSupported: false,
    useSystemFonts: false,
    useWasm: false,
    // Pictures beyond so many points are passed over: all of them.
    maxImageSize: 0,
    verbosity: 0,
  });
  try {
    return await readDocument(await loading.promise);
  } catch (error) {
    throw refusalOf(error);
  } finally {
    await loading.destroy();
  }
}

async function readDocument(pdf: PDFDocumentProxy): Promise<Printed> {
  if (pdf.numPages > mostPages) throw tooLarge(`${pdf.numPages} 页`, `${pdf.numPages} pages`);
  const pages: Page[] = [];
  for (let number = 1; number <= pdf.numPages; number++) pages.push(await readPage(await pdf.getPage(number)));
  if (pages.every(({ blocks }) => blocks.length === 0)) throw scanned();
  const title = await titleOf(pdf);
  return { ...(title !== '' && { title }), lines: printedLines(pages) };
}

async function readPage(page: PDFPageProxy): Promise<Page> {
  // pdfjs declares the arguments of operators as any; `draw` knows what each of them takes.
  const operators = (await page.getOperatorList()) as Operators;
  const { pageNumber } = page;
  if (operators.fnArray.length > mostOperators) throw tooFull(pageNumber);
  const drawing = drawn(page, operators, await fontsOf(page, operators));
  page.cleanup();
  if (drawing.glyphs.length > mostCharacters) throw tooFull(pageNumber);
  return pageOf(pageNumber, drawing);
}

function drawn(page: PDFPageProxy, operators: Operators, fonts: ReadonlyMap<string, Font>): Drawing {
  const { width, height, transform } = page.getViewport({ scale: 1 });
  return draw(operators, { left: 0, top: 0, right: width, bottom: height }, transform as unknown as Matrix, fonts);
}

/** Fonts reach the page beside its operators, and perhaps after them. */
async function fontsOf({ commonObjs }: PDFPageProxy, operators: Operators): Promise<Map<string, Font>> {
  const named = [...fontNames(operators)].map(async (name) => {
    const font = await new Promise<Font>((resolve) => void commonObjs.get(name, resolve));
    return [name, font] as const;
  });
  return new Map(await Promise.all(named));
}

async function titleOf(pdf: PDFDocumentProxy): Promise<string> {
  const { info } = await pdf.getMetadata();
  const title: unknown = 'Title' in info ? info.Title : undefined;
  return typeof title === 'string' ? title.trim() : '';
}

function refusalOf(error: unknown): DocumentRefused {
  if (error instanceof DocumentRefused) return error;
  if (error instanceof Error && error.name === 'PasswordException') {
    return new DocumentRefused('encrypted', {
      'zh-CN': 'PDF 文件设有密码，无法读取。请去除密码后重新上传。',
      en: 'The PDF is protected by a password. Remove the password and send it again.',
    });
  }
  return new DocumentRefused('damaged', {
    'zh-CN': '文件不是 PDF，或者已经损坏，无法读取。请重新导出后上传。',
    en: 'The file is not a PDF, or is damaged. Export it anew and send it again.',
  });
}

function scanned(): DocumentRefused {
  return new DocumentRefused('no-text-layer', {
    'zh-CN': '扫描件没有文字层，无法读取。请上传由文字处理软件导出的 PDF，或者 Word、Excel 原件。',
    en: 'The PDF has no text: it is a scan. Send one that a word processor has exported, or the Word or Excel file itself.',
  });
}

function tooFull(page: number): DocumentRefused {
  return tooLarge(`第 ${page} 页的内容`, `what is on page ${page}`);
}

function tooLarge(what: string, whatInEnglish: string): DocumentRefused {
  return new DocumentRefused('too-large', {
    'zh-CN': `PDF 过大（${what}），无法读取。年度报告的 PDF 不超过 ${mostPages} 页，请只上传报告本身。`,
    en: `The PDF is too large (${whatInEnglish}). A report has at most ${mostPages} pages: send the report alone.`,
  });
}
