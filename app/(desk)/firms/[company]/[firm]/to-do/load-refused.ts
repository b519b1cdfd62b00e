import "server-only";
import { db } from "#lib/core/db.ts";
import type { FirmContext } from "#lib/firms/authorise.ts";
import { findByIds } from "#lib/mirror/read.ts";
import { otherInvoices, paymentsOfSources } from "#lib/payments/read-surplus.ts";
import { CAUSES, type Cause } from "#lib/posting/causes.ts";
import { listRefused } from "#lib/posting/read.ts";
import { invoiceAtXero } from "#lib/xero/deep-links.ts";
import { payConnection } from "#lib/xero/pay-connections.ts";
import type { Refused } from "./refused-group.tsx";

/** What Xero refused, by cause, each with its invoices and their places in Xero. Throws `forbidden` to who may not see. */
export async function loadRefused(firm: FirmContext): Promise<{ cause: Cause; rows: Refused[] }[]> {
  const rows = await listRefused(db(), firm);
  const payments = await paymentsOfSources(
    db(),
    firm,
    rows.map(({ sourceId }) => sourceId),
  );
  const refused = await Promise.all(
    rows.map(async (row) => {
      const isPayment = row.kind === "payment" || row.kind === "batch_payment";
      const [books, found, others] = await Promise.all([
        payConnection(db(), row.connectionId),
        findByIds(db(), row.connectionId, row.invoiceIds),
        isPayment ? otherInvoices(db(), firm, row) : [],
      ]);
      const invoices = found.map(({ invoiceId, number }) => ({
        number: number ?? "Invoice",
        href: books ? invoiceAtXero(books, { invoiceId, number: number ?? "" }) : "",
      }));
      return {
        ...row,
        captureId: payments.get(row.sourceId) ?? (row.kind === "chore" ? row.targetId : null),
        invoices: invoices.filter(({ href }) => href !== ""),
        lines: isPayment
          ? found.map(({ invoiceId, number }) => ({ invoiceId, number: number ?? "Invoice" }))
          : [],
        others,
      };
    }),
  );
  return CAUSES.map((cause) => ({ cause, rows: refused.filter((row) => row.cause === cause) })).filter(
    ({ rows }) => rows.length > 0,
  );
}
