/** Test only: chance that a seed repeats. */

/** A number from 0 to below 1 at each call. */
export function chanceOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A shuffled copy; the same seed gives the same order. */
export function shuffled<T>(items: T[], seed: number): T[] {
  const next = chanceOf(seed);
  return items
    .map((item) => ({ item, at: next() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

/** What a made-up world needs of chance; the same seed chooses the same. */
export function chooser(seed: number) {
  const chance = chanceOf(seed);
  const hex = (length: number) =>
    Array.from({ length }, () => Math.floor(chance() * 16).toString(16)).join("");
  return {
    hex,
    uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`,
    pick: <const T>(...from: T[]): T => from[Math.floor(chance() * from.length)] as T,
    oneIn: (n: number) => chance() * n < 1,
    many: <T>(least: number, most: number, make: (at: number) => T): T[] =>
      Array.from({ length: least + Math.floor(chance() * (most - least + 1)) }, (_, at) => make(at)),
    /** An instant of the last so many milliseconds. */
    ago: (mostMs: number) => new Date(Date.now() - Math.floor(chance() * mostMs)),
  };
}
