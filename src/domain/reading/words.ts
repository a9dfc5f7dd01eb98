/** Words to be found at a place in a text, each with what it means. */
export interface WordTree<Meaning> {
  readonly next: Map<number, WordTree<Meaning>>;
  meaning: Meaning | undefined;
}

export interface Found<Meaning> {
  readonly meaning: Meaning;
  readonly end: number;
}

/** @throws Error when a word has two meanings: a slip in the lexicon, found at start. */
export function wordTree<Meaning>(words: Iterable<readonly [string, Meaning]>): WordTree<Meaning> {
  const root: WordTree<Meaning> = { next: new Map(), meaning: undefined };
  for (const [word, meaning] of words) {
    const node = leafOf(root, word);
    if (node.meaning !== undefined) throw new Error(`lexicon: ${word} stands in it twice`);
    node.meaning = meaning;
  }
  return root;
}

function leafOf<Meaning>(root: WordTree<Meaning>, word: string): WordTree<Meaning> {
  let node = root;
  for (let at = 0; at < word.length; at++) {
    const code = word.charCodeAt(at);
    const child = node.next.get(code) ?? { next: new Map(), meaning: undefined };
    node.next.set(code, child);
    node = child;
  }
  return node;
}

/** The longest word that begins at a place. */
export function longestAt<Meaning>(root: WordTree<Meaning>, text: string, from: number): Found<Meaning> | undefined {
  let node = root.next.get(text.charCodeAt(from));
  let found: Found<Meaning> | undefined;
  for (let end = from + 1; node !== undefined; end++) {
    if (node.meaning !== undefined) found = { meaning: node.meaning, end };
    node = node.next.get(text.charCodeAt(end));
  }
  return found;
}
