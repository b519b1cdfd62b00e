import "server-only";
import { and, eq, type SQLWrapper, sql } from "drizzle-orm";
import { companies, firms, termsVersions } from "#db/schema/firms.ts";
import type { Db } from "#lib/core/db.ts";
import { prepared } from "#lib/core/prepared.ts";
import type { Actor } from "#lib/people/actor.ts";
import { listPeople, type Person } from "#lib/people/read.ts";
import { type FirmContext, requireAbility } from "./authorise.ts";
import { listMemberships, listStandings } from "./member-store.ts";
import { leastPart, may, type Role, roleOf } from "./rules.ts";
import { getLatestTerms } from "./terms-store.ts";

export type MyFirm = {
  companySlug: string;
  companyName: string;
  firmSlug: string;
  firmName: string;
  role: Role;
  /** Whether this person may add firms to its company. */
  ownsCompany: boolean;
};

/** The firms that this person may open, by company and name. */
export async function listMyFirms(db: Db, actor: Actor): Promise<MyFirm[]> {
  const rows = await listStandings(db, actor.userId);
  return rows.flatMap(({ firmRole, companyRole, ...firm }) => {
    const role = roleOf({ firmRole, companyRole });
    return role ? [{ ...firm, role, ownsCompany: may({ firmRole, companyRole }, "company") }] : [];
  });
}

/** What the settings page shows of a firm. Throws `forbidden` to all but owners. */
export async function readFirmSettings(db: Db, firm: FirmContext) {
  requireAbility(firm, "settings");
  const [row] = await db
    .select({
      name: firms.name,
      privacy: firms.privacy,
      accent: firms.accent,
      logo: firms.logo,
      supportEmail: firms.supportEmail,
      supportPhone: firms.supportPhone,
      partMinimumMinor: firms.partMinimumMinor,
      partCurrency: firms.partCurrency,
      partFromInvoices: firms.partFromInvoices,
      surplusPolicy: firms.surplusPolicy,
      trustHours: firms.trustHours,
    })
    .from(firms)
    .where(eq(firms.id, firm.firmId));
  const terms = await getLatestTerms(db, firm.firmId);
  if (!row || !terms) throw new Error(`Firm ${firm.firmId} vanished`);
  return { ...row, terms };
}

export type MemberRow = Person & { membershipId: string; role: Role; on: "firm" | "company" };

/** Everyone with a role at this firm, the company's people among them. Throws `forbidden` to all but owners. */
export async function listMembers(db: Db, firm: FirmContext): Promise<MemberRow[]> {
  requireAbility(firm, "people");
  const rows = await listMemberships(db, firm);
  const people = new Map(
    (
      await listPeople(
        db,
        rows.map(({ userId }) => userId),
      )
    ).map((one) => [one.userId, one]),
  );
  return rows.flatMap((row) => {
    const person = people.get(row.userId);
    return person ? [{ ...person, ...row }] : [];
  });
}

export type PayerFirm = {
  firmId: string;
  name: string;
  companyName: string;
  privacy: "open" | "code";
  accent: string | null;
  /** The picture itself is up to 200 kB and has an address of its own: see `findLogo`. */
  hasLogo: boolean;
  supportEmail: string | null;
  supportPhone: string | null;
  partMinimumMinor: bigint | null;
  partCurrency: string | null;
  partFromInvoices: number;
};

/** For a statement of the room above: the firm at this address, as a `PayerFirm`. */
export function selectPayerFirm(
  db: Db,
  { companySlug, firmSlug }: Record<"companySlug" | "firmSlug", SQLWrapper>,
) {
  return db
    .select({
      firmId: firms.id,
      name: firms.name,
      companyName: sql<string>`${companies.name}`.as("company_name"),
      privacy: firms.privacy,
      accent: firms.accent,
      hasLogo: sql<boolean>`${firms.logo} is not null`.as("has_logo"),
      supportEmail: firms.supportEmail,
      supportPhone: firms.supportPhone,
      partMinimumMinor: firms.partMinimumMinor,
      partCurrency: firms.partCurrency,
      partFromInvoices: firms.partFromInvoices,
    })
    .from(firms)
    .innerJoin(companies, eq(companies.id, firms.companyId))
    .where(and(eq(companies.slug, companySlug), eq(firms.slug, firmSlug)));
}

const bySlugs = prepared("firm-for-payer", (db) =>
  selectPayerFirm(db, {
    companySlug: sql.placeholder("companySlug"),
    firmSlug: sql.placeholder("firmSlug"),
  }),
);

/** What anyone with a pay link may know of a firm, or null when there is none at this address. One query. */
export async function findFirmForPayer(
  db: Db,
  companySlug: string,
  firmSlug: string,
): Promise<PayerFirm | null> {
  if (`${companySlug}${firmSlug}`.includes("\0")) return null;
  const [row] = await bySlugs(db, { companySlug, firmSlug });
  return row ?? null;
}

/** The least that may be paid of each of so many invoices in this currency that owes more; null when all of it must be. */
export async function partMinimum(
  db: Db,
  firmId: string,
  paying: { currency: string; invoices: number },
): Promise<bigint | null> {
  const [row] = await db
    .select({
      partMinimumMinor: firms.partMinimumMinor,
      partCurrency: firms.partCurrency,
      partFromInvoices: firms.partFromInvoices,
    })
    .from(firms)
    .where(eq(firms.id, firmId));
  return row ? leastPart(row, paying) : null;
}

/** How long after its changes were last read an organisation's invoices may still be paid while Xero can't be asked. */
export async function trustSeconds(db: Db, firmId: string): Promise<number> {
  const [row] = await db.select({ hours: firms.trustHours }).from(firms).where(eq(firms.id, firmId));
  return (row?.hours ?? 0) * 3_600;
}

export type SurplusPolicy = (typeof firms.$inferSelect)["surplusPolicy"];

/** The firms that say what becomes of a surplus, without asking a person. */
export async function surplusPolicies(db: Db): Promise<Map<string, Exclude<SurplusPolicy, "ask">>> {
  const rows = await db.select({ firmId: firms.id, policy: firms.surplusPolicy }).from(firms);
  return new Map(rows.flatMap(({ firmId, policy }) => (policy === "ask" ? [] : [[firmId, policy]])));
}

export type FirmTerms = { id: string; version: number; body: string };

/** The terms that a payer accepts now: every firm has had some from its first day. */
export async function currentTerms(db: Db, firmId: string): Promise<FirmTerms> {
  const terms = await getLatestTerms(db, firmId);
  if (!terms) throw new Error(`Firm ${firmId} has no terms`);
  return terms;
}

/** A version of a firm's terms that somebody accepted, and the hash of its words from the day it was published. */
export async function termsVersion(
  db: Db,
  firmId: string,
  id: string,
): Promise<(FirmTerms & { sha256: string }) | undefined> {
  const { version, body, sha256 } = termsVersions;
  const [row] = await db
    .select({ id: termsVersions.id, version, body, sha256 })
    .from(termsVersions)
    .where(and(eq(termsVersions.firmId, firmId), eq(termsVersions.id, id)));
  return row;
}

/** A firm's logo as it was uploaded, or null. */
export async function findLogo(
  db: Db,
  companySlug: string,
  firmSlug: string,
): Promise<{ type: string; bytes: Buffer } | null> {
  if (`${companySlug}${firmSlug}`.includes("\0")) return null;
  const [row] = await db
    .select({ logo: firms.logo })
    .from(firms)
    .innerJoin(companies, eq(companies.id, firms.companyId))
    .where(and(eq(companies.slug, companySlug), eq(firms.slug, firmSlug)));
  const [, type, base64] = /^data:(image\/[a-z]+);base64,(.+)$/s.exec(row?.logo ?? "") ?? [];
  return type && base64 ? { type, bytes: Buffer.from(base64, "base64") } : null;
}

/** The firm at "company/firm", for commands in a shell: nobody is asking who may. Null when there is none. */
export async function findFirmByPath(
  db: Db,
  path: string,
): Promise<{ firmId: string; companyId: string } | null> {
  const [companySlug = "", firmSlug = ""] = path.split("/");
  const [row] = await db
    .select({ firmId: firms.id, companyId: companies.id })
    .from(firms)
    .innerJoin(companies, eq(companies.id, firms.companyId))
    .where(and(eq(companies.slug, companySlug), eq(firms.slug, firmSlug)));
  return row ?? null;
}

/** All firms with their paths, "company/firm": for commands in a shell. */
export async function listFirmPaths(db: Db): Promise<{ firmId: string; path: string }[]> {
  return db
    .select({ firmId: firms.id, path: sql<string>`${companies.slug} || '/' || ${firms.slug}` })
    .from(firms)
    .innerJoin(companies, eq(companies.id, firms.companyId))
    .orderBy(companies.slug, firms.slug);
}
