/** What happened to a document, read off its versions: Xero writes such entries by itself. */
import type { InvoiceStatus } from "../../model.ts";
import { fromUnits } from "../../money.ts";
import type { Version as StoredVersion } from "../../store/rows.ts";

/** Of any kind of document, what tells one change from another. */
export type Version = StoredVersion<{
  status?: InvoiceStatus;
  number?: string;
  name?: string;
  total?: number;
  amount?: number;
  contactId?: string;
  day?: string;
  fullyPaidDay?: string;
  amountPaid?: number;
  refunded?: number;
  credits?: { amount: number; day: string }[];
  allocations?: { amount: number; day: string }[];
  isReconciled?: boolean;
  sentToContact?: boolean;
}>;

export type HistoryEvent = { at: number; changes: string; details: string; writtenBy: string | null };

/** The first one first. `nameOf` is a contact's; `app` the name of the app that wrote. */
export function eventsOf(
  versions: Version[],
  { nameOf, app }: { nameOf: (contactId: string) => string; app: (clientId: string) => string },
): HistoryEvent[] {
  return versions.map((version, at) => {
    const change = changeBetween(versions[at - 1], version);
    const { writtenBy } = version;
    const details =
      change.details ??
      // DOC historyandnotes, contacts: what an app did, and what a person did.
      (writtenBy ? `Received through the Xero API from ${app(writtenBy)}` : summaryOf(version, nameOf));
    // A seed's first version is older than the simulator.
    return { at: at === 0 ? version.updatedAt : version.from, changes: change.changes, details, writtenBy };
  });
}

type Change = { changes: string; details?: string };

function changeBetween(before: Version | undefined, after: Version): Change {
  const isNew = before?.status !== after.status;
  if (isNew && after.status === "VOIDED") return { changes: "Voided" };
  if (isNew && after.status === "DELETED") return { changes: "Deleted" };
  if (!before) return { changes: after.status === "AUTHORISED" ? "Approved" : "Created" };
  if (isNew && after.status === "AUTHORISED" && before.status !== "PAID") return { changes: "Approved" };
  const paid = paidOf(after) - paidOf(before);
  const paidOn = after.fullyPaidDay ?? after.day ?? "";
  if (paid > 0)
    return { changes: "Paid", details: `Payment received on ${slashed(paidOn)} for ${fromUnits(paid, 2)}.` };
  // REC invoice_history, "Credited".
  const credited = creditsOf(after).slice(creditsOf(before).length);
  const [first] = credited;
  if (first) {
    const amount = credited.reduce((sum, one) => sum + one.amount, 0);
    return {
      changes: "Credited",
      details: `Amount credited on ${slashed(first.day)} for ${fromUnits(amount, 2)}.`,
    };
  }
  // REC invoice_history, "Invoice sent".
  if (after.sentToContact && !before.sentToContact)
    return { changes: "Invoice sent", details: "This invoice has been sent" };
  return { changes: after.isReconciled && !before.isReconciled ? "Reconciled" : "Edited" };
}

/** "INV-0041 to ABC Furniture for 100.00." */
function summaryOf(
  { number, name, total, amount, contactId }: Version,
  nameOf: (id: string) => string,
): string {
  const money = total ?? amount;
  const to = contactId ? ` to ${nameOf(contactId)}` : "";
  const what = number || name || "Document";
  return money === undefined ? `${what}.` : `${what}${to} for ${fromUnits(money, 2)}.`;
}

/** "12/09/2010". */
const slashed = (day: string) => day.split("-").reverse().join("/");

const paidOf = ({ amountPaid = 0, refunded = 0 }: Version) => amountPaid + refunded;
const creditsOf = ({ credits = [], allocations = [] }: Version) => [...credits, ...allocations];
