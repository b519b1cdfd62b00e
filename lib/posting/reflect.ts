import type { Db } from "#lib/core/db.ts";
import { log } from "#lib/core/log.ts";
import type { Books } from "#lib/mirror/books.ts";
import { refreshInvoices } from "#lib/mirror/refresh-invoices.ts";
import { XeroFault } from "#lib/xero/types.ts";
import { listDoneUnreflected, markReflected } from "./store.ts";

/**
 * Reads these invoices again and takes the money off "on its way" once Xero shows its payment on them. The mirror is
 * written first: in between the money counts twice as taken, never as owed again.
 */
export async function reflect(db: Db, books: Books, invoiceIds: string[]): Promise<void> {
  const read = await refreshInvoices(db, books, { ids: invoiceIds, purpose: "write" });
  await markReflected(
    db,
    books.connectionId,
    read.flatMap((invoice) => invoice.paymentIds),
  );
}

/** Sweeps up what a crash or an outage left between "done in Xero" and "seen on the invoice". */
export async function reflectLeftovers(db: Db): Promise<void> {
  const left = await listDoneUnreflected(db);
  const byBooks = Map.groupBy(left, (row) => row.connectionId);
  for (const [connectionId, rows] of byBooks) {
    const [first] = rows;
    if (!first) continue;
    try {
      await reflect(
        db,
        { firmId: first.firmId, connectionId },
        rows.map((row) => row.invoiceId),
      );
    } catch (error) {
      // One organisation that can't be read must not keep us from the others; the next sweep asks again.
      if (!(error instanceof XeroFault)) throw error;
      log.warn({ connection: connectionId, fault: error.fault.kind }, "posting.not-reflected");
    }
  }
}
