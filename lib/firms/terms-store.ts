import "server-only";
import { desc, eq, sql } from "drizzle-orm";
import { termsVersions } from "#db/schema/firms.ts";
import type { Db } from "#lib/core/db.ts";
import { hashOf } from "#lib/core/ids.ts";

/** The next version of a firm's terms, with the hash that proves its text. The caller locks the firm's company. */
export async function insertTerms(
  tx: Db,
  { firmId, body, publishedBy }: { firmId: string; body: string; publishedBy: string | null },
): Promise<number> {
  const next = sql<number>`(select coalesce(max(version), 0) + 1 from terms_versions where firm_id = ${firmId})`;
  const [row] = await tx
    .insert(termsVersions)
    .values({ firmId, version: next, body, sha256: hashOf(body), publishedBy })
    .returning({ version: termsVersions.version });
  if (!row) throw new Error("Terms were inserted and not returned");
  return row.version;
}

export async function getLatestTerms(db: Db, firmId: string) {
  const [row] = await db
    .select({
      id: termsVersions.id,
      version: termsVersions.version,
      body: termsVersions.body,
      publishedAt: termsVersions.publishedAt,
    })
    .from(termsVersions)
    .where(eq(termsVersions.firmId, firmId))
    .orderBy(desc(termsVersions.version))
    .limit(1);
  return row;
}
