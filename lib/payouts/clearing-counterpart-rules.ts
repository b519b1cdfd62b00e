import { sumOf } from "#lib/core/money.ts";
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
    for (const entries of [...posted.map((one) => [one]), posted]) {
      const parts = upTo(-total(entries), open(cause));
      if (entries.length > 0 && parts.length > 0 && entries.every((one) => !settled.has(one)))
        settle([...entries, ...parts]);
    }
  }
  pair(open("not_ours"), open("not_ours"), settle);
  return lines.map((line) => (settled.has(line) ? { ...line, cause: "posted" } : line));
}

const total = (lines: Line[]) => sumOf(lines.map(({ minor }) => minor));

/** Two of opposite amounts, each once. */
function pair(parts: Line[], others: Line[], settle: (rows: Line[]) => void): void {
  const taken = new Set<Line>();
  for (const part of parts) {
    if (taken.has(part)) continue;
    const other = others.find((one) => one !== part && !taken.has(one) && one.minor === -part.minor);
    if (!other) continue;
    taken.add(part).add(other);
    settle([part, other]);
  }
}

/** As many from the first on as come to this sum; the most where several do, none where none does. */
function upTo(sum: bigint, parts: Line[]): Line[] {
  let running = 0n;
  let count = 0;
  parts.forEach(({ minor }, at) => {
    running += minor;
    if (running === sum) count = at + 1;
  });
  return parts.slice(0, count);
}
