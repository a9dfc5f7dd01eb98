import { Type, type TString, type TStringOptions } from 'typebox';

/**
 * Text people write: line breaks and tabs, but no other control character, and no half of a surrogate pair, which
 * UTF-8 cannot hold.
 */
export const textPattern = '^[^\\p{Cs}\\u0000-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F]*$';

/** The bound of a narrative, in characters: the notice asks for about a thousand, the longest seen are ten times that. */
export const narrativeLength = 50_000;

/** One line of text that says something. */
export function line(maxLength: number, options: TStringOptions = {}): TString {
  return Type.String({ minLength: 1, maxLength, pattern: textPattern, ...options });
}

export const date = (options: TStringOptions = {}): TString => Type.String({ format: 'date', ...options });

export const dateTime = (options: TStringOptions = {}): TString => Type.String({ format: 'date-time', ...options });
