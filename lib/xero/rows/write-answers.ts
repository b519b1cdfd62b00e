import { messagesIn } from "../api/faults.ts";
import type { PostedPayment } from "../api/types.ts";
import { XeroFault } from "../api/xero-fault.ts";
import type { Answer } from "./answer.ts";
import type { ListName, Lists } from "./answer-lists.ts";
import { need, text, Unreadable } from "./row-parts.ts";
import { isRejected } from "./rows.ts";

type Written = Lists["Payments" | "BatchPayments" | "CreditNotes" | "BankTransactions" | "BankTransfers"];

/** What Xero says it wrote. Throws `refused` for a row with errors in a 200; one without ids can't be read. */
export function written<R extends Written>(read: (row: R) => PostedPayment | undefined) {
  return (row: R): PostedPayment => {
    refuseRejected(row);
    return complete(read(row));
  };
}

/** Xero took it off. Throws `refused` for a row with errors in a 200; one that does not say that it is gone can't be read. */
export function removed(row: Written): void {
  refuseRejected(row);
  if (!isGone(row.status)) throw new Unreadable("Xero said OK, and not that it is gone");
}

/** Whether what was asked for by its id stands: false only once Xero says so. */
export function stands({ status }: { status?: unknown }): boolean {
  return !isGone(need(text(status), "whether what was asked for stands"));
}

/** Which of the two words Xero has hangs on the kind of document and on who took it off (OAS, BankTransaction.Status). */
export function isGone(status: unknown): boolean {
  return status === "DELETED" || status === "VOIDED";
}

/**
 * The live ones among what Xero found by a reference; `read` leaves out what is of another kind with null. A row with another
 * reference means that Xero answered another question, and nothing follows from what is not among them.
 */
export function found<L extends ListName>(
  answer: Answer<L>,
  { reference, read }: { reference: string; read: (row: Lists[L]) => PostedPayment | null | undefined },
): PostedPayment[] {
  return answer
    .all((row) => {
      const { reference: its, status } = row as { reference?: string; status?: unknown };
      // Xero's filter takes capital and small letters for the same.
      if (its?.trim().toUpperCase() !== reference.toUpperCase())
        throw new Unreadable("Xero sent something with another reference than the one asked for");
      if (its !== reference || isGone(status)) return null;
      const one = read(row);
      return one === null ? null : complete(one);
    })
    .filter((one) => one !== null);
}

function refuseRejected(row: Written): void {
  if (isRejected(row)) throw new XeroFault({ kind: "refused", messages: messagesIn(row) });
}

/** Nothing may be concluded from a row without its ids. */
export function complete(posted: PostedPayment | undefined): PostedPayment {
  if (!posted) throw new Unreadable("Xero left out an id");
  return posted;
}
