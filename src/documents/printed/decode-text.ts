/** How far into a file it may say what it is encoded in. */
const declarationBytes = 4_096;

/**
 * The text of a file. Byte order marks are believed. What is valid UTF-8 is UTF-8, whatever is declared: Chinese text in
 * another encoding never is by chance, while pages that declare `gb2312` or `iso-8859-1` and are not are common. All else
 * is GB18030, which contains GBK and GB2312, unless Big5 is declared. Damaged bytes become U+FFFD, as few as can be.
 * @param charset what the media type says, where it says something
 */
export function decodeText(bytes: Uint8Array, charset?: string): string {
  const marked = byteOrder(bytes);
  if (marked) return new TextDecoder(marked).decode(bytes);
  const isBig5 = [charset, declaredIn(bytes)].some((label) => label && /^(x-x-)?big5|^cn-big5/i.test(label));
  const encodings = ['utf-8', isBig5 ? 'big5' : 'gb18030'];
  for (const encoding of encodings) {
    const text = strictly(bytes, encoding);
    if (text !== undefined) return text;
  }
  const texts = encodings.map((encoding) => new TextDecoder(encoding).decode(bytes));
  return texts.sort((one, other) => damageIn(one) - damageIn(other))[0] ?? '';
}

/** What a byte order mark at the start says. */
export function byteOrder(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return undefined;
}

/** What `<meta charset>` or an XML declaration says. */
function declaredIn(bytes: Uint8Array): string | undefined {
  const start = Buffer.from(bytes.subarray(0, declarationBytes)).toString('latin1');
  return /<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([\w-]+)/i.exec(start)?.[1];
}

/** The text, if every byte of it is valid; a character cut off at the end of the file is left out. */
function strictly(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return undefined;
  }
}

function damageIn(text: string): number {
  return text.split('\uFFFD').length;
}
