/** What happened to a document, read off its versions: Xero writes such entries by itself. */
import type { InvoiceStatus } from "../../model.ts";
import type { Stored } from "../../store/rows.ts";

/** Of any kind of document, what tells one change from another. */
export type Version = Stored<{
  status?: InvoiceStatus;
  amountPaid?: number;
  refunded?: number;
  credits?: unknown[];
  allocations?: unknown[];
  isReconciled?: boolean;
}>;

export type HistoryEvent = { at: number; changes: string };

/** The first one first. */
export function eventsOf(versions: Version[]): HistoryEvent[] {
  return versions.map((version, at) => ({
    at: version.updatedAt,
    changes: changeBetween(versions[at - 1], version),
  }));
}

function changeBetween(before: Version | undefined, after: Version): string {
  const isNew = before?.status !== after.status;
  if (isNew && after.status === "VOIDED") return "Voided";
  if (isNew && after.status === "DELETED") return "Deleted";
  if (!before) return after.status === "AUTHORISED" ? "Approved" : "Created";
  if (isNew && after.status === "AUTHORISED" && before.status !== "PAID") return "Approved";
  if (paidOf(after) > paidOf(before)) return "Paid";
  if (creditsOf(after) > creditsOf(before)) return "Credit Applied";
  return after.isReconciled && !before.isReconciled ? "Reconciled" : "Edited";
}

const paidOf = ({ amountPaid = 0, refunded = 0 }: Version) => amountPaid + refunded;
const creditsOf = ({ credits = [], allocations = [] }: Version) => credits.length + allocations.length;
