import type { Words } from '../domain/language.ts';

/** A document that cannot be read at all: a code programs go by, and a sentence for whoever sent it. */
export class DocumentRefused extends Error {
  readonly reason: string;
  readonly words: Words;

  constructor(reason: string, words: Words, options?: ErrorOptions) {
    super(reason, options);
    this.name = 'DocumentRefused';
    this.reason = reason;
    this.words = words;
  }
}
