import { fill, languages, type Language, type Words } from '../domain/language.ts';
import { jsonFault } from './json-fault.ts';

/** Why a text is no JSON and where, in words; lines and characters are counted from 1. */
export function whyNotJson(text: string): Words {
  const fault = jsonFault(text);
  if (!fault) throw new Error('a text that is JSON');
  const { at, words, params } = fault;
  return inEach((language) => `${placeOf(text, at)[language]}${fill(words, language, params)}`);
}

/**
 * Why bytes are no UTF-8, and where.
 *
 * @param bytes Read as UTF-8 they have at least one U+FFFD that does not stand in them.
 */
export function whyNotUtf8(bytes: Uint8Array): Words {
  if (isMarked(bytes)) return utf16;
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  return inEach((language) => `${placeOf(text, undecodable(bytes, text))[language]}${notUtf8[language]}`);
}

/** The byte order mark of UTF-16. */
function isMarked([first, second]: Uint8Array): boolean {
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
}

const replaced = '\uFFFD';

/** Where in the text the first bytes stand that mean nothing: that very character may be meant, too. */
function undecodable(bytes: Uint8Array, text: string): number {
  const encoder = new TextEncoder();
  let [from, byte] = [0, 0];
  for (let at = text.indexOf(replaced); at >= 0; at = text.indexOf(replaced, from)) {
    byte += encoder.encode(text.slice(from, at)).length;
    if (bytes[byte] !== 0xef || bytes[byte + 1] !== 0xbf || bytes[byte + 2] !== 0xbd) return at;
    from = at + 1;
    byte += 3;
  }
  return text.length;
}

/** The line of a place, where there are several, and which character of it. */
function placeOf(text: string, at: number): Words {
  const before = text.slice(0, at).replace(/^\uFEFF/, '');
  const line = before.split('\n').length;
  const character = [...before.slice(before.lastIndexOf('\n') + 1)].length + 1;
  return text.trimEnd().includes('\n')
    ? { 'zh-CN': `第 ${line} 行第 ${character} 个字符：`, en: `line ${line}, character ${character}: ` }
    : { 'zh-CN': `第 ${character} 个字符：`, en: `character ${character}: ` };
}

function inEach(say: (language: Language) => string): Words {
  return Object.fromEntries(languages.map((language) => [language, say(language)])) as Record<Language, string>;
}

const notUtf8 = {
  'zh-CN': '从这里起不是 UTF-8 编码（可能是 GBK），请转换为 UTF-8 再发送。',
  en: 'from here on it is not UTF-8 (GBK, perhaps): send it as UTF-8.',
};
const utf16 = {
  'zh-CN': '是 UTF-16 编码，请转换为 UTF-8 再发送。',
  en: 'it is UTF-16: send it as UTF-8.',
};
