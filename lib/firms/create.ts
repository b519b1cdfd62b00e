import "server-only";
import { sql } from "drizzle-orm";
import { record } from "#lib/audit/record.ts";
import type { Db } from "#lib/core/db.ts";
import { AppError } from "#lib/core/errors.ts";
import type { Actor } from "#lib/people/actor.ts";
import { requireCompany } from "./authorise.ts";
import { DEFAULT_TERMS } from "./default-terms.ts";
import { refuseSlug, skeletonOf } from "./slugs.ts";
import { insertCompany, insertFirm, listCompanySlugs, listFirmSlugs, lockCompany } from "./store.ts";
import { insertTerms } from "./terms-store.ts";

/** A name and its slug, as people type it. */
export type NewPlace = { slug: string; name: string };

/** For set-up and seeds alone: no person may make a company. Throws `invalid` on a bad slug or one that is taken. */
export async function createCompany(tx: Db, { slug, name }: NewPlace): Promise<string> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('companies.slug'))`);
  checkSlug(slug, await listCompanySlugs(tx), "companySlug");
  const companyId = await insertCompany(tx, { slug, name });
  await record(tx, {
    firmId: null,
    actor: "setup",
    action: "company.created",
    subject: `company:${companyId}`,
  });
  return companyId;
}

/** A firm with our default terms, private links ("code") and no connection. For set-up and seeds; staff go by `createFirm`. */
export async function addFirm(
  tx: Db,
  { companyId, slug, name, by }: NewPlace & { companyId: string; by: Actor | null },
): Promise<string> {
  await lockCompany(tx, companyId);
  checkSlug(slug, await listFirmSlugs(tx, companyId), "firmSlug");
  const firmId = await insertFirm(tx, { companyId, slug, name });
  await insertTerms(tx, { firmId, body: DEFAULT_TERMS, publishedBy: null });
  const actor = by ? (`user:${by.userId}` as const) : "setup";
  await record(tx, {
    firmId,
    actor,
    action: "firm.created",
    subject: `firm:${firmId}`,
    detail: { slug, name },
  });
  return firmId;
}

/** A company's owner adds a firm. Throws `not_found` to others, `invalid` on a bad or look-alike slug. */
export async function createFirm(
  db: Db,
  actor: Actor,
  { companySlug, ...place }: NewPlace & { companySlug: string },
): Promise<{ firmId: string }> {
  const { companyId } = await requireCompany(db, actor, companySlug);
  return db.transaction(async (tx) => ({ firmId: await addFirm(tx, { companyId, ...place, by: actor }) }));
}

function checkSlug(slug: string, taken: string[], field: string): void {
  const refusal = refuseSlug(slug);
  if (refusal) throw new AppError("invalid", refusal, { field });
  const alike = taken.find((other) => skeletonOf(other) === skeletonOf(slug));
  if (alike === slug) throw new AppError("invalid", `"${slug}" is taken.`, { field });
  if (alike)
    throw new AppError("invalid", `"${slug}" looks too much like "${alike}". Choose another.`, { field });
}
