/**
 * Whether texts are the same but for their figures and names (雷同). Two texts are compared by the 5-grams of their
 * characters; which pairs are worth comparing is found from signatures kept beside them (MinHash, Broder 1997), not by
 * comparing every text with every other.
 *
 * What is kept are hashes. Whoever changes the normalising, the hash or the seeds makes every signature kept
 * incomparable with new ones: every report has to be signed again. A test pins a signature by value.
 * They are the same on every machine; a newer Unicode may add letters, but does not change those it has.
 */

import { comparedCharacters } from './compared-characters.ts';

/** How many characters in a row are compared as one. */
const gramLength = 5;

/** In characters once normalised: shorter texts are all alike (“无”) and prove nothing. */
const shortest = 50;

/** As many values as the first 6 bits of a shingle tell apart. */
const placeBits = 6;
const signatureLength = 2 ** placeBits;

/**
 * 10 bands of 4 values: two texts of similarity J share at least one band with probability 1 − (1 − J⁴)¹⁰ or more. Of
 * pairs of 0.9 one in 43,000 shares none, of 0.85 one in 1,600, of 0.8 one in 190; of those of 0.3 one in 13 shares one.
 */
const bandCount = 10;
const bandLength = 4;

/**
 * The 5-grams of a text as 32-bit hashes, in its order: put in order they are when texts are compared, which few are.
 * Space, punctuation, the width of characters, the value of numbers in Arabic digits and the agency's name make no
 * difference. Empty for a text that is too short to compare.
 *
 * @param agencyName The name as registered; without the place before it (示例市教育局) it is recognised as well.
 */
export function shinglesOf(text: string, agencyName: string | undefined): Uint32Array {
  const characters = comparedCharacters(text, agencyName);
  if (characters.length < shortest) return new Uint32Array();
  const hashes = new Uint32Array(characters.length - gramLength + 1);
  let rolling = 0;
  for (let place = 0; place < characters.length; place++) {
    // From one 5-gram to the next: all weigh more, one comes, one goes (Karp and Rabin, 1987).
    const gone = place < gramLength ? 0 : Math.imul(characters[place - gramLength] as number, weightGone);
    rolling = (Math.imul(rolling, weight) + (characters[place] as number) - gone) | 0;
    if (place >= gramLength - 1) hashes[place - gramLength + 1] = mixed(rolling);
  }
  return hashes;
}

/** The share two sets of shingles have in common, |A ∩ B| / |A ∪ B|; 0 where one is empty. */
export function jaccard(one: Uint32Array, another: Uint32Array): number {
  const [a, b] = [distinct(one), distinct(another)];
  let [inA, inB, common] = [0, 0, 0];
  while (inA < a.length && inB < b.length) {
    const [x, y] = [a[inA] as number, b[inB] as number];
    if (x === y) common++;
    if (x <= y) inA++;
    if (y <= x) inB++;
  }
  return common === 0 ? 0 : common / (a.length + b.length - common);
}

/**
 * The MinHash signature of a set of shingles: 64 values; none where it is empty. A shingle belongs to one of the 64
 * places, and the least there is the value (Li, Owen and Zhang, One Permutation Hashing, 2012). Where a short text has
 * none, the value is the least of all its shingles in a permutation of the place's own, as Dahlgaard, Knudsen and Thorup
 * fill theirs (Fast Similarity Sketching, 2017): so each value is the same in two texts with probability J, and the
 * 64 estimate it no worse than 64 permutations would.
 */
export function signatureOf(shingles: Uint32Array): Uint32Array {
  if (shingles.length === 0) return new Uint32Array();
  const least = new Uint32Array(signatureLength).fill(none);
  for (let index = 0; index < shingles.length; index++) {
    const shingle = shingles[index] as number;
    const place = shingle >>> (32 - placeBits);
    if (shingle < (least[place] as number)) least[place] = shingle;
  }
  return least.map((value, place) => (value === none ? leastOf(shingles, place) : value));
}

/** What two signatures make of the similarity of their texts: right to within 0.12 nineteen times in twenty. */
export function estimate(a: Uint32Array, b: Uint32Array): number {
  if (a.length === 0 || b.length === 0) return 0;
  return a.reduce((equal, value, place) => (value === b[place] ? equal + 1 : equal), 0) / signatureLength;
}

/**
 * What to look look-alikes up by: texts that share one of these 10 numbers of 32 bits are worth comparing. `among` says
 * among which texts they are to be found. None for an empty signature.
 */
export function bandsOf(signature: Uint32Array, among: string): number[] {
  if (signature.length === 0) return [];
  const seed = seedOf(among);
  return Array.from({ length: bandCount }, (_, band) => bandHash(signature, band * bandLength, mixed(seed ^ band)));
}

/** A signature, or shingles, as the bytes a store keeps: little-endian. */
export function signatureBytes(signature: Uint32Array): Uint8Array {
  return new Uint8Array(signature.buffer, signature.byteOffset, signature.byteLength);
}

/** The reverse of `signatureBytes`; copies, since a value must stand at a multiple of four. */
export function signatureFromBytes(bytes: Uint8Array): Uint32Array {
  return new Uint32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer);
}

/** By how much a character of a 5-gram weighs more than the next one, and how much it weighs once it is past. */
const weight = 0x9e3779b1;
const weightGone = Array.from({ length: gramLength }).reduce<number>((power) => Math.imul(power, weight), 1);

function seedOf(name: string): number {
  let seed = 0;
  for (let place = 0; place < name.length; place++) seed = mixed(seed ^ name.charCodeAt(place));
  return seed;
}

/** The values of a band as one number of 32 bits. */
function bandHash(signature: Uint32Array, start: number, seed: number): number {
  let hash = seed;
  for (let place = start; place < start + bandLength; place++) hash = mixed(hash ^ (signature[place] as number));
  return hash;
}

/** A permutation of the 32-bit numbers that leaves no pattern (the finalizer of MurmurHash3). */
function mixed(value: number): number {
  let hash = value + 0x9e3779b9;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

/** What stands where no shingle is: a shingle that is as great is taken for none. */
const none = 0xffffffff;

/** Each place of a signature has a permutation of its own: two fixed numbers, one of them odd. */
const seeds = Int32Array.from({ length: 2 * signatureLength }, (_, place) => mixed(place) | (place % 2));

/** The least of the shingles in one of the permutations. */
function leastOf(shingles: Uint32Array, place: number): number {
  const [offset, factor] = [seeds[2 * place] as number, seeds[2 * place + 1] as number];
  let least = 0x7fffffff;
  for (let index = 0; index < shingles.length; index++) {
    const permuted = Math.imul((shingles[index] as number) ^ offset, factor);
    if (permuted < least) least = permuted;
  }
  return least;
}

/** Each of the values once, in ascending order. */
function distinct(values: Uint32Array): Uint32Array {
  const ascending = values.toSorted();
  return ascending.filter((value, place) => value !== ascending[place - 1]);
}
