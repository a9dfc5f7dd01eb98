import type { refusalReasons } from '../domain/import-codes.ts';
import type { Words } from '../domain/language.ts';

/**
 * Why a file is not read at all.
 * `empty`: no byte in it. `unsupported`: a kind of file no report is read from. `encrypted`: it needs a password. `damaged`: it cannot be opened
 * as what it claims to be. `too-large`: it goes beyond what a report can need. `unsafe`: it holds what no office program writes.
 * `no-text-layer`: a scan, with pictures of the pages only. `timed-out`, `out-of-memory`: reading it was stopped.
 */
export type RefusalReason = (typeof refusalReasons)[number];

/** A file that is not read: why, where, and what mends it. */
export class DocumentRefused extends Error {
  override readonly name = 'DocumentRefused';
  readonly reason: RefusalReason;
  readonly words: Words;

  constructor(reason: RefusalReason, words: Words, cause?: unknown) {
    super(words.en, { cause });
    this.reason = reason;
    this.words = words;
  }
}

/** The refusal for whatever a reader of another's making throws; one of our own stays as it is. */
export function damaged(cause: unknown): DocumentRefused {
  if (cause instanceof DocumentRefused) return cause;
  return new DocumentRefused(
    'damaged',
    {
      'zh-CN': '文件已损坏，无法打开。请用 WPS 或 Word、Excel 打开后另存一份再上传。',
      en: 'The file is damaged and cannot be opened. Open it in an office program, save a copy and send that.',
    },
    cause,
  );
}
