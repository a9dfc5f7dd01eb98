/** Makes something when it is wanted first. */
export function lazily<Made>(make: () => Made): () => Made {
  let made: Made | undefined;
  return () => (made ??= make());
}

/** What a function makes of each thing, made once. */
export function remembered<Thing, Result>(of: (thing: Thing) => Result): (thing: Thing) => Result {
  const known = new Map<Thing, Result>();
  return (thing) => {
    const result = known.get(thing) ?? of(thing);
    known.set(thing, result);
    return result;
  };
}
