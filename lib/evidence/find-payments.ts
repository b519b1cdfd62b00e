import { checkoutsOfPayer, type Payer, payersOf } from "#lib/checkout/payers.ts";
import type { Db } from "#lib/core/db.ts";
import type { FirmContext } from "#lib/firms/authorise.ts";
import { listPayments, type PaymentQuery, type PaymentRow } from "#lib/payments/read.ts";

/** What staff ask for; `find` is an invoice number, a payer's name or e-mail, our reference or an amount, in part. */
export type PaymentSearch = Omit<PaymentQuery, "find"> & { find?: string | undefined };
export type FoundPayment = PaymentRow & { payer: Payer };

/** Payments of a firm with who paid them, newest first. Throws `forbidden` to who may not see. */
export async function findPayments(
  db: Db,
  firm: FirmContext,
  { find, ...query }: PaymentSearch = {},
): Promise<{ rows: FoundPayment[]; more: boolean }> {
  const { rows, more } = await listPayments(db, firm, {
    ...query,
    find: find ? { text: find, checkouts: checkoutsOfPayer(firm.firmId, find) } : undefined,
  });
  const payers = await payersOf(
    db,
    firm.firmId,
    rows.map((row) => row.checkoutId),
  );
  return {
    more,
    rows: rows.map((row) => ({ ...row, payer: payers.get(row.checkoutId) ?? { name: null, email: null } })),
  };
}
