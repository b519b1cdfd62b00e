import { and, eq } from "drizzle-orm";
import { invoices } from "#db/schema/mirror.ts";
import type { Db } from "#lib/core/db.ts";
import { type FirmContext, requireAbility } from "#lib/firms/authorise.ts";
import { payConnections } from "#lib/xero/organisations/pay-connections.ts";
import { kindInWords } from "./progress-rules.ts";
import { listUnread } from "./unread-store.ts";

/** Something in Xero that could not be read, for staff. */
export type Unread = {
  connectionId: string;
  /** As people know it: "invoice INV-2009", or what kind of thing it is with its id in Xero. */
  name: string;
  /** Null for what is no invoice. */
  invoiceId: string | null;
  reason: string;
  since: Date;
};

/** What can't be read of a firm's organisations, the oldest first: an invoice among it can't be paid online meanwhile. */
export async function readUnread(db: Db, firm: FirmContext): Promise<Unread[]> {
  requireAbility(firm, "see");
  const live = await payConnections(db, firm.firmId);
  const rows = await listUnread(
    db,
    live.map(({ connectionId }) => connectionId),
  );
  return Promise.all(
    rows.map(async ({ connectionId, kind, xeroId, why, reason, since }) => {
      const isInvoice = kind === "invoices";
      const number = isInvoice ? await numberOf(db, connectionId, xeroId) : null;
      return {
        connectionId,
        name: number ? `invoice ${number}` : `one of its ${kindInWords(kind)} (${xeroId})`,
        invoiceId: isInvoice ? xeroId : null,
        reason: why === "left_out" ? "Xero left it out when it was asked for." : `${reason}.`,
        since,
      };
    }),
  );
}

async function numberOf(db: Db, connectionId: string, invoiceId: string): Promise<string | null> {
  const [row] = await db
    .select({ number: invoices.number })
    .from(invoices)
    .where(and(eq(invoices.connectionId, connectionId), eq(invoices.invoiceId, invoiceId)));
  return row?.number ?? null;
}
