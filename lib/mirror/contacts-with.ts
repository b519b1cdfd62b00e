import { and, count, eq, sql } from "drizzle-orm";
import { contacts } from "#db/schema/mirror.ts";
import type { Db } from "#lib/core/db.ts";

/** How many contacts of the firm's organisations have this e-mail in Xero, as their own or as a person's. */
export async function contactsWith(db: Db, firmId: string, email: string): Promise<number> {
  const [row] = await db
    .select({ found: count() })
    .from(contacts)
    .where(
      and(
        eq(contacts.firmId, firmId),
        sql`(lower(${contacts.email}) = lower(${email}) or exists (
        select 1 from jsonb_array_elements(${contacts.persons}) person where lower(person ->> 'email') = lower(${email})))`,
      ),
    );
  return row?.found ?? 0;
}
