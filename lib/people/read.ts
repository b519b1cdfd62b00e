import "server-only";
import { inArray } from "drizzle-orm";
import { users } from "#db/schema/people.ts";
import type { Db } from "#lib/core/db.ts";
import { NO_PASSWORD } from "./rules.ts";

export type Person = {
  userId: string;
  name: string;
  email: string;
  /** invited: has set no password yet. */
  state: "active" | "invited" | "disabled";
};

/** What other rooms may know of these people. */
export async function listPeople(db: Db, userIds: string[]): Promise<Person[]> {
  if (userIds.length === 0) return [];
  const rows = await db
    .select({
      userId: users.id,
      name: users.name,
      email: users.email,
      passwordHash: users.passwordHash,
      disabledAt: users.disabledAt,
    })
    .from(users)
    .where(inArray(users.id, userIds));
  return rows.map(({ passwordHash, disabledAt, ...row }) => ({
    ...row,
    state: stateOf(passwordHash, disabledAt),
  }));
}

function stateOf(passwordHash: string, disabledAt: Date | null): Person["state"] {
  if (disabledAt) return "disabled";
  return passwordHash === NO_PASSWORD ? "invited" : "active";
}

/** True until the first person exists. */
export async function needsSetUp(db: Db): Promise<boolean> {
  return (await db.select({ id: users.id }).from(users).limit(1)).length === 0;
}
