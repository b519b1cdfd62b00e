import { and, eq, ne } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { processorAccounts } from "#db/schema/processor.ts";
import type { Db } from "#lib/core/db.ts";
import { currentAccount } from "./store.ts";

/** Whether another firm of this desk has, or had, a key of the same account and mode. */
export async function isShared(db: Db, id: string): Promise<boolean> {
  const other = alias(processorAccounts, "other");
  const rows = await db
    .select({ id: other.id })
    .from(processorAccounts)
    .innerJoin(
      other,
      and(
        eq(other.accountRef, processorAccounts.accountRef),
        eq(other.livemode, processorAccounts.livemode),
        ne(other.firmId, processorAccounts.firmId),
      ),
    )
    .where(eq(processorAccounts.id, id))
    .limit(1);
  return rows.length > 0;
}

/** The same of the account that takes a firm's new payments. */
export async function sharesAccount(db: Db, firmId: string): Promise<boolean> {
  const account = await currentAccount(db, firmId);
  return account !== undefined && isShared(db, account.id);
}
