import { sumOf } from "#lib/core/money/money.ts";
import type { Line } from "./clearing-facts.ts";
import type { Cause } from "./clearing-words.ts";

/** What the page asks a person to post to the clearing account. */
const POSTED_BY_PERSON: Cause[] = ["exchange", "adjustment", "not_this_desk", "former_account"];

/**
 * Takes a difference and what a person has posted for it as one: each is the other's counterpart, and they come to nothing.
 * One may be posted alone, or several of a cause in one sum, the oldest first. A correction that is taken back is the
 * counterpart of itself, and an entry that a person has reversed is too. What only evens out by chance, one cause with
 * another, stays as it is.
 */
export function withCounterparts(lines: Line[]): Line[] {
  const settled = new Set<Line>();
  const open = (cause: Cause) => lines.filter((line) => line.cause === cause && !settled.has(line));
  const settle = (rows: Line[]) => {
    for (const row of rows) settled.add(row);
  };
  for (const cause of POSTED_BY_PERSON) {
    pair(open(cause), open("not_ours"), settle);
    pair(open(cause), open(cause), settle);
    const posted = open("not_ours");
    const oldest = new Oldest(open(cause));
    for (const entries of [...posted.map((one) => [one]), posted]) {
      if (entries.length === 0 || entries.some((one) => settled.has(one))) continue;
      const parts = oldest.take(-sumOf(entries.map(({ minor }) => minor)));
      if (parts.length > 0) settle([...entries, ...parts]);
    }
  }
  pair(open("not_ours"), open("not_ours"), settle);
  return lines.map((line) => (settled.has(line) ? { ...line, cause: "posted" } : line));
}

/** Two of opposite amounts, each once, the oldest first. None is nothing. */
function pair(parts: Line[], others: Line[], settle: (rows: Line[]) => void): void {
  const taken = new Set<Line>();
  const byMinor = Map.groupBy(others.toReversed(), ({ minor }) => minor);
  for (const part of parts) {
    if (taken.has(part)) continue;
    const likely = byMinor.get(-part.minor);
    let other = likely?.pop();
    while (other && taken.has(other)) other = likely?.pop();
    if (!other) continue;
    taken.add(part).add(other);
    settle([part, other]);
  }
}

/** Lines that are taken from the first on. */
class Oldest {
  readonly #lines: Line[];
  /** How many lines come to a sum, the most where several do. */
  readonly #countOf = new Map<bigint, number>();
  #taken = 0;
  #takenMinor = 0n;

  constructor(lines: Line[]) {
    this.#lines = lines;
    let running = 0n;
    for (const [at, { minor }] of lines.entries()) {
      running += minor;
      this.#countOf.set(running, at + 1);
    }
  }

  /** As many as come to this sum together; none where none does. */
  take(sum: bigint): Line[] {
    const count = this.#countOf.get(this.#takenMinor + sum) ?? 0;
    if (count <= this.#taken) return [];
    const lines = this.#lines.slice(this.#taken, count);
    this.#taken = count;
    this.#takenMinor += sum;
    return lines;
  }
}
