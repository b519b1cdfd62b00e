import { linesAbout, type TimelineLine } from "#lib/audit/read.ts";
import type { Db } from "#lib/core/db.ts";
import { listPeople } from "#lib/people/read.ts";

/** A line of the timeline, with the name of who did it. */
export type NamedLine = TimelineLine & { who: string };

/** What was written down about these subjects at this firm, in the order of its chain. */
export async function namedLines(db: Db, firmId: string, subjects: string[]): Promise<NamedLine[]> {
  const lines = await linesAbout(db, firmId, subjects);
  const ids = [...new Set(lines.flatMap(({ actor }) => userIdOf(actor) ?? []))];
  const people = new Map((await listPeople(db, ids)).map(({ userId, name }) => [userId, name]));
  return lines.map((line) => ({ ...line, who: whoOf(line.actor, people) }));
}

function userIdOf(actor: string): string | null {
  return /^user:(.+)$/.exec(actor)?.[1] ?? null;
}

const NAMES: Record<string, string> = {
  payer: "The payer",
  stripe: "Stripe",
  xero: "Xero",
  worker: "Counterfoil",
};

function whoOf(actor: string, people: Map<string, string>): string {
  return people.get(userIdOf(actor) ?? "") ?? NAMES[actor] ?? "Somebody who is no longer here";
}
