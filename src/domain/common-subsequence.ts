/** The length of the longest text that both hold in its order, though not necessarily together. */
export function commonLength(one: string, other: string): number {
  const lengths = new Uint16Array(other.length + 1);
  for (let i = 0; i < one.length; i++) {
    let diagonal = 0;
    for (let j = 1; j <= other.length; j++) {
      const above = lengths[j] as number;
      const matches = one.charCodeAt(i) === other.charCodeAt(j - 1);
      lengths[j] = matches ? diagonal + 1 : Math.max(above, lengths[j - 1] as number);
      diagonal = above;
    }
  }
  return lengths[other.length] as number;
}
