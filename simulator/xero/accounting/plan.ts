/** The small plans approve so many documents and no more (xero-platform.md 3.12). */
import type { InvoiceStatus } from "../model.ts";
import { requireOrganisation } from "../organisations.ts";
import { organisations } from "../store/books.ts";
import type { Scope } from "../store/rows.ts";
import { demand } from "./write.ts";

/** Counts a document that is AUTHORISED now and wasn't before. */
export function countApproval(scope: Scope, before: InvoiceStatus | undefined, after: InvoiceStatus): void {
  const isApproved = after === "AUTHORISED" && before !== "AUTHORISED" && before !== "PAID";
  const organisation = requireOrganisation(scope);
  const { approvalsLeft } = organisation;
  if (!isApproved || approvalsLeft === undefined) return;
  demand(approvalsLeft > 0 ? [] : ["You have reached the limit of invoices you can approve"]);
  organisations.put(scope, { ...organisation, approvalsLeft: approvalsLeft - 1 });
}
