/** Words to be found at a place in a text, each with what it means. A node is a number; 0 is none. */
export interface WordTree<Meaning> {
  /** For every UTF-16 code unit the node of the words that begin with it. */
  readonly first: Uint32Array;
  /** For each node its code unit, the first node that may follow it, and the next that may stand in its place. */
  readonly codes: Uint16Array;
  readonly following: Uint32Array;
  readonly instead: Uint32Array;
  /** For each node what the word that ends with it means. */
  readonly meanings: readonly (Meaning | undefined)[];
}

export interface Found<Meaning> {
  readonly meaning: Meaning;
  readonly end: number;
}

/** @throws Error when a word has two meanings: a slip in the lexicon, found at start. */
export function wordTree<Meaning>(words: readonly (readonly [string, Meaning])[]): WordTree<Meaning> {
  const most = 1 + words.reduce((length, [word]) => length + word.length, 0);
  const [codes, following, instead] = [new Uint16Array(most), new Uint32Array(most), new Uint32Array(most)];
  const first = new Uint32Array(0x10000);
  const tree: GrowingTree<Meaning> = { first, codes, following, instead, meanings: [undefined] };
  for (const [word, meaning] of words) {
    const node = leafOf(tree, word);
    if (tree.meanings[node] !== undefined) throw new Error(`lexicon: ${word} stands in it twice`);
    tree.meanings[node] = meaning;
  }
  return tree;
}

interface GrowingTree<Meaning> extends WordTree<Meaning> {
  readonly meanings: (Meaning | undefined)[];
}

/** The node a word ends with; those that are missing are made. */
function leafOf<Meaning>(tree: GrowingTree<Meaning>, word: string): number {
  let node = 0;
  for (let at = 0; at < word.length; at++) {
    const code = word.charCodeAt(at);
    node = (at === 0 ? tree.first[code] : nodeAfter(tree, node, code)) || added(tree, node, code);
  }
  return node;
}

function added<Meaning>(tree: GrowingTree<Meaning>, before: number, code: number): number {
  const node = tree.meanings.push(undefined) - 1;
  tree.codes[node] = code;
  if (before === 0) tree.first[code] = node;
  else {
    tree.instead[node] = tree.following[before] as number;
    tree.following[before] = node;
  }
  return node;
}

function nodeAfter({ codes, following, instead }: WordTree<unknown>, node: number, code: number): number {
  let next = following[node] as number;
  while (next !== 0 && codes[next] !== code) next = instead[next] as number;
  return next;
}

/** The longest word that begins at a place. */
export function longestAt<Meaning>(tree: WordTree<Meaning>, text: string, from: number): Found<Meaning> | undefined {
  let node = tree.first[text.charCodeAt(from)] ?? 0;
  let found: Found<Meaning> | undefined;
  for (let end = from + 1; node !== 0; end++) {
    const meaning = tree.meanings[node];
    if (meaning !== undefined) found = { meaning, end };
    node = nodeAfter(tree, node, text.charCodeAt(end));
  }
  return found;
}
