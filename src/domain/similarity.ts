/**
 * Whether texts are the same but for their figures and names (雷同). Two texts are compared by the 5-grams of their
 * characters; which pairs are worth comparing is found from signatures kept beside them (MinHash, Broder 1997), not by
 * comparing every text with every other.
 *
 * What is kept are hashes. Whoever changes the normalising, the hash, the seeds or the shape of the bands makes every
 * signature kept incomparable with new ones: every report has to be signed again. A test pins a signature by value.
 * They are the same on every machine; a newer Unicode may add letters, but does not change those it has.
 */

import { codePoints, comparedCharacters } from './compared-characters.ts';

/** How many characters in a row are compared as one. */
const gramLength = 5;

/** In characters once normalised: shorter texts are all alike (“无”) and prove nothing. */
const shortest = 50;

const signatureLength = 64;

/**
 * 16 bands of 4 values: two texts of similarity J share at least one band with probability 1 − (1 − J⁴)¹⁶, which is
 * over 0.9999 for J = 0.85, even odds at 0.45, and 0.002 for J = 0.1.
 */
const bandLength = 4;

/**
 * The 5-grams of a text as 32-bit hashes, in its order: put in order they are when texts are compared, which few are. Space, punctuation, the width of characters,
 * the value of numbers in Arabic digits and the agency's name make no difference. Empty for a text that is too short
 * to compare.
 *
 * @param agencyName The name as registered; without the place before it (示例市教育局) it is recognised as well.
 */
export function shinglesOf(text: string, agencyName: string | undefined): Uint32Array {
  const characters = comparedCharacters(text, agencyName);
  if (characters.length < shortest) return new Uint32Array();
  const hashes = new Uint32Array(characters.length - gramLength + 1);
  for (let start = 0; start < hashes.length; start++) hashes[start] = hashOf(characters, start, gramLength, 0);
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

/** The MinHash signature of a set of shingles: 64 values; none where it is empty. */
export function signatureOf(shingles: Uint32Array): Uint32Array {
  if (shingles.length === 0) return new Uint32Array();
  return Uint32Array.from({ length: signatureLength }, (_, place) => leastOf(shingles, place));
}

/** What two signatures make of the similarity of their texts: right to within 0.12 nineteen times in twenty. */
export function estimate(a: Uint32Array, b: Uint32Array): number {
  if (a.length === 0 || b.length === 0) return 0;
  return a.reduce((equal, value, place) => (value === b[place] ? equal + 1 : equal), 0) / signatureLength;
}

/**
 * What to look look-alikes up by: texts that share one of these 16 numbers are worth comparing. Each is a whole number
 * under 2^47, which a store keeps in six bytes, and tells which band it is of and among which texts (`among`) it is to
 * be found, so that one index serves all. None for an empty signature.
 */
export function bandsOf(signature: Uint32Array, among: string): number[] {
  const name = codePoints(among);
  const seed = hashOf(name, 0, name.length, 0);
  return Array.from({ length: signature.length / bandLength }, (_, band) => {
    const start = band * bandLength;
    const high = band * 2 ** 11 + (hashOf(signature, start, bandLength, seed ^ 1) >>> 21);
    return high * 2 ** 32 + hashOf(signature, start, bandLength, seed ^ 2);
  });
}

/** A signature, or shingles, as the bytes a store keeps: little-endian. */
export function signatureBytes(signature: Uint32Array): Uint8Array {
  return new Uint8Array(signature.buffer, signature.byteOffset, signature.byteLength);
}

/** The reverse of `signatureBytes`; copies, since a value must stand at a multiple of four. */
export function signatureFromBytes(bytes: Uint8Array): Uint32Array {
  return new Uint32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer);
}

/** Some values in a row as one number of 32 bits. */
function hashOf(values: Uint32Array, start: number, length: number, seed: number): number {
  let hash = seed;
  for (let place = start; place < start + length; place++) hash = mixed(hash ^ (values[place] as number));
  return hash >>> 0;
}

/** A permutation of the 32-bit numbers that leaves no pattern (the finalizer of MurmurHash3). */
function mixed(value: number): number {
  let hash = value + 0x9e3779b9;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

/** Each value of a signature has a permutation of its own: two fixed numbers, one of them odd. */
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
