import { eq, type SQLWrapper, sql } from "drizzle-orm";
import { attempts, holds } from "#db/schema/payments.ts";
import type { Db } from "#lib/core/db.ts";
import { prepared } from "#lib/core/prepared.ts";

export type OpenHold = {
  connectionId: string;
  invoiceId: string;
  amountMinor: bigint;
  attemptId: string;
  checkoutId: string;
  since: Date;
  /** When it ends by itself, if nobody pays. */
  until: Date;
  /** Since when a bank debit is under way; null while someone is still at the processor's page. */
  submittedAt: Date | null;
};

/** For a statement of the room above: what `listOpenHolds` reads. */
export function selectOpenHolds(
  db: Db,
  { connectionIds, invoiceIds }: Record<"connectionIds" | "invoiceIds", SQLWrapper>,
) {
  return db
    .select({
      connectionId: holds.connectionId,
      invoiceId: holds.invoiceId,
      amountMinor: holds.amountMinor,
      attemptId: holds.attemptId,
      checkoutId: attempts.checkoutId,
      since: holds.createdAt,
      until: attempts.expiresAt,
      submittedAt: attempts.submittedAt,
    })
    .from(holds)
    .innerJoin(attempts, eq(attempts.id, holds.attemptId))
    .where(
      sql`${holds.connectionId} = any(${connectionIds}) and ${holds.invoiceId} = any(${invoiceIds})
        and ${holds.state} = 'open'`,
    );
}

const openHolds = prepared("open-holds", (db) =>
  selectOpenHolds(db, {
    connectionIds: sql.placeholder("connectionIds"),
    invoiceIds: sql.placeholder("invoiceIds"),
  }),
);

/** The open holds on these invoices, at most one each. */
export async function listOpenHolds(db: Db, connectionId: string, invoiceIds: string[]): Promise<OpenHold[]> {
  return invoiceIds.length === 0 ? [] : openHolds(db, { connectionIds: [connectionId], invoiceIds });
}
