/** Faults that wait for a request (issue 2, "set faults"; reliability-security.md 5.1). */
import { randomUUID } from "node:crypto";
import { statement, transaction } from "./sql.ts";
import type { Fault, World } from "./types.ts";

/** What the faults that fired ask of this one request. */
export type Plan = { delayMs: number; asOf?: number; ending?: Exclude<Fault["effect"], Additive> };
type Additive = { kind: "latency" } | { kind: "stale-read" };

export function listFaults({ db }: World): Fault[] {
  return statement(db, "select fault from core_faults order by seq")
    .all()
    .map((row) => JSON.parse(String(row.fault)) as Fault);
}

export function addFault(world: World, fault: Omit<Fault, "id"> & { id?: string }): Fault {
  const stored: Fault = { ...fault, id: fault.id ?? randomUUID() };
  statement(world.db, "insert or replace into core_faults (id, fault) values (?, ?)").run(
    stored.id,
    JSON.stringify(stored),
  );
  world.journal.write("fault.added", { ...stored });
  return stored;
}

/** Removes one fault, or all of them. Says how many went. */
export function removeFaults(world: World, id?: string): number {
  const { changes } = statement(world.db, "delete from core_faults where ?1 is null or id = ?1").run(
    id ?? null,
  );
  if (changes) world.journal.write("fault.removed", { id: id ?? "all" });
  return Number(changes);
}

/** Counts down and combines the faults that hit this request. Latency and staleness add to one ending. */
export function planFor(world: World, method: string, path: string): Plan | undefined {
  const waiting = listFaults(world).filter((fault) => matches(fault, method, path));
  if (waiting.length === 0) return undefined;
  return transaction(world.db, () => {
    const plan: Plan = { delayMs: 0 };
    for (const fault of waiting) {
      if (fault.effect.kind === "stale-read" && method !== "GET") continue;
      const additive = fault.effect.kind === "latency" || fault.effect.kind === "stale-read";
      if (!additive && plan.ending) continue;
      if (fault.probability !== undefined && Math.random() >= fault.probability) continue;
      countDown(world, fault);
      world.journal.write("fault.fired", { id: fault.id, effect: fault.effect.kind, method, path });
      apply(world, plan, fault.effect);
    }
    return plan;
  });
}

function apply(world: World, plan: Plan, effect: Fault["effect"]): void {
  if (effect.kind === "latency") plan.delayMs += effect.ms;
  else if (effect.kind === "stale-read") plan.asOf = world.clock.now() - effect.seconds * 1000;
  else plan.ending = effect;
}

function matches(fault: Fault, method: string, path: string): boolean {
  if (fault.method !== "*" && fault.method.toUpperCase() !== method) return false;
  const wanted = fault.path.toLowerCase();
  const actual = path.toLowerCase();
  if (wanted.includes("*")) {
    const pattern = wanted.split("*").map(escapeRegExp).join(".*");
    return new RegExp(`^${pattern}$`).test(actual);
  }
  return actual === wanted || actual.startsWith(wanted.endsWith("/") ? wanted : `${wanted}/`);
}

function countDown({ db }: World, fault: Fault): void {
  if (fault.times === undefined) return;
  if (fault.times <= 1) {
    statement(db, "delete from core_faults where id = ?").run(fault.id);
    return;
  }
  const left = JSON.stringify({ ...fault, times: fault.times - 1 });
  statement(db, "update core_faults set fault = ? where id = ?").run(left, fault.id);
}

function escapeRegExp(part: string): string {
  return part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

const emptied: Record<string, string> = {
  minute: "X-MinLimit-Remaining",
  day: "X-DayLimit-Remaining",
  appminute: "X-AppMinLimit-Remaining",
};

/** Xero's 429 (xero-platform.md 2.1): empty body, no content type, no Retry-After for "concurrent". */
export function rateLimitHeaders(problem: string, retryAfterSeconds: number): Record<string, string> {
  const limit = emptied[problem];
  return {
    "X-Rate-Limit-Problem": problem,
    ...(limit && { [limit]: "0", "Retry-After": String(retryAfterSeconds) }),
  };
}
