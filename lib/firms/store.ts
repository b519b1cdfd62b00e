import "server-only";
import { and, eq, type SQL } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { companies, firms, memberships } from "#db/schema/firms.ts";
import type { Db } from "#lib/core/db.ts";

/** A firm's id, or its place in an address. */
export type FirmPlace = string | { companySlug: string; firmSlug: string };

/** The firm with one person's roles there, in one query; undefined when there is no such firm. */
export async function getStanding(db: Db, userId: string, place: FirmPlace) {
  const onFirm = alias(memberships, "on_firm");
  const onCompany = alias(memberships, "on_company");
  const [row] = await db
    .select({
      firmId: firms.id,
      firmSlug: firms.slug,
      firmName: firms.name,
      companyId: companies.id,
      companySlug: companies.slug,
      companyName: companies.name,
      firmRole: onFirm.role,
      companyRole: onCompany.role,
    })
    .from(firms)
    .innerJoin(companies, eq(companies.id, firms.companyId))
    .leftJoin(onFirm, and(eq(onFirm.firmId, firms.id), eq(onFirm.userId, userId)))
    .leftJoin(onCompany, and(eq(onCompany.companyId, companies.id), eq(onCompany.userId, userId)))
    .where(at(place));
  return row;
}

function at(place: FirmPlace): SQL | undefined {
  if (typeof place === "string") return eq(firms.id, place);
  return and(eq(companies.slug, place.companySlug), eq(firms.slug, place.firmSlug));
}

export async function getCompanyStanding(db: Db, userId: string, companySlug: string) {
  const [row] = await db
    .select({
      companyId: companies.id,
      companySlug: companies.slug,
      companyName: companies.name,
      companyRole: memberships.role,
    })
    .from(companies)
    .innerJoin(memberships, and(eq(memberships.companyId, companies.id), eq(memberships.userId, userId)))
    .where(eq(companies.slug, companySlug));
  return row;
}

export async function insertCompany(db: Db, row: { slug: string; name: string }): Promise<string> {
  const [company] = await db.insert(companies).values(row).returning({ id: companies.id });
  if (!company) throw new Error("A company was inserted and not returned");
  return company.id;
}

export async function listCompanySlugs(db: Db): Promise<string[]> {
  return (await db.select({ slug: companies.slug }).from(companies)).map(({ slug }) => slug);
}

/** Until the transaction ends, nobody else adds a firm to this company or changes who owns it. */
export async function lockCompany(tx: Db, companyId: string): Promise<void> {
  await tx.select({ id: companies.id }).from(companies).where(eq(companies.id, companyId)).for("update");
}

export async function insertFirm(
  db: Db,
  row: { companyId: string; slug: string; name: string },
): Promise<string> {
  const [firm] = await db.insert(firms).values(row).returning({ id: firms.id });
  if (!firm) throw new Error("A firm was inserted and not returned");
  return firm.id;
}

export async function listFirmSlugs(db: Db, companyId: string): Promise<string[]> {
  const rows = await db.select({ slug: firms.slug }).from(firms).where(eq(firms.companyId, companyId));
  return rows.map(({ slug }) => slug);
}

type FirmChange = Partial<
  Pick<
    typeof firms.$inferInsert,
    | "name"
    | "privacy"
    | "accent"
    | "logo"
    | "supportEmail"
    | "supportPhone"
    | "partMinimumMinor"
    | "partCurrency"
    | "partFromInvoices"
    | "surplusPolicy"
    | "trustHours"
  >
>;

export async function updateFirm(db: Db, firmId: string, change: FirmChange): Promise<void> {
  await db.update(firms).set(change).where(eq(firms.id, firmId));
}
