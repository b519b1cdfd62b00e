import { and, eq, ilike, inArray, or, type SQL, sql } from "drizzle-orm";
import { checkouts } from "#db/schema/checkout.ts";
import type { Db } from "#lib/core/db.ts";

export type Payer = { name: string | null; email: string | null };

/** For a query of the room above: the firm's checkouts whose payer's name or e-mail has this in it. */
export function checkoutsOfPayer(firmId: string, text: string): SQL {
  const pattern = `%${text.replace(/[\\%_]/g, "\\$&")}%`;
  const which = and(
    eq(checkouts.firmId, firmId),
    or(ilike(checkouts.payerName, pattern), ilike(checkouts.payerEmail, pattern)),
  );
  return sql`(select ${checkouts.id} from ${checkouts} where ${which})`;
}

/** Who paid by these checkouts of the firm, by checkout. */
export async function payersOf(db: Db, firmId: string, checkoutIds: string[]): Promise<Map<string, Payer>> {
  if (checkoutIds.length === 0) return new Map();
  const rows = await db
    .select({ id: checkouts.id, name: checkouts.payerName, email: checkouts.payerEmail })
    .from(checkouts)
    .where(and(eq(checkouts.firmId, firmId), inArray(checkouts.id, checkoutIds)));
  return new Map(rows.map(({ id, ...payer }) => [id, payer]));
}

export type PayerStory = Payer & {
  ip: string | null;
  userAgent: string | null;
  termsVersionId: string | null;
  termsAcceptedAt: Date | null;
};

/** What is known of who paid by this checkout of the firm, and what they accepted. */
export async function readPayer(db: Db, firmId: string, checkoutId: string): Promise<PayerStory | undefined> {
  const [row] = await db
    .select({
      name: checkouts.payerName,
      email: checkouts.payerEmail,
      ip: checkouts.ip,
      userAgent: checkouts.userAgent,
      termsVersionId: checkouts.termsVersionId,
      termsAcceptedAt: checkouts.termsAcceptedAt,
    })
    .from(checkouts)
    .where(and(eq(checkouts.firmId, firmId), eq(checkouts.id, checkoutId)));
  return row;
}
