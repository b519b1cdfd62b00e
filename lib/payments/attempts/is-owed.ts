import type { Db } from "#lib/core/db.ts";
import { partMinimum } from "#lib/firms/read.ts";
import { findByIds } from "#lib/mirror/read.ts";
import { listUnreflected } from "#lib/posting/read.ts";
import { mayPay, owed, refuse } from "./invoice-state-rules.ts";

export type Owing = {
  firmId: string;
  connectionId: string;
  currency: string;
  /** `owedMinor`: what was owed when the payer agreed; it must still be just that. */
  lines: { invoiceId: string; amountMinor: bigint; owedMinor?: bigint }[];
};

/**
 * Whether each line may be paid of what is owed now, by the mirror. What is on its way is read before what is due: a payment that
 * reaches Xero between the two readings then counts twice, and never not at all.
 */
export async function isOwed(db: Db, { firmId, connectionId, currency, lines }: Owing): Promise<boolean> {
  const minimumMinor = await partMinimum(db, firmId, { currency, invoices: lines.length });
  const invoiceIds = lines.map((line) => line.invoiceId);
  const sent = await listUnreflected(db, connectionId, invoiceIds);
  const invoices = new Map(
    (await findByIds(db, connectionId, invoiceIds)).map((invoice) => [invoice.invoiceId, invoice]),
  );
  return lines.every((line) => {
    const invoice = invoices.get(line.invoiceId);
    if (!invoice || invoice.isUnread || refuse(invoice, currency)) return false;
    const onItsWay = sent.filter((row) => row.invoiceId === line.invoiceId).map((row) => row.amountMinor);
    const now = owed(invoice.dueMinor, onItsWay);
    return mayPay(line.amountMinor, now, minimumMinor) && now === (line.owedMinor ?? now);
  });
}
