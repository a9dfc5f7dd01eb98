/** Documents print the same words again and again: so many of them are looked at once. */
const mostRemembered = 2_000;

/** No label is longer by much; what is longer comes once. */
const longestRemembered = 60;

/** A function of texts that remembers what it made of the last ones. */
export function remembered<Made>(make: (text: string) => Made): (text: string) => Made {
  const known = new Map<string, Made>();
  return (text) => {
    if (text.length > longestRemembered) return make(text);
    const found = known.get(text);
    if (found !== undefined || known.has(text)) return found as Made;
    if (known.size === mostRemembered) known.clear();
    const made = make(text);
    known.set(text, made);
    return made;
  };
}
