import { eq } from "drizzle-orm";
import { companies, firms } from "#db/schema/firms.ts";
import type { Db } from "#lib/core/db.ts";
import { listPeople } from "#lib/people/read.ts";
import { listMemberships } from "./member-store.ts";

/** What a letter of a firm says of it, and where its pages are. */
export type Letterhead = {
  firmId: string;
  companySlug: string;
  firmSlug: string;
  firmName: string;
  supportEmail: string | null;
  supportPhone: string | null;
};

export async function letterheadOf(db: Db, firmId: string): Promise<Letterhead> {
  const [row] = await db
    .select({
      firmId: firms.id,
      companySlug: companies.slug,
      firmSlug: firms.slug,
      firmName: firms.name,
      supportEmail: firms.supportEmail,
      supportPhone: firms.supportPhone,
    })
    .from(firms)
    .innerJoin(companies, eq(companies.id, firms.companyId))
    .where(eq(firms.id, firmId));
  if (!row) throw new Error(`Firm ${firmId} vanished`);
  return row;
}

/** E-mail addresses of those who look after a firm: owners and staff who can sign in, on the firm or its company. */
export async function caretakersOf(db: Db, firmId: string): Promise<string[]> {
  const [firm] = await db.select({ companyId: firms.companyId }).from(firms).where(eq(firms.id, firmId));
  if (!firm) return [];
  const members = await listMemberships(db, { firmId, companyId: firm.companyId });
  const people = await listPeople(
    db,
    members.filter((member) => member.role !== "viewer").map((member) => member.userId),
  );
  return people.filter((person) => person.state === "active").map((person) => person.email);
}
