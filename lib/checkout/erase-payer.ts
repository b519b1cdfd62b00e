import { and, eq, notInArray, sql } from "drizzle-orm";
import { checkouts } from "#db/schema/checkout.ts";
import { eraseAddresses } from "#lib/audit/erase.ts";
import { record } from "#lib/audit/record.ts";
import type { Db } from "#lib/core/db.ts";
import { whatIf } from "#lib/core/what-if.ts";
import { eraseRecipient } from "#lib/mail/erase-recipient.ts";
import { contactsWith } from "#lib/mirror/contacts-with.ts";
import { eraseBuyer } from "#lib/orders/erase-buyer.ts";
import { eraseAttempts } from "#lib/payments/attempts/erase-attempts.ts";

export type Erased = {
  /** Erased: who they were, at these payments, tries, forms and orders; to whom e-mails went; from where lines of the timeline came. */
  payments: number;
  unpaid: number;
  typed: number;
  emails: number;
  lines: number;
  orders: number;
  /** Left, since their money is moving or disputed. */
  moving: number;
  /** Orders that were left, since they may still be written to Xero. */
  waiting: number;
  /** Contacts of the firm's organisations in Xero with this e-mail: the mirror follows what is changed there. */
  contacts: number;
};

/**
 * Erases a payer from a firm's records, all or nothing: name, e-mail, address and browser. Amounts, days, invoices, terms, the
 * ids at Stripe and Xero and the last digits of a card stay for the books, and the timeline's chain still verifies. With
 * `really` false it says what it would do, and does nothing.
 */
export async function erasePayer(
  db: Db,
  { firmId, email }: { firmId: string; email: string },
  really: boolean,
): Promise<Erased> {
  const work = (tx: Db) => erase(tx, firmId, email);
  return really ? db.transaction(work) : whatIf(db, work);
}

async function erase(tx: Db, firmId: string, email: string): Promise<Erased> {
  const { checkoutIds, payments, unpaid, moving } = await eraseAttempts(tx, firmId, email);
  const typed = await eraseTyped(tx, { firmId, email, moving });
  const letters = await eraseRecipient(tx, firmId, email);
  const codes = letters.filter(({ kind }) => kind === "code").map(({ subjectKey }) => `code:${subjectKey}`);
  const subjects = [...new Set([...checkoutIds, ...typed])].filter((id) => !moving.includes(id));
  const lines = await eraseAddresses(tx, firmId, [...subjects.map((id) => `checkout:${id}`), ...codes]);
  const { orders, waiting } = await eraseBuyer(tx, firmId, email);
  const erased = { payments, unpaid, typed: typed.length, emails: letters.length, lines, orders };
  if (Object.values(erased).some((count) => count > 0))
    await record(tx, {
      firmId,
      actor: "setup",
      action: "payer.erased",
      subject: `firm:${firmId}`,
      detail: erased,
    });
  return { ...erased, moving: moving.length, waiting, contacts: await contactsWith(tx, firmId, email) };
}

async function eraseTyped(
  tx: Db,
  { firmId, email, moving }: { firmId: string; email: string; moving: string[] },
): Promise<string[]> {
  const rows = await tx
    .update(checkouts)
    .set({ payerName: null, payerEmail: null })
    .where(
      and(
        eq(checkouts.firmId, firmId),
        sql`lower(${checkouts.payerEmail}) = lower(${email})`,
        notInArray(checkouts.id, moving),
      ),
    )
    .returning({ id: checkouts.id });
  return rows.map(({ id }) => id);
}
