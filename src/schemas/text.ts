import { Type, type TString, type TStringOptions } from 'typebox';

/**
 * What no text holds: control characters but line breaks and tabs, marks that turn the direction of writing, what is no
 * character at all, and halves of surrogate pairs, which UTF-8 cannot hold.
 */
const never =
  '\\p{Cs}\\u0000-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F-\\u009F\\u202A-\\u202E\\u2066-\\u2069\\uFFFE\\uFFFF';

/** Text people write, in paragraphs. */
export const textPattern = `^[^${never}]*$`;

/** The same where something has to be said. */
export const saidPattern = `^(?=[^]*\\S)[^${never}]*$`;

/** One line of text that says something. */
export const linePattern = `^(?=.*\\S)[^\\t\\r\\n${never}]*$`;

/** The bound of a narrative, in characters: the notice asks for about a thousand, the longest seen are ten times that. */
export const narrativeLength = 50_000;

export function line(maxLength: number, options: TStringOptions = {}): TString {
  return Type.String({ minLength: 1, maxLength, pattern: linePattern, ...options });
}

export const date = (options: TStringOptions = {}): TString => Type.String({ format: 'date', ...options });

export const dateTime = (options: TStringOptions = {}): TString => Type.String({ format: 'date-time', ...options });
