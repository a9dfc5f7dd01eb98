import type { Words } from '../domain/language.ts';

/** Thrown where a document cannot be read at all: why, and what would help. */
export class DocumentRefused extends Error {
  /** A code that is never used for anything else: `encrypted`, `damaged`. */
  readonly reason: string;
  readonly words: Words;

  constructor(reason: string, words: Words) {
    super(words.en);
    this.name = 'DocumentRefused';
    this.reason = reason;
    this.words = words;
  }
}
