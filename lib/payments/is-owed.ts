import type { Db } from "#lib/core/db.ts";
import { findByIds } from "#lib/mirror/read.ts";
import { listUnreflected } from "#lib/posting/read.ts";
import { owed, refuse } from "./rules.ts";

export type Owing = {
  connectionId: string;
  currency: string;
  lines: { invoiceId: string; amountMinor: bigint }[];
};

/**
 * Whether each line is what is owed now, by the mirror. What is on its way is read before what is due: a payment that
 * reaches Xero between the two readings then counts twice, and never not at all.
 */
export async function isOwed(db: Db, { connectionId, currency, lines }: Owing): Promise<boolean> {
  const invoiceIds = lines.map((line) => line.invoiceId);
  const sent = await listUnreflected(db, connectionId, invoiceIds);
  const invoices = new Map(
    (await findByIds(db, connectionId, invoiceIds)).map((invoice) => [invoice.invoiceId, invoice]),
  );
  return lines.every((line) => {
    const invoice = invoices.get(line.invoiceId);
    if (!invoice || refuse(invoice, currency)) return false;
    const onItsWay = sent.filter((row) => row.invoiceId === line.invoiceId).map((row) => row.amountMinor);
    return owed(invoice.dueMinor, onItsWay) === line.amountMinor;
  });
}
