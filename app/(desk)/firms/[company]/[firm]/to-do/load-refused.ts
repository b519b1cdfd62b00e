import "server-only";
import { db } from "#lib/core/db.ts";
import type { FirmContext } from "#lib/firms/authorise.ts";
import { findByIds, type MirroredInvoice } from "#lib/mirror/read.ts";
import { ordersOfSources } from "#lib/orders/staff/read-for-staff.ts";
import { otherInvoices, paymentsOfSources } from "#lib/payments/overpayments/read-surplus.ts";
import { CAUSES, type Cause } from "#lib/posting/causes.ts";
import { listRefused, type RefusedPosting } from "#lib/posting/read.ts";
import { invoiceAtXero } from "#lib/xero/organisations/deep-links.ts";
import { type PayConnection, payConnection } from "#lib/xero/organisations/pay-connections.ts";
import type { Refused } from "./refused-group.tsx";

/** Of one cause that refuses very many, the page lists the oldest. */
const LISTED = 50;

type CauseGroup = { cause: Cause; count: number; rows: Refused[] };

/** What Xero refused, by cause, each with its invoices and their places in Xero. Throws `forbidden` to who may not see. */
export async function loadRefused(firm: FirmContext): Promise<CauseGroup[]> {
  const byCause = Map.groupBy(await listRefused(db(), firm), (row) => row.cause);
  const groups = CAUSES.map((cause) => {
    const all = byCause.get(cause) ?? [];
    return { cause, count: all.length, rows: all.slice(0, LISTED) };
  }).filter(({ count }) => count > 0);
  const listed = groups.flatMap(({ rows }) => rows);
  const sources = listed.map(({ sourceId }) => sourceId);
  const [places, payments, orders] = await Promise.all([
    placesAtXero(listed),
    paymentsOfSources(db(), firm, sources),
    ordersOfSources(db(), firm, sources),
  ]);
  const whole = async (row: RefusedPosting): Promise<Refused> => {
    const captureId = payments.get(row.sourceId);
    // What an order came with was not paid here: it can't be moved or given back here.
    const isPayment = captureId !== undefined && (row.kind === "payment" || row.kind === "batch_payment");
    const invoices = row.invoiceIds.flatMap((id) => places.get(`${row.connectionId} ${id}`) ?? []);
    return {
      ...row,
      order: orders.get(row.sourceId) ?? null,
      captureId: captureId ?? (row.kind === "chore" ? row.targetId : null),
      invoices,
      lines: isPayment ? invoices : [],
      others: isPayment ? await otherInvoices(db(), firm, row) : [],
    };
  };
  return Promise.all(
    groups.map(async ({ rows, ...group }) => ({ ...group, rows: await Promise.all(rows.map(whole)) })),
  );
}

type PlaceAtXero = { invoiceId: string; number: string; href: string };

/** Number and address of each invoice that these rows name, by connection and invoice. */
async function placesAtXero(rows: RefusedPosting[]): Promise<Map<string, PlaceAtXero>> {
  const byConnection = Map.groupBy(rows, (row) => row.connectionId);
  const found = await Promise.all(
    [...byConnection].map(async ([connectionId, ofIt]) => {
      const ids = [...new Set(ofIt.flatMap((row) => row.invoiceIds))];
      const [books, invoices] = await Promise.all([
        payConnection(db(), connectionId),
        findByIds(db(), connectionId, ids),
      ]);
      return books ? invoices.map((invoice) => placeOf(books, invoice)) : [];
    }),
  );
  return new Map(found.flat());
}

function placeOf(books: PayConnection, { connectionId, invoiceId, number }: MirroredInvoice) {
  const href = invoiceAtXero(books, { invoiceId, number: number ?? "" });
  return [`${connectionId} ${invoiceId}`, { invoiceId, number: number ?? "Invoice", href }] as const;
}
