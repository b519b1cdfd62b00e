/** What a run that was killed outright left behind in its folder: the processes that it noted, and the files. */
import { rmSync } from "node:fs";
import path from "node:path";
import { removePlace } from "../postgres/postgres-place.ts";
import { endProcess, readNotes } from "./processes.ts";

/** Where a run notes what it starts. */
export const notesOf = (folder: string) => path.join(folder, "children.json");

export function forgetAll(folder: string): void {
  rmSync(notesOf(folder), { force: true });
}

/** Ends what an earlier run noted and could not end itself; PostgreSQL last, as it was started first. */
export async function endLeftovers(folder: string): Promise<void> {
  for (const one of readNotes(notesOf(folder)).reverse()) await endProcess(one);
  forgetAll(folder);
}

/** Ends what still runs in the folder, and removes it with PostgreSQL's files, wherever they lie. */
export async function throwAway(folder: string): Promise<void> {
  await endLeftovers(folder);
  removePlace(folder);
  rmSync(folder, { recursive: true, force: true });
}
