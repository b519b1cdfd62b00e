import { messagesIn } from "../api/faults.ts";
import type { PostedPayment } from "../api/types.ts";
import { XeroFault } from "../api/xero-fault.ts";
import type { Answer } from "./answer.ts";
import type { ListName, Lists } from "./answer-lists.ts";
import { need, text, Unreadable } from "./row-parts.ts";
import { isRejected } from "./rows.ts";

type Removable = Lists[
  | "Payments"
  | "BatchPayments"
  | "CreditNotes"
  | "BankTransactions"
  | "BankTransfers"
  | "Invoices"
  | "PurchaseOrders"];
type Written = Removable | Lists["Contacts"];

/** What Xero says it wrote. Throws `refused` for a row with errors in a 200; one without ids can't be read. */
export function written<R extends Written, P extends PostedPayment>(read: (row: R) => P | undefined) {
  return (row: R): P => {
    refuseRejected(row);
    return complete(read(row));
  };
}

/**
 * What became of each of several that went in one call, by the key that it was sent under; `keyOf` reads that from the row,
 * which Xero gives back of what it refuses too. One that Xero does not mention is missing.
 */
export function answersTo<L extends ListName, P extends PostedPayment>(
  answer: Answer<L>,
  keys: string[],
  { keyOf, read }: { keyOf: (row: Lists[L]) => string | undefined; read: (row: Lists[L]) => P },
): Map<string, P | XeroFault> {
  const known = new Set(keys);
  const answers = answer.all((row) => {
    const key = keyOf(row);
    return key !== undefined && known.has(key) ? [[key, yesOrNo(row, read)] as const] : [];
  });
  return new Map(answers.flat());
}

/** One of the rows of an answer, each with its own yes or no. */
function yesOrNo<R, P>(row: R, read: (row: R) => P): P | XeroFault {
  try {
    return read(row);
  } catch (error) {
    if (error instanceof Unreadable) return new XeroFault({ kind: "unreadable" }, error);
    if (!(error instanceof XeroFault)) throw error;
    return error;
  }
}

/** Xero took it off. Throws `refused` for a row with errors in a 200; one that does not say that it is gone can't be read. */
export function removed(row: Removable): void {
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
export function found<L extends ListName, P extends PostedPayment>(
  answer: Answer<L>,
  { reference, read }: { reference: string; read: (row: Lists[L]) => P | null | undefined },
): P[] {
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
export function complete<P extends PostedPayment>(posted: P | undefined): P {
  if (!posted) throw new Unreadable("Xero left out an id");
  return posted;
}
