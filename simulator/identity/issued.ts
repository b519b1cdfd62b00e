import type { World } from "../core/types.ts";

const KEPT = 5_000;
const issued = new WeakMap<World, string[]>();

/** Remembers a code or token in full, in memory alone: a test can then search for it where it must not be. */
export function noteIssued(world: World, ...secrets: unknown[]): void {
  const texts = secrets.filter((secret) => typeof secret === "string");
  issued.set(world, [...(issued.get(world) ?? []), ...texts].slice(-KEPT));
}

export const listIssued = (world: World): string[] => issued.get(world) ?? [];
