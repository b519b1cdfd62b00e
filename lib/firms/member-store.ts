import "server-only";
import { and, eq, or, sql } from "drizzle-orm";
import { firms, memberships } from "#db/schema/firms.ts";
import type { Db } from "#lib/core/db.ts";
import type { Post, Role } from "./rules.ts";

/** Where a membership holds: one firm, or a company with all its firms. */
export type Seat = { firmId: string; companyId: null } | { firmId: null; companyId: string };

export async function insertMembership(db: Db, row: Seat & { userId: string; role: Role }): Promise<string> {
  const [made] = await db.insert(memberships).values(row).returning({ id: memberships.id });
  if (!made) throw new Error("A membership was inserted and not returned");
  return made.id;
}

/** All memberships that reach this firm: on it, and on its company. */
export async function listMemberships(db: Db, { firmId, companyId }: { firmId: string; companyId: string }) {
  return db
    .select({
      membershipId: memberships.id,
      userId: memberships.userId,
      role: memberships.role,
      on: sql<"firm" | "company">`case when ${memberships.companyId} is null then 'firm' else 'company' end`,
    })
    .from(memberships)
    .where(or(eq(memberships.firmId, firmId), eq(memberships.companyId, companyId)))
    .orderBy(memberships.createdAt);
}

/** Every place where this person has a role, a firm's with its company. */
export async function listPosts(db: Db, userId: string): Promise<Post[]> {
  return db
    .select({
      firmId: memberships.firmId,
      companyId: sql<string>`coalesce(${memberships.companyId}, ${firms.companyId})`,
    })
    .from(memberships)
    .leftJoin(firms, eq(firms.id, memberships.firmId))
    .where(eq(memberships.userId, userId));
}

export async function updateRole(db: Db, membershipId: string, role: Role): Promise<void> {
  await db.update(memberships).set({ role }).where(eq(memberships.id, membershipId));
}

export async function deleteMembership(db: Db, membershipId: string): Promise<void> {
  await db.delete(memberships).where(eq(memberships.id, membershipId));
}

/** The firms this person may open, by company and name, with both roles. */
export async function listStandings(db: Db, userId: string) {
  const rows = await db.execute<{
    company_slug: string;
    company_name: string;
    firm_slug: string;
    firm_name: string;
    firm_role: Role | null;
    company_role: Role | null;
  }>(sql`
    select c.slug company_slug, c.name company_name, f.slug firm_slug, f.name firm_name, mf.role firm_role, mc.role company_role
    from firms f
    join companies c on c.id = f.company_id
    left join memberships mf on mf.firm_id = f.id and mf.user_id = ${userId}
    left join memberships mc on mc.company_id = c.id and mc.user_id = ${userId}
    where mf.id is not null or mc.id is not null
    order by c.name, f.name`);
  return rows.rows.map((row) => ({
    companySlug: row.company_slug,
    companyName: row.company_name,
    firmSlug: row.firm_slug,
    firmName: row.firm_name,
    firmRole: row.firm_role,
    companyRole: row.company_role,
  }));
}

export async function hasSeat(db: Db, userId: string, seat: Seat): Promise<boolean> {
  const place =
    seat.firmId === null ? eq(memberships.companyId, seat.companyId) : eq(memberships.firmId, seat.firmId);
  const rows = await db
    .select({ id: memberships.id })
    .from(memberships)
    .where(and(eq(memberships.userId, userId), place));
  return rows.length > 0;
}
