/** Test only: people with roles, made through the same verbs as real ones. */
import { sql } from "drizzle-orm";
import type { Db } from "#lib/core/db.ts";
import { addFirm, createCompany } from "#lib/firms/create.ts";
import { insertMembership } from "#lib/firms/member-store.ts";
import type { Role } from "#lib/firms/rules.ts";
import type { Actor } from "#lib/people/actor.ts";
import { findSession, openSession } from "#lib/people/sessions.ts";
import { insertUser } from "#lib/people/store.ts";

export const TEST_PASSWORD = "harbour kettle nine maple";
/** What hashPassword made of it: each hash takes an eighth of a second, and hundreds of people are made. */
const TEST_PASSWORD_HASH =
  "$argon2id$v=19$m=65536,t=3,p=1$+41CD/um9JKDZASCN4abMw$A5wL/a87TnDKmvR3usZe/LEkk0ZbBLGp4AN2+474kHg";

/** A company and its firms by slug: `const { companyId, firmIds } = await makeCompany(db(), "quickfee", ["demo", "harbour"])`. */
export async function makeCompany(db: Db, slug: string, firmSlugs: string[]) {
  return db.transaction(async (tx) => {
    const companyId = await createCompany(tx, { slug, name: slug });
    const firmIds: Record<string, string> = {};
    for (const firmSlug of firmSlugs) {
      firmIds[firmSlug] = await addFirm(tx, { companyId, slug: firmSlug, name: firmSlug, by: null });
    }
    return { companyId, firmIds };
  });
}

type Seat = { firmId: string; role: Role } | { companyId: string; role: Role };

/** A signed-in person with TEST_PASSWORD and these roles. */
export async function makeActor(db: Db, name: string, seats: Seat[] = []): Promise<Actor> {
  const email = `${name.toLowerCase().replace(/[^a-z0-9]+/g, ".")}@example.com`;
  const userId = await insertUser(db, { email, name, passwordHash: TEST_PASSWORD_HASH });
  for (const seat of seats) {
    const at =
      "firmId" in seat
        ? { firmId: seat.firmId, companyId: null }
        : { firmId: null, companyId: seat.companyId };
    await insertMembership(db, { ...at, userId, role: seat.role });
  }
  const actor = await findSession(db, await openSession(db, userId, { ip: null, userAgent: null }));
  if (!actor) throw new Error("A session that was just opened is not there");
  return actor;
}

/** Opens the pool's connections beforehand: else the first of a race is done before the second has a connection. */
export async function warmUp(db: Db): Promise<void> {
  await Promise.all(Array.from({ length: 8 }, () => db.execute(sql`select pg_sleep(0.1)`)));
}
