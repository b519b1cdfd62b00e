import "server-only";
import { sql } from "drizzle-orm";
import { record } from "#lib/audit/record.ts";
import type { Db } from "#lib/core/db.ts";
import { AppError } from "#lib/core/errors.ts";
import { createUser } from "#lib/people/create-user.ts";
import { needsSetUp } from "#lib/people/read.ts";
import { addFirm, createCompany, type NewPlace } from "./create.ts";
import { insertMembership } from "./member-store.ts";

export type FirstSetUp = {
  company: NewPlace;
  firm: NewPlace;
  owner: { email: string; name: string; password: string };
};

/**
 * The company, its first firm and its owner, while there is nobody yet. Of two that run at once one wins; the other, and
 * any later one, gets `conflict`. Throws `invalid` with the field at fault: companySlug, firmSlug, email, password.
 */
export async function setUp(db: Db, { company, firm, owner }: FirstSetUp): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('firms.set-up'))`);
    if (!(await needsSetUp(tx)))
      throw new AppError("conflict", "This desk has an owner already. Sign in instead.");
    const userId = await createUser(tx, owner);
    const companyId = await createCompany(tx, company);
    await addFirm(tx, { companyId, ...firm, by: null });
    await insertMembership(tx, { firmId: null, companyId, userId, role: "owner" });
    await record(tx, { firmId: null, actor: "setup", action: "desk.set-up", subject: `user:${userId}` });
  });
}
