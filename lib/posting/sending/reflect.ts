import type { Db } from "#lib/core/db.ts";
import { eachAlone } from "#lib/core/failures/each-alone.ts";
import type { Books } from "#lib/mirror/books.ts";
import { paymentsShown } from "#lib/mirror/payments-shown.ts";
import { refreshInvoices } from "#lib/mirror/sync/refresh-invoices.ts";
import { XeroFault } from "#lib/xero/api/xero-fault.ts";
import { withXero } from "#lib/xero/call.ts";
import { listDoneUnreflected, markReflected } from "../store.ts";

/**
 * Reads these invoices again and takes the money off "on its way" once Xero shows its payment on them; gives the payments
 * that it shows. The mirror is written first: in between the money counts twice as taken, never as owed again.
 */
export async function reflect(db: Db, books: Books, invoiceIds: string[]): Promise<string[]> {
  const { rows } = await refreshInvoices(db, books, { ids: invoiceIds, purpose: "write" });
  const shown = rows.flatMap((invoice) => invoice.paymentIds);
  await markReflected(db, books.connectionId, shown);
  return shown;
}

/** Sweeps up what a crash or an outage left between "done in Xero" and "seen on the invoice". */
export async function reflectLeftovers(db: Db): Promise<void> {
  const left = await listDoneUnreflected(db);
  const byBooks = Map.groupBy(left, (row) => row.connectionId);
  await eachAlone(db, [...byBooks], {
    kind: "reflection",
    idOf: ([connectionId]) => connectionId,
    async work([connectionId, rows]) {
      const books = { firmId: rows[0]?.firmId ?? "", connectionId };
      const left = await unshown(db, connectionId, rows);
      const shown = new Set(await reflect(db, books, [...new Set(left.map((row) => row.invoiceId))]));
      const unseen = left.flatMap(({ paymentId }) => (paymentId && !shown.has(paymentId) ? paymentId : []));
      await markRemoved(db, books, unseen);
    },
  });
}

/** Those that no reading has shown: what a reading of changes has brought meanwhile is marked, and needs no call. */
async function unshown<R extends { invoiceId: string; paymentId: string | null }>(
  db: Db,
  connectionId: string,
  rows: R[],
): Promise<R[]> {
  const invoices = await paymentsShown(db, connectionId, [
    ...new Set(rows.map(({ invoiceId }) => invoiceId)),
  ]);
  const isShown = ({ invoiceId, paymentId }: R) =>
    paymentId !== null && (invoices.get(invoiceId)?.includes(paymentId) ?? false);
  await markReflected(
    db,
    connectionId,
    rows.filter(isShown).flatMap(({ paymentId }) => paymentId ?? []),
  );
  return rows.filter((row) => !isShown(row));
}

/**
 * A payment that was taken off before any reading showed it never will be on its invoice. Only Xero's word that it is
 * DELETED counts: one that Xero does not know now may be there, unseen by a reading that is out of date.
 */
async function markRemoved(db: Db, { connectionId }: Books, paymentIds: string[]): Promise<void> {
  for (const xeroId of paymentIds) {
    try {
      const isThere = await withXero(db, connectionId, "sync", (xero) =>
        xero.isPaymentThere({ xeroId, isBatch: false }),
      );
      if (!isThere) await markReflected(db, connectionId, [xeroId]);
    } catch (error) {
      // It must not keep us from the others.
      if (!(error instanceof XeroFault && error.fault.kind === "not_found")) throw error;
    }
  }
}
